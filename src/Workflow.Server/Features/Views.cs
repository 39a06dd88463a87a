using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Features;

/// <param name="To">Null while the clock stands still: from <paramref name="From"/> on nothing counts until it goes on.</param>
/// <param name="Rule">One of <c>continuous, working-time, makeup-workday, lunch-break, outside-hours, rest-day, holiday, stopped, stopped-to-cap</c>; in days also
/// <c>start-day, working-day, calendar-day, moved-on</c>; or <c>fixed-instant</c>.</param>
/// <param name="Days">How many days it has, in the ledger of a target of days or months.</param>
/// <param name="Pause">Of a pause: who asked for it and approved it, the note and the evidence.</param>
internal sealed record LedgerView(DateTimeOffset From, DateTimeOffset? To, bool Counted, string Rule, string? Name, string? Basis, bool Provisional, int? Days, PauseNoteView? Pause)
{
    /// <summary>Id of the calendar that says so, where the clock has counted on several.</summary>
    public string? Calendar { get; init; }

    /// <summary>What is certain: the ledger of a clock that stands still ends with an open entry that does not count.</summary>
    public static IReadOnlyList<LedgerView> Of(SlaClock clock, BusinessCalendar calendar, InstanceId instance)
    {
        var (entries, stillSince) = clock.LedgerOn(calendar);
        var closed = entries.Select(entry => new LedgerView(entry.From, entry.To, entry.Counted, entry.Rule, entry.Name, entry.Basis, entry.Provisional, entry.Days, PauseNoteView.Of(entry.Pause, instance))
        {
            Calendar = entry.Calendar,
        });
        var stop = clock.Spans[^1];
        return stillSince is not { } since ? [.. closed]
            : [.. closed, new(calendar.InZone(since), null, false, LedgerRule.Stopped, stop.StopReason, stop.Pause?.Basis, false, null, PauseNoteView.Of(stop.Pause, instance))];
    }
}

/// <param name="Evidence">Where the documents are.</param>
internal sealed record PauseNoteView(string WorkItemId, string AskedBy, string? ApprovedBy, string? Note, IReadOnlyList<string> Evidence)
{
    public static PauseNoteView? Of(PauseNote? note, InstanceId instance)
    {
        if (note is null) return null;
        var item = new WorkItemId(instance, note.WorkItem);
        return new(item.ToString(), note.AskedBy, note.ApprovedBy, note.Note, [.. note.Evidence.Select(id => $"/api/v1/work-items/{item}/evidence/{id}")]);
    }
}

internal sealed record RungView(string Id, string At, RungAction Action, string? To, DateTimeOffset? Due, DateTimeOffset? FiredAt);

internal enum ClockViewState
{
    Running,

    /// <summary>Stands still because of a pause.</summary>
    Stopped,

    /// <summary>Its stage was left; the clock goes on if the stage is entered again. Whether it was late says <c>breachedAt</c>.</summary>
    Left,
    Met,
    Missed,
}

/// <param name="Due">When it is due; null only while that cannot be told.</param>
/// <param name="Provisional">True when the due time rests on a year whose holidays are not known.</param>
/// <param name="CountedSeconds">Counted time up to now, or up to the end.</param>
/// <param name="Changes">Every move of its due time and target, oldest first.</param>
/// <param name="ResumesAt">While it stands still: when the cap of the pause lets it go on.</param>
/// <param name="ResumesProvisional">True when that lies in a year whose holidays are not known.</param>
internal sealed record ClockView(
    int Id, ClockScope Scope, StageName? Stage, string? WorkItemId, string Target, string Calendar, string CalendarName, string? Basis,
    DateTimeOffset StartedAt, DateTimeOffset? Due, bool Provisional, ClockViewState State, DateTimeOffset? StoppedAt, DateTimeOffset? BreachedAt,
    double TargetSeconds, double CountedSeconds, IReadOnlyList<RungView> Rungs, IReadOnlyList<LedgerView> Ledger, IReadOnlyList<ClockChange> Changes, DateTimeOffset? ResumesAt,
    bool ResumesProvisional)
{
    public static ClockView Of(SlaClock clock, InstanceId instance, IReadOnlyDictionary<string, BusinessCalendar> calendars, DateTimeOffset now)
    {
        var calendar = clock.CalendarIn(calendars) ?? BusinessCalendar.Continuous;
        var target = clock.Target;
        var counted = clock.IsOpen ? DueTime.Counted(target, calendar, clock.Spans, now) : clock.Counted;
        return new(
            clock.Id, clock.Scope, Enum.TryParse<StageName>(clock.Stage, out var stage) ? stage : null,
            clock.WorkItem is { } item ? new WorkItemId(instance, item).ToString() : null,
            clock.Policy.Target, clock.Policy.Calendar, calendar.Name, clock.Policy.Basis, clock.StartedAt, clock.Due, clock.IsProvisional,
            StateOf(clock), clock.Spans[^1].To, clock.BreachedAt, DueTime.Whole(target, calendar, clock.Spans).TotalSeconds, counted.TotalSeconds,
            [.. clock.Rungs.Select(rung => new RungView(rung.Id, rung.At, rung.Do, rung.To, rung.DueAt, rung.FiredAt))],
            LedgerView.Of(clock, calendar, instance), clock.Changes, clock.ResumesAt, clock.ResumesAt is { } resumes && calendar.IsProvisionalAt(resumes));
    }

    private static ClockViewState StateOf(SlaClock clock) => clock.State switch
    {
        ClockState.Running => ClockViewState.Running,
        ClockState.Stopped => clock.IsPaused ? ClockViewState.Stopped : ClockViewState.Left,
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
