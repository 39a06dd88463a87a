using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Workflow.Engine.Clocks;

public enum ClockScope
{
    Task,
    Stage,
    WorkItem,
}

public enum ClockState
{
    Running,

    /// <summary>Waits, and goes on from where it was when its stage is entered again.</summary>
    Stopped,

    /// <summary>Ended at or before its due time.</summary>
    Met,

    /// <summary>Ended after its due time.</summary>
    Missed,
}

public enum RungAction
{
    /// <summary>Tells whoever <c>to</c> names.</summary>
    Notify,

    /// <summary>Marks the open work items of the clock's scope as urged.</summary>
    Urge,

    /// <summary>Makes the task urgent.</summary>
    RaisePriority,

    /// <summary>Gives the open work items of the clock's scope to another person of the team, or to another team.</summary>
    Reassign,

    /// <summary>Makes an order (督办件) that covers the task.</summary>
    Order,

    /// <summary>Puts the task before the team kind named by <c>to</c>.</summary>
    Escalate,

    /// <summary>Of an order: presses the next rung of its ladder, up to the one named by <c>to</c>.</summary>
    Press,
}

/// <summary>One rung of the ladder: what is done at a share of the target or relative to the due time.</summary>
public sealed record Rung(string Id, string At, RungAction Do, string? To, DateTimeOffset? DueAt = null, DateTimeOffset? FiredAt = null)
{
    /// <summary>Waits for the next working time of the clock's calendar.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InWorkingTime { get; init; }

    /// <summary>Of <see cref="RungAction.Order"/>: the time that the order gives.</summary>
    public string? Within { get; init; }
}

/// <summary>Why a due time moved.</summary>
public enum ClockChangeReason
{
    /// <summary>The clock goes on after it stood still.</summary>
    Resumed,

    /// <summary>A pause has lasted as long as it may.</summary>
    PauseCapped,

    /// <summary>A pause was approved, back to the request.</summary>
    PauseApproved,

    Extended,

    PriorityChanged,

    /// <summary>Its calendar has another version.</summary>
    CalendarChanged,

    /// <summary>Another version of the definition's policy holds for it.</summary>
    PolicyChanged,

    /// <summary>The work has come to a team or a district with another calendar.</summary>
    HandedOver,
}

/// <summary>One move of a clock's due time or target.</summary>
public sealed record ClockChange(DateTimeOffset At, ClockChangeReason Why, DateTimeOffset? Before, DateTimeOffset? After)
{
    /// <summary>The target from then on, where it changed.</summary>
    public string? Target { get; init; }

    /// <summary>Name of who did it; null when time did.</summary>
    public string? By { get; init; }

    public string? Text { get; init; }

    /// <summary>Of a clock that was counted again: by what since, a calendar or a definition with its version.</summary>
    public string? Basis { get; init; }

    /// <summary>The change of a calendar or of a policy that was approved; null when none had to be.</summary>
    public ApprovedChange? Approved { get; init; }
}

/// <summary>The target of a clock, resolved for one task.</summary>
/// <param name="Basis">The law, standard or rule that sets the target, in the words of the definition.</param>
/// <param name="Resumes">True: a stage that is entered again goes on with its clock; false: it gets a new one.</param>
public sealed record SlaPolicy(string Target, string Calendar, string? Basis, bool Resumes)
{
    /// <summary>The definition names no calendar: that of the team which has the work counts, or of its district.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FollowsHands { get; init; }

    /// <summary>When the last day of a target of days or months ends; null for any other target.</summary>
    public DayEnd? DayEnd { get; init; }

    internal SlaPolicy Aimed(string target, DayEnd dayEnd) => this with { Target = target, DayEnd = SlaTarget.TryParse(target, out var parsed, out _) && parsed is SlaTarget.Days ? dayEnd : null };
}

/// <summary>When a running clock is due, and the ledger that explains it: its counted entries add up to the target.</summary>
public sealed record ClockReading(
    DateTimeOffset? Due, bool IsProvisional, ImmutableArray<LedgerEntry> Ledger, ImmutableDictionary<string, DateTimeOffset> RungsDue);

/// <summary>Elapsed counted time against a target, for a work item, a stage or the whole task. The ledger is the truth.</summary>
public sealed record SlaClock(int Id, ClockScope Scope, string Node, SlaPolicy Policy, string CalendarVersion, DateTimeOffset StartedAt)
{
    /// <summary>Why a clock stands still whose stage was left and may be entered again.</summary>
    public const string StageLeft = "stage-left";

    /// <summary>Name of the stage for a stage's clock.</summary>
    public string? Stage { get; init; }

    public int? WorkItem { get; init; }

    public ClockState State { get; init; }

    public ImmutableArray<ClockSpan> Spans { get; init; } = [];

    public DateTimeOffset? Due { get; init; }

    public bool IsProvisional { get; init; }

    /// <summary>Counted time when the clock was last stopped or ended.</summary>
    public TimeSpan Counted { get; init; }

    public ImmutableArray<LedgerEntry> Ledger { get; init; } = [];

    /// <summary>While it stands still: when the cap of the pause lets it go on by itself; null when nothing does.</summary>
    public DateTimeOffset? ResumesAt { get; init; }

    /// <summary>Every move of the due time and of the target, oldest first.</summary>
    public ImmutableArray<ClockChange> Changes { get; init; } = [];

    public DateTimeOffset? BreachedAt { get; init; }

    public ImmutableArray<Rung> Rungs { get; init; } = [];

    public ClockHistory? History { get; init; }

    [JsonIgnore]
    public ImmutableArray<CalendarTurn> Turns => History?.Turns ?? [];

    /// <summary>The policy's target, which was checked with the definition.</summary>
    [JsonIgnore]
    public SlaTarget Target => !SlaTarget.TryParse(Policy.Target, out var target, out var problem) ? throw new FormatException(problem)
        : target is SlaTarget.Days days ? days with { End = Policy.DayEnd ?? DayEnd.Closing } : target;

    [JsonIgnore]
    public bool IsOpen => State is ClockState.Running or ClockState.Stopped;

    /// <summary>Stands still because of a pause, not because its stage was left.</summary>
    [JsonIgnore]
    public bool IsPaused => State == ClockState.Stopped && Spans[^1].StopReason != StageLeft;

    /// <summary>As it would be if it had not stopped, while it stands still: its due time is the one before the pause.</summary>
    [JsonIgnore]
    public SlaClock Unstopped => State == ClockState.Stopped ? this with { Spans = Spans.SetItem(Spans.Length - 1, new(Spans[^1].From, null, null)) } : this;

    /// <summary>When something of this clock is due next: a rung, the breach, or the end of a pause that has lasted as long as it may.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue
    {
        get
        {
            if (State == ClockState.Stopped) return ResumesAt;
            if (State != ClockState.Running) return null;
            var next = BreachedAt is null ? Due : null;
            foreach (var rung in Rungs)
                if (rung.FiredAt is null && rung.DueAt is { } due && (next is null || due < next)) next = due;
            return next;
        }
    }

    /// <summary>What it counts on: one calendar, or several one after another. Null while one of them is not known.</summary>
    public BusinessCalendar? CalendarIn(IReadOnlyDictionary<string, BusinessCalendar> calendars)
    {
        ArgumentNullException.ThrowIfNull(calendars);
        BusinessCalendar? before = null;
        DateTimeOffset? until = null;
        foreach (var turn in Turns)
        {
            if (!calendars.TryGetValue(turn.Calendar, out var earlier)) return null;
            before = until is { } at ? earlier.After(before!, at) : earlier;
            until = turn.Until;
        }
        if (!calendars.TryGetValue(Policy.Calendar, out var calendar)) return null;
        return until is { } end ? calendar.After(before!, end) : calendar;
    }

    /// <summary>
    /// The ledger as far as it is certain: of a clock that stands still short of its target nothing after the stop, and <c>StillSince</c>, from when on nothing
    /// counts until it goes on (in days, the day after the one on which it stopped). Any other clock's is its own.
    /// </summary>
    public (ImmutableArray<LedgerEntry> Entries, DateTimeOffset? StillSince) LedgerOn(BusinessCalendar calendar)
    {
        if (State != ClockState.Stopped || DueTime.Compute(Target, calendar, Spans) is not { At: null } soFar) return (Ledger, null);
        return (soFar.Ledger, soFar.Ledger is [.., var last] ? last.To : Spans[^1].To);
    }

    public SlaClock With(ClockReading reading) => this with
    {
        Due = reading.Due ?? Due,
        IsProvisional = reading.IsProvisional,
        Ledger = reading.Ledger,
        Rungs = [.. Rungs.Select(rung => rung.FiredAt is null && reading.RungsDue.TryGetValue(rung.Id, out var due) ? rung with { DueAt = due } : rung)],
    };
}
