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
/// <param name="Basis">The legal source of a holiday or make-up workday.</param>
/// <param name="Provisional">Whether the piece lies in a year without data.</param>
public sealed record LedgerEntry(DateTimeOffset From, DateTimeOffset To, bool Counted, string Rule, string? Name, string? Basis, bool Provisional);

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

    internal static bool Counts(string rule) => rule is WorkingTime or MakeupWorkday or Continuous;
}
