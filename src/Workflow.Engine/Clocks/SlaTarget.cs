using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Workflow.Engine.Clocks;

/// <summary>Which days a day target counts.</summary>
public enum DayUnit
{
    /// <summary><c>wd</c>: the working days of the business calendar (工作日).</summary>
    Working,

    /// <summary><c>cd</c>: every day (自然日). A last day that is not a working day moves to the next one (Civil Code of China, art. 203).</summary>
    Calendar,

    /// <summary><c>mo</c>: up to the corresponding day of the month, or the month's last (art. 202), moved as a calendar day is.</summary>
    Month,
}

/// <summary>When the last day of a day target ends (Civil Code of China, art. 203: at 24:00, or when business ends where there are business hours).</summary>
public enum DayEnd
{
    /// <summary>When the calendar's working hours of that day end.</summary>
    Closing,

    /// <summary>At 24:00.</summary>
    Midnight,
}

/// <summary>How much time an SLA clock counts until it is due. <see cref="ToString"/> gives the canonical text, which parses to an equal target.</summary>
public abstract record SlaTarget
{
    /// <summary>The most days, and hours of as many days, that a target has; and the most months.</summary>
    public const int MostDays = 3660, MostMonths = 120;

    /// <summary>What a target looks like, for messages.</summary>
    public const string Forms =
        "an ISO 8601 duration of days, hours, minutes and seconds such as PT20M or P1DT2H, working hours such as 4wh, working days such as 3wd, calendar days such as 15cd, months such as 6mo, or an instant such as 2026-12-01T17:00:00+08:00";

    /// <summary>No target is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(MostDays);

    private static readonly Regex Duration = new(
        @"^P(?=.)(?:(?<days>[0-9]{1,9})D)?(?:T(?=.)(?:(?<hours>[0-9]{1,9})H)?(?:(?<minutes>[0-9]{1,9})M)?(?:(?<seconds>[0-9]{1,9}(?:\.[0-9]{1,7})?)S)?)?\z",
        RegexOptions.CultureInvariant);

    // Eleven decimals of an hour are finer than a tick, so that every length has a text of its own.
    private static readonly Regex Hours = new(@"^(?<hours>[0-9]{1,9}(?:\.[0-9]{1,11})?)wh\z", RegexOptions.CultureInvariant);
    private static readonly Regex DaysOrMonths = new(@"^(?<count>[0-9]{1,9})(?<unit>wd|cd|mo)\z", RegexOptions.CultureInvariant);
    private static readonly Regex FixedInstant = new(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,7})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant);

    private SlaTarget() { }

    /// <summary>A target that counts time to the tick.</summary>
    public abstract record Time : SlaTarget
    {
        private protected Time(TimeSpan length)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest);
            Length = length;
        }

        /// <summary>The time to count: more than zero and at most 3660 days.</summary>
        public TimeSpan Length { get; }
    }

    /// <summary>Every hour of day and night counts (紧急工作时); a day is 24 hours.</summary>
    public sealed record Continuous(TimeSpan Length) : Time(Length);

    /// <summary>Only the working intervals of the business calendar count (工作小时).</summary>
    public sealed record WorkingHours(TimeSpan Length) : Time(Length);

    /// <summary>Whole days or months; the day of the start does not count (Civil Code of China, art. 201).</summary>
    public sealed record Days : SlaTarget
    {
        public Days(int count, DayUnit unit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most(unit));
            (Count, Unit) = (count, unit);
        }

        public int Count { get; }

        public DayUnit Unit { get; }

        /// <summary>When the last day ends. Not part of the text.</summary>
        public DayEnd End { get; init; }
    }

    /// <summary>An instant that was given when the clock started: an order's deadline. Pauses do not move it.</summary>
    public sealed record Fixed(DateTimeOffset At) : SlaTarget;

    public static bool TryParse(string text, [NotNullWhen(true)] out SlaTarget? target, [NotNullWhen(false)] out string? problem)
    {
        (target, problem) = Parse(text);
        return target is not null;
    }

    /// <summary>
    /// Both together; null when they do not count the same kind of time, or are too long. Two instants together are the later one, and null unless
    /// <paramref name="other"/> is it.
    /// </summary>
    public static SlaTarget? Add(SlaTarget one, SlaTarget other) => (one, other) switch
    {
        (Continuous a, Continuous b) when a.Length + b.Length <= Longest => new Continuous(a.Length + b.Length),
        (WorkingHours a, WorkingHours b) when a.Length + b.Length <= Longest => new WorkingHours(a.Length + b.Length),
        (Days a, Days b) when a.Unit == b.Unit && a.Count + b.Count <= Most(a.Unit) => new Days(a.Count + b.Count, a.Unit) { End = a.End },
        (Fixed a, Fixed b) when b.At > a.At => b,
        _ => null,
    };

    public sealed override string ToString() => this switch
    {
        Continuous time => XmlConvert.ToString(time.Length),
        WorkingHours time => ((decimal)time.Length.Ticks / TimeSpan.TicksPerHour).ToString("0.###########", CultureInfo.InvariantCulture) + "wh",
        Days days => days.Count.ToString(CultureInfo.InvariantCulture) + UnitOf(days.Unit),
        Fixed instant => instant.At.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        _ => throw new UnreachableException(),
    };

    internal static string UnitOf(DayUnit unit) => unit switch { DayUnit.Working => "wd", DayUnit.Calendar => "cd", _ => "mo" };

    private static int Most(DayUnit unit) => unit == DayUnit.Month ? MostMonths : MostDays;

    private static (SlaTarget? Target, string? Problem) Parse(string text)
    {
        if (Duration.Match(text) is { Success: true } duration)
        {
            var minutes = (((Number(duration, "days") * 24) + Number(duration, "hours")) * 60) + Number(duration, "minutes");
            return Build(text, ((minutes * 60) + Number(duration, "seconds")) * TimeSpan.TicksPerSecond, length => new Continuous(length));
        }
        if (Hours.Match(text) is { Success: true } hours)
            return Build(text, Number(hours, "hours") * TimeSpan.TicksPerHour, length => new WorkingHours(length));
        if (DaysOrMonths.Match(text) is { Success: true } days)
        {
            var unit = days.Groups["unit"].Value switch { "wd" => DayUnit.Working, "cd" => DayUnit.Calendar, _ => DayUnit.Month };
            var count = (int)Number(days, "count");
            return count >= 1 && count <= Most(unit)
                ? (new Days(count, unit), null)
                : (null, $"expected 1 to {Most(unit)}{UnitOf(unit)}, found '{text}'");
        }
        return FixedInstant.IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at)
            ? (new Fixed(at), null)
            : (null, $"expected {Forms}, found '{text}'");
    }

    private static (SlaTarget? Target, string? Problem) Build(string text, decimal ticks, Func<TimeSpan, SlaTarget> build)
    {
        var whole = decimal.Round(ticks);
        return whole > 0 && whole <= Longest.Ticks
            ? (build(TimeSpan.FromTicks((long)whole)), null)
            : (null, $"expected a target of more than zero and at most {MostDays} days, found '{text}'");
    }

    private static decimal Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? decimal.Parse(found.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;
}
