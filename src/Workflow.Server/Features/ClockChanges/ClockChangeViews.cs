using System.Globalization;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Server.Features.ClockChanges;

internal enum ClockChangeState
{
    Proposed,

    /// <summary>Another version has come into force since it was proposed: it has to be previewed again.</summary>
    Outdated,

    /// <summary>In force; open clocks are being counted by it.</summary>
    Applying,

    /// <summary>Every open clock counts by it.</summary>
    Done,
}

/// <summary>A version of a calendar, or of a definition's policy, proposed or in force.</summary>
/// <param name="Number">Names it.</param>
/// <param name="Subject">Id of the calendar or of the definition.</param>
/// <param name="Replaces">The version that it takes the place of; null for the first.</param>
/// <param name="ProposedBy">Null when a file brought it.</param>
/// <param name="Fingerprint">Has to be named when it is applied.</param>
/// <param name="Visited">Tasks that were visited since it was applied.</param>
/// <param name="Remaining">Open clocks that do not count by it yet; null while it is not applied.</param>
internal sealed record ClockChangeView(
    int Number, ClockChangeKind Kind, string Subject, string Version, string? Replaces, ClockChangeState State, string Fingerprint, DateTimeOffset ProposedAt, Person? ProposedBy,
    DateTimeOffset? AppliedAt, Person? ApprovedBy, string? Reason, DateTimeOffset? DoneAt, int Visited, int? Remaining)
{
    public static ClockChangeView Of(ClockChangeRow row, string? inForce, int? remaining = null) => new(
        row.Number, row.Kind, row.Subject, row.Version, row.Replaces.Length > 0 ? row.Replaces : null,
        row.DoneAt is not null ? ClockChangeState.Done : row.AppliedAt is not null ? ClockChangeState.Applying : (inForce ?? "") == row.Replaces ? ClockChangeState.Proposed : ClockChangeState.Outdated,
        Engine.Storage.ClockChanges.FingerprintOf(row), row.ProposedAt, Person.Of(row.ProposedById, row.ProposedByName), row.AppliedAt, Person.Of(row.ApprovedById, row.ApprovedByName),
        row.Reason, row.DoneAt, row.Visited, remaining);
}

/// <param name="TaskId">For <c>tasks/{id}</c>.</param>
/// <param name="Clock">Number of the clock in its task.</param>
internal sealed record AlteredClockView(
    string TaskId, string TaskNumber, int Clock, ClockScope Scope, StageName? Stage, string? WorkItemId, string TargetBefore, string Target,
    DateTimeOffset? DueBefore, DateTimeOffset? Due, bool ProvisionalBefore, bool Provisional, bool BreachedBefore, bool Breached)
{
    public static AlteredClockView Of(AlteredClock clock) => new(
        clock.Instance.ToString(), clock.TaskNumber, clock.Clock, clock.Scope, Enum.TryParse<StageName>(clock.Stage, out var stage) ? stage : null,
        clock.WorkItem is { } item ? new WorkItemId(clock.Instance, item).ToString() : null, clock.TargetBefore, clock.Target,
        InChina(clock.DueBefore), InChina(clock.Due), clock.WasProvisional, clock.IsProvisional, clock.WasBreached, clock.IsBreached);

    // Rows keep instants without an offset.
    private static DateTimeOffset? InChina(DateTimeOffset? at) => at is { } instant ? BusinessCalendar.Continuous.InZone(instant) : null;
}

/// <summary>What a change would do to all open clocks. Nothing has been changed.</summary>
/// <param name="Items">A page of the clocks that it would alter, by task number.</param>
/// <param name="Next">The cursor of the next page.</param>
internal sealed record ClockChangePreview(ClockChangeView Change, PreviewCounts Counts, IReadOnlyList<AlteredClockView> Items, string? Next)
{
    /// <summary>A cursor names the clock after which the page begins.</summary>
    public static PreviewPage? PageOf(Page page)
    {
        if (page.After is not [var place]) return new(page.Limit);
        var at = place.LastIndexOf(' ');
        return at > 0 && int.TryParse(place[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var clock) ? new(page.Limit, (place[..at], clock)) : null;
    }

    public static ClockChangePreview Of(ClockChangeView change, Preview preview) => new(
        change, preview.Counts, [.. preview.Rows.Select(AlteredClockView.Of)],
        preview.HasMore ? Page.Cursor(string.Create(CultureInfo.InvariantCulture, $"{preview.Rows[^1].TaskNumber} {preview.Rows[^1].Clock}")) : null);
}
