using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Features;

/// <param name="Rule">One of <c>continuous, working-time, makeup-workday, lunch-break, outside-hours, rest-day, holiday, stopped</c>; in days also
/// <c>start-day, working-day, calendar-day, moved-on</c>; or <c>fixed-instant</c>.</param>
/// <param name="Days">How many days it has, in the ledger of a target of days or months.</param>
internal sealed record LedgerView(DateTimeOffset From, DateTimeOffset To, bool Counted, string Rule, string? Name, string? Basis, bool Provisional, int? Days);

internal sealed record RungView(string Id, string At, RungAction Action, string? To, DateTimeOffset? Due, DateTimeOffset? FiredAt);

internal enum ClockViewState
{
    Running,
    Stopped,
    Met,
    Missed,
}

/// <param name="Due">When it is due; null only while that cannot be told.</param>
/// <param name="Provisional">True when the due time rests on a year whose holidays are not known.</param>
/// <param name="CountedSeconds">Counted time up to now, or up to the end.</param>
internal sealed record ClockView(
    int Id, ClockScope Scope, StageName? Stage, string? WorkItemId, string Target, string Calendar, string CalendarName, string? Basis,
    DateTimeOffset StartedAt, DateTimeOffset? Due, bool Provisional, ClockViewState State, DateTimeOffset? StoppedAt, DateTimeOffset? BreachedAt,
    double TargetSeconds, double CountedSeconds, IReadOnlyList<RungView> Rungs, IReadOnlyList<LedgerView> Ledger)
{
    public static ClockView Of(SlaClock clock, InstanceId instance, IReadOnlyDictionary<string, BusinessCalendar> calendars, DateTimeOffset now)
    {
        var calendar = calendars[clock.Policy.Calendar];
        var target = clock.Target;
        var counted = clock.State == ClockState.Running ? DueTime.Counted(target, calendar, clock.Spans, now) : clock.Counted;
        return new(
            clock.Id, clock.Scope, Enum.TryParse<StageName>(clock.Stage, out var stage) ? stage : null,
            clock.WorkItem is { } item ? new WorkItemId(instance, item).ToString() : null,
            clock.Policy.Target, calendar.Id, calendar.Name, clock.Policy.Basis, clock.StartedAt, clock.Due, clock.IsProvisional,
            StateOf(clock.State), clock.Spans[^1].To, clock.BreachedAt, DueTime.Whole(target, calendar, clock.Spans).TotalSeconds, counted.TotalSeconds,
            [.. clock.Rungs.Select(rung => new RungView(rung.Id, rung.At, rung.Do, rung.To, rung.DueAt, rung.FiredAt))],
            [.. clock.Ledger.Select(entry => new LedgerView(entry.From, entry.To, entry.Counted, entry.Rule, entry.Name, entry.Basis, entry.Provisional, entry.Days))]);
    }

    private static ClockViewState StateOf(ClockState state) => state switch
    {
        ClockState.Running => ClockViewState.Running,
        ClockState.Stopped => ClockViewState.Stopped,
        ClockState.Met => ClockViewState.Met,
        _ => ClockViewState.Missed,
    };
}

internal sealed record EvidenceView(
    string Id, EvidenceKind Kind, string ContentType, long SizeBytes, string Sha256, string FileName, DateTimeOffset AttachedAt, Person AttachedBy,
    DateTimeOffset? TakenAt, double? Longitude, double? Latitude, string Url)
{
    public EvidenceSource? Source { get; init; }

    /// <summary>What the file itself says of time, position (WGS-84) and device; null when it says nothing.</summary>
    public Capture? Exif { get; init; }

    public static EvidenceView Of(Evidence evidence, WorkItemId item) => new(
        evidence.Id, evidence.Kind, evidence.ContentType, evidence.SizeBytes, evidence.Sha256, evidence.FileName, evidence.AttachedAt, evidence.By,
        evidence.TakenAt, evidence.Longitude, evidence.Latitude, $"/api/v1/work-items/{item}/evidence/{evidence.Id}")
    {
        Source = evidence.Source,
        Exif = evidence.Exif,
    };
}
