using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>
/// The business calendars that are in force, by id, and the policies: what has been applied (<see cref="ClockChangeRow"/>), and for a calendar of which the
/// database knows nothing the one of the file. Read again only when the revision has moved that counts the changes of what worlds hold.
/// </summary>
/// <param name="files">The calendars that this process has found in files.</param>
/// <param name="definitions">Null where no policies are known: outside a server.</param>
public sealed class CalendarLibrary(IEnumerable<BusinessCalendar> files, DefinitionLibrary? definitions = null)
{
    private readonly FrozenDictionary<string, BusinessCalendar> files = files.ToFrozenDictionary(calendar => calendar.Id);

    // One reference, so that who reads it beside the commit queue never sees half of a change.
    private InForce? current;

    /// <summary>As this server has seen them last.</summary>
    public FrozenDictionary<string, BusinessCalendar> Calendars => current?.Calendars ?? files;

    public IReadOnlySet<string> Ids => Calendars.Keys.ToFrozenSet();

    /// <param name="db">The context of the burst, so that what is in force is as its transaction sees it.</param>
    /// <param name="revision">As the transaction has read it.</param>
    public async Task<(FrozenDictionary<string, BusinessCalendar> Calendars, ChangesInForce Changes)> LoadAsync(WorkflowDb db, long revision, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (current is not { } known || known.Revision != revision) current = known = await ReadAsync(db, revision, cancel);
        return (known.Calendars, known.Changes);
    }

    /// <summary>The change that an applied row stands for.</summary>
    public static ApprovedChange ChangeOf(ClockChangeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(row.Number, row.Subject, row.Version, row.ApprovedById, row.ApprovedByName, row.Reason);
    }

    private async Task<InForce> ReadAsync(WorkflowDb db, long revision, CancellationToken cancel)
    {
        var calendars = files.ToDictionary();
        var changes = new Dictionary<string, ApprovedChange>(StringComparer.Ordinal);
        var policies = new Dictionary<string, PolicyInForce>(StringComparer.Ordinal);
        foreach (var row in await db.ClockChanges.AsNoTracking().Where(row => row.AppliedAt != null).OrderBy(row => row.AppliedAt).ThenBy(row => row.Number).ToListAsync(cancel))
            if (row.Kind == ClockChangeKind.Policy) await AddAsync(policies, row, cancel);
            else (calendars[row.Subject], changes[row.Subject]) = (Find(row), ChangeOf(row));
        return new(revision, calendars.ToFrozenDictionary(), new(changes.ToFrozenDictionary(), policies.ToFrozenDictionary()));
    }

    private async Task AddAsync(Dictionary<string, PolicyInForce> policies, ClockChangeRow row, CancellationToken cancel)
    {
        var version = new DefinitionVersion(row.Subject, int.Parse(row.Version, CultureInfo.InvariantCulture));
        if (definitions is null || await definitions.FindAsync(version, cancel) is not { } definition) return;
        var before = policies.GetValueOrDefault(row.Subject);
        policies[row.Subject] = new(definition, ChangeOf(row), before is null ? [] : before.Earlier.Add(before.Definition));
    }

    private BusinessCalendar Find(ClockChangeRow row)
    {
        if (files.TryGetValue(row.Subject, out var file) && file.Version == row.Version) return file;
        if (current?.Calendars.TryGetValue(row.Subject, out var known) == true && known.Version == row.Version) return known;
        return Read(row);
    }

    /// <summary>The calendar of a row; it was checked when it was proposed.</summary>
    public static BusinessCalendar Read(ClockChangeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var problems = new List<CalendarProblem>();
        return BusinessCalendar.Read(JsonElement.Parse(row.Document!), problems)
            ?? throw new InvalidOperationException($"{row.Subject}@{row.Version} was applied but cannot be read: {string.Join("; ", problems)}");
    }

    private sealed record InForce(long Revision, FrozenDictionary<string, BusinessCalendar> Calendars, ChangesInForce Changes);
}
