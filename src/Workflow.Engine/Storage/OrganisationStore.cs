using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Storage.Writing;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Storage;

/// <summary>The whole organisation as it is imported: areas as managed, teams, what they cover, and who belongs to them.</summary>
public sealed record Organisation(
    IReadOnlyList<AreaRow> Areas, IReadOnlyList<TeamRow> Teams, IReadOnlyList<TeamAreaRow> Coverage,
    IReadOnlyList<MemberRow> Members, IReadOnlyList<TeamMemberRow> Memberships)
{
    public IReadOnlyList<CertificateRow> Certificates { get; init; } = [];

    public IReadOnlyList<ContactRow> Contacts { get; init; } = [];

    public IReadOnlyList<ShiftRow> Shifts { get; init; } = [];

    public IReadOnlyList<DutyRow> Duties { get; init; } = [];

    public IReadOnlyList<AbsenceRow> Absences { get; init; } = [];
}

/// <summary>How many rows a change has touched.</summary>
public sealed record RowCounts(int Added, int Updated, int Removed, int Unchanged);

/// <summary>The organisation, replaced or changed in one transaction.</summary>
public sealed class OrganisationStore(Database database)
{
    /// <summary>Counts the changes of the organisation, and of calendars and policies, so that nodes know when to read them again.</summary>
    public const string RevisionName = "organisation";

    /// <summary>What <see cref="RevisionName"/> counts, as the transaction of the context sees it.</summary>
    public static Task<long> RevisionAsync(WorkflowDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Sequences.AsNoTracking().Where(row => row.Name == RevisionName).Select(row => row.Value).FirstOrDefaultAsync(cancel);
    }

    public async Task<bool> IsEmptyAsync(CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        return !await db.Areas.AnyAsync(cancel);
    }

    public async Task ReplaceAsync(Organisation organisation, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Absences.ExecuteDeleteAsync(cancel);
        await db.Duties.ExecuteDeleteAsync(cancel);
        await db.Shifts.ExecuteDeleteAsync(cancel);
        await db.Certificates.ExecuteDeleteAsync(cancel);
        await db.Contacts.ExecuteDeleteAsync(cancel);
        await db.TeamMembers.ExecuteDeleteAsync(cancel);
        await db.TeamAreas.ExecuteDeleteAsync(cancel);
        await db.Members.ExecuteDeleteAsync(cancel);
        await db.Teams.ExecuteDeleteAsync(cancel);
        await db.Areas.ExecuteDeleteAsync(cancel);
        foreach (var rows in PartsOf(organisation)) db.AddRange(rows);
        await Revision.RaiseAsync(db, RevisionName, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Keeps other changes of the organisation waiting until the transaction of the context ends.</summary>
    public static async Task LockAsync(WorkflowDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.Sequences.AsNoTracking().Where(row => row.Name == RevisionName).Lock().SingleOrDefaultAsync(cancel);
    }

    /// <summary>The organisation as the transaction of the context sees it.</summary>
    public static async Task<Organisation> ReadAsync(WorkflowDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new(
            await db.Areas.AsNoTracking().OrderBy(row => row.Path).ToListAsync(cancel), await db.Teams.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancel),
            await db.TeamAreas.AsNoTracking().OrderBy(row => row.TeamId).ThenBy(row => row.AreaCode).ThenBy(row => row.Shift).ToListAsync(cancel),
            await db.Members.AsNoTracking().OrderBy(row => row.UserId).ToListAsync(cancel),
            await db.TeamMembers.AsNoTracking().OrderBy(row => row.TeamId).ThenBy(row => row.UserId).ToListAsync(cancel))
        {
            Certificates = await db.Certificates.AsNoTracking().OrderBy(row => row.UserId).ThenBy(row => row.Kind).ThenBy(row => row.Number).ToListAsync(cancel),
            Contacts = await db.Contacts.AsNoTracking().OrderBy(row => row.UserId).ThenBy(row => row.Channel).ToListAsync(cancel),
            Shifts = await db.Shifts.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancel),
            Duties = await db.Duties.AsNoTracking().OrderBy(row => row.TeamId).ThenBy(row => row.Shift).ThenBy(row => row.UserId).ThenBy(row => row.From).ThenBy(row => row.Days).ToListAsync(cancel),
            Absences = await db.Absences.AsNoTracking().OrderBy(row => row.UserId).ThenBy(row => row.From).ToListAsync(cancel),
        };
    }

    /// <summary>Makes the stored organisation the one that is given, row by row, in the transaction of the context, which is saved afterwards.</summary>
    /// <returns>What has changed, by the type of the rows; nothing where all was as it is.</returns>
    public async Task<IReadOnlyDictionary<Type, RowCounts>> ChangeAsync(WorkflowDb db, Organisation before, Organisation after, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var changes = new RowChanges();
        var counts = new Dictionary<Type, RowCounts>();
        foreach (var (was, now) in PartsOf(before).Zip(PartsOf(after))) Compare(db, was, now, changes, counts);
        if (changes.Inserted.Count + changes.Updated.Count + changes.Deleted.Count == 0) return counts;
        await using var writer = database.WriterFor(db);
        await writer.WriteAsync(changes, cancel);
        await Revision.RaiseAsync(db, RevisionName, cancel);
        return counts;
    }

    private static void Compare(WorkflowDb db, IReadOnlyList<object> before, IReadOnlyList<object> after, RowChanges changes, Dictionary<Type, RowCounts> counts)
    {
        if ((after.Count > 0 ? after : before) is not [var some, ..]) return;
        var key = RowTable.Of(db.Model, some.GetType()).Key;
        string KeyOf(object row) => string.Join('\n', key.Select(column => column.ValueOf(row)));
        var old = before.ToDictionary(KeyOf, StringComparer.Ordinal);
        var (added, updated, same) = (0, 0, 0);
        foreach (var row in after)
            if (!old.Remove(KeyOf(row), out var was)) Count(ref added, changes.Insert, row);
            else if (row.Equals(was)) same++;
            else Count(ref updated, changes.Update, row);
        foreach (var gone in old.Values) changes.Delete(gone);
        counts[some.GetType()] = new(added, updated, old.Count, same);
    }

    private static void Count(ref int counter, Action<object> change, object row)
    {
        counter++;
        change(row);
    }

    private static IEnumerable<IReadOnlyList<object>> PartsOf(Organisation organisation) =>
    [
        organisation.Areas, organisation.Teams, organisation.Coverage, organisation.Members, organisation.Memberships,
        organisation.Certificates, organisation.Shifts, organisation.Duties, organisation.Absences, organisation.Contacts,
    ];

    /// <summary>Has later tasks follow a ruling; an older one than is known changes nothing.</summary>
    public async Task LearnAsync(RoutingKey key, RoutingRule rule, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rule);
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var lookup = RoutingRuleRow.KeyOf(key.Node, key.AreaCode);
        if (await db.RoutingRules.AnyAsync(row => row.DefinitionId == key.DefinitionId && row.LookupKey == lookup && row.RuledAt >= rule.RuledAt, cancel)) return;
        await db.RoutingRules.Where(row => row.DefinitionId == key.DefinitionId && row.LookupKey == lookup).ExecuteDeleteAsync(cancel);
        db.Add(new RoutingRuleRow
        {
            DefinitionId = key.DefinitionId, LookupKey = lookup, Node = key.Node, AreaCode = key.AreaCode, TeamId = rule.TeamId, TaskNumber = rule.TaskNumber, RuledAt = rule.RuledAt,
        });
        await Revision.RaiseAsync(db, RevisionName, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
