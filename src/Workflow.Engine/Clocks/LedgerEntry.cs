namespace Workflow.Engine.Clocks;

/// <summary>
/// A piece [From, To) of an SLA clock's life, with why it counted or did not. Times carry the offset of the calendar's zone.
/// A due time is provisional when it rests on an entry that is: one in a year whose holidays are not known yet.
/// </summary>
/// <param name="From">First instant of the piece.</param>
/// <param name="To">First instant after the piece.</param>
/// <param name="Counted">Whether the piece counts towards the target.</param>
/// <param name="Rule">One of <see cref="LedgerRule"/>.</param>
/// <param name="Name">The holiday (also of its make-up workday), or the reason of a stop.</param>
/// <param name="Basis">The legal source of a holiday or make-up workday, or of the rule about days.</param>
/// <param name="Provisional">Whether the piece lies in a year without data.</param>
public sealed record LedgerEntry(DateTimeOffset From, DateTimeOffset To, bool Counted, string Rule, string? Name, string? Basis, bool Provisional)
{
    /// <summary>How many days the piece has, in the ledger of a target of days or months; null in one of hours.</summary>
    public int? Days { get; init; }

    /// <summary>Of a pause: who asked for it and approved it, the note and the evidence.</summary>
    public PauseNote? Pause { get; init; }

    /// <summary>Id of the calendar that says so, in the ledger of a clock that has counted on several; null in any other.</summary>
    public string? Calendar { get; init; }
}

/// <summary>The rules that a ledger entry can state. Part of the stored form: never renamed.</summary>
public static class LedgerRule
{
    public const string Continuous = "continuous";
    public const string WorkingTime = "working-time";
    public const string MakeupWorkday = "makeup-workday";
    public const string LunchBreak = "lunch-break";
    public const string OutsideHours = "outside-hours";
    public const string RestDay = "rest-day";
    public const string Holiday = "holiday";
    public const string Stopped = "stopped";

    /// <summary>Stopped by a pause that lasted as long as it may: its cap ended it.</summary>
    public const string StoppedToCap = "stopped-to-cap";

    /// <summary>The day on which the clock starts, which does not count in days and months.</summary>
    public const string StartDay = "start-day";

    /// <summary>A working day that counts as one.</summary>
    public const string WorkingDay = "working-day";

    /// <summary>A day that counts whatever the calendar says.</summary>
    public const string CalendarDay = "calendar-day";

    /// <summary>The working day to which a last day has moved that was none, or that was excluded.</summary>
    public const string MovedOn = "moved-on";

    /// <summary>Up to an instant that was given.</summary>
    public const string FixedInstant = "fixed-instant";

    internal static string OfStop(PauseNote? pause) => pause is { IsCapped: true } ? StoppedToCap : Stopped;

    internal static bool Counts(string rule) => rule is WorkingTime or MakeupWorkday or Continuous;
}
