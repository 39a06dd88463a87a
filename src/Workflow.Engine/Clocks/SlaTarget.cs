using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Workflow.Engine.Clocks;

/// <summary>How much time an SLA clock counts until it is due. <see cref="ToString"/> gives the canonical text, which parses to an equal target.</summary>
public abstract record SlaTarget
{
    private const string Forms = "an ISO 8601 duration of days, hours, minutes and seconds such as PT20M or P1DT2H, or working hours such as 4wh";

    /// <summary>No target is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    private static readonly Regex Duration = new(
        @"^P(?=.)(?:(?<days>[0-9]{1,9})D)?(?:T(?=.)(?:(?<hours>[0-9]{1,9})H)?(?:(?<minutes>[0-9]{1,9})M)?(?:(?<seconds>[0-9]{1,9}(?:\.[0-9]{1,7})?)S)?)?\z",
        RegexOptions.CultureInvariant);

    // Eleven decimals of an hour are finer than a tick, so that every length has a text of its own.
    private static readonly Regex Hours = new(@"^(?<hours>[0-9]{1,9}(?:\.[0-9]{1,11})?)wh\z", RegexOptions.CultureInvariant);
    private static readonly Regex DaysOrMonths = new(@"^[0-9.]+(?:wd|cd|mo)\z", RegexOptions.CultureInvariant);

    private SlaTarget(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest);
        Length = length;
    }

    /// <summary>The time to count: more than zero and at most 3660 days.</summary>
    public TimeSpan Length { get; }

    /// <summary>Every hour of day and night counts (紧急工作时); a day is 24 hours.</summary>
    public sealed record Continuous(TimeSpan Length) : SlaTarget(Length);

    /// <summary>Only the working intervals of the business calendar count (工作小时).</summary>
    public sealed record WorkingHours(TimeSpan Length) : SlaTarget(Length);

    public static bool TryParse(string text, [NotNullWhen(true)] out SlaTarget? target, [NotNullWhen(false)] out string? problem)
    {
        (target, problem) = Parse(text);
        return target is not null;
    }

    /// <summary>Both together; null when they do not count the same kind of time, or are too long.</summary>
    public static SlaTarget? Add(SlaTarget one, SlaTarget other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var length = one.Length + other.Length;
        if (one.GetType() != other.GetType() || length > Longest) return null;
        return one is Continuous ? new Continuous(length) : new WorkingHours(length);
    }

    public sealed override string ToString() => this switch
    {
        Continuous => XmlConvert.ToString(Length),
        WorkingHours => ((decimal)Length.Ticks / TimeSpan.TicksPerHour).ToString("0.###########", CultureInfo.InvariantCulture) + "wh",
        _ => throw new UnreachableException(),
    };

    private static (SlaTarget? Target, string? Problem) Parse(string text)
    {
        if (Duration.Match(text) is { Success: true } duration)
        {
            var minutes = (((Number(duration, "days") * 24) + Number(duration, "hours")) * 60) + Number(duration, "minutes");
            return Build(text, ((minutes * 60) + Number(duration, "seconds")) * TimeSpan.TicksPerSecond, length => new Continuous(length));
        }
        if (Hours.Match(text) is { Success: true } hours)
            return Build(text, Number(hours, "hours") * TimeSpan.TicksPerHour, length => new WorkingHours(length));
        return DaysOrMonths.IsMatch(text)
            ? (null, $"day and month targets (wd, cd, mo) are not supported by this version: expected {Forms}, found '{text}'")
            : (null, $"expected {Forms}, found '{text}'");
    }

    private static (SlaTarget? Target, string? Problem) Build(string text, decimal ticks, Func<TimeSpan, SlaTarget> build)
    {
        var whole = decimal.Round(ticks);
        return whole > 0 && whole <= Longest.Ticks
            ? (build(TimeSpan.FromTicks((long)whole)), null)
            : (null, $"expected a target of more than zero and at most {Longest.Days} days, found '{text}'");
    }

    private static decimal Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? decimal.Parse(found.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;
}
