using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Workflow.Engine.Clocks;

/// <summary>
/// When a rung of a clock (a warning, an urge, an escalation) is reached: at a share of the target or relative to the due time.
/// <see cref="ToString"/> gives the canonical text, which parses to an equal rung time.
/// </summary>
public abstract record RungTime
{
    private const string Forms = "a percentage of the target such as 50%, or +0, or a time relative to due such as -PT10M, +PT1H, +2wh, -1wd or +3cd";

    private RungTime() { }

    /// <summary>When this share of the target has been counted: more than 0, at most 10 (1000%).</summary>
    public sealed record Fraction : RungTime
    {
        public Fraction(decimal value)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, 0);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, DueTime.LargestFraction);
            Value = value;
        }

        public decimal Value { get; }
    }

    /// <summary>Wall-clock time before (negative) or after the due time.</summary>
    public sealed record WallClock(TimeSpan FromDue) : RungTime;

    /// <summary>Working time of the calendar before (negative) or after the due time; stops of the clock play no part in it.</summary>
    public sealed record WorkingTime(TimeSpan FromDue) : RungTime
    {
        public TimeSpan FromDue { get; } = FromDue != TimeSpan.Zero ? FromDue : throw new ArgumentOutOfRangeException(nameof(FromDue));
    }

    /// <summary>Working or calendar days before (negative) or after the day of the due time, at the time of day of the due time.</summary>
    public sealed record WholeDays(int FromDue, DayUnit Unit) : RungTime
    {
        public int FromDue { get; } = FromDue != 0 ? FromDue : throw new ArgumentOutOfRangeException(nameof(FromDue));

        public DayUnit Unit { get; } = Unit != DayUnit.Month ? Unit : throw new ArgumentOutOfRangeException(nameof(Unit));
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out RungTime? time, [NotNullWhen(false)] out string? problem)
    {
        (time, problem) = Parse(text);
        return time is not null;
    }

    /// <summary>
    /// The instant of this rung, or null while the spans are closed before the share or the due time that it depends on.
    /// It can lie before the start of the clock ("-PT30M" of "PT20M"): such a rung is reached at once.
    /// </summary>
    public DateTimeOffset? At(SlaTarget target, BusinessCalendar calendar, ImmutableArray<ClockSpan> spans)
    {
        var anchor = DueTime.AtFraction(target, this is Fraction share ? share.Value : 1, calendar, spans);
        return anchor is not { } at ? null : this switch
        {
            Fraction => at,
            WallClock wall => calendar.InZone(at + wall.FromDue),
            WorkingTime working => CalendarWalk.Move(calendar, at, working.FromDue),
            WholeDays days => DayCount.Move(calendar, at, days.FromDue, days.Unit),
            _ => throw new UnreachableException(),
        };
    }

    public sealed override string ToString() => this switch
    {
        Fraction share => (share.Value * 100).ToString("0.##########################", CultureInfo.InvariantCulture) + "%",
        WallClock { FromDue.Ticks: 0 } => "+0",
        WallClock wall => Sign(wall.FromDue) + new SlaTarget.Continuous(wall.FromDue.Duration()),
        WorkingTime working => Sign(working.FromDue) + new SlaTarget.WorkingHours(working.FromDue.Duration()),
        WholeDays days => Sign(TimeSpan.FromDays(days.FromDue)) + new SlaTarget.Days(Math.Abs(days.FromDue), days.Unit),
        _ => throw new UnreachableException(),
    };

    private static string Sign(TimeSpan fromDue) => fromDue < TimeSpan.Zero ? "-" : "+";

    private static (RungTime? Time, string? Problem) Parse(string text)
    {
        if (text == "+0") return (new WallClock(TimeSpan.Zero), null);
        if (text.EndsWith('%')) return ParseShare(text);
        if (text is not ['+' or '-', .. var length]) return (null, $"expected {Forms}, found '{text}'");
        if (!SlaTarget.TryParse(length, out var target, out var problem)) return (null, $"expected {Forms}, found '{text}': {problem}");
        var sign = text[0] == '-' ? -1 : 1;
        return target switch
        {
            SlaTarget.Continuous time => (new WallClock(sign * time.Length), null),
            SlaTarget.WorkingHours time => (new WorkingTime(sign * time.Length), null),
            SlaTarget.Days { Unit: not DayUnit.Month } days => (new WholeDays(sign * days.Count, days.Unit), null),
            _ => (null, $"expected {Forms}, found '{text}'"),
        };
    }

    private static (RungTime? Time, string? Problem) ParseShare(string text)
    {
        var isNumber = decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent);
        return isNumber && percent > 0 && percent <= DueTime.LargestFraction * 100
            ? (new Fraction(percent / 100), null)
            : (null, $"expected a percentage of more than 0 and at most {DueTime.LargestFraction * 100}, found '{text}'");
    }
}
