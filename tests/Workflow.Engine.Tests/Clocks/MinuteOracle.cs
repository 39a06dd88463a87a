using System.Globalization;
using System.Text.Json;

namespace Workflow.Engine.Tests.Clocks;

/// <summary>What holds in a minute, as a ledger would say it.</summary>
internal sealed record MinuteRule(string Rule, string? Name, bool IsProvisional)
{
    public bool Counts { get; } = Rule is "working-time" or "makeup-workday" or "continuous";
}

/// <summary>Minutes that follow each other under one rule.</summary>
internal sealed class MinuteRuns
{
    private readonly List<(MinuteRule Rule, int Minutes)> _runs = [];

    public int Total { get; private set; }

    public bool IsProvisional => _runs.Exists(run => run.Rule.IsProvisional);

    public void Add(MinuteRule rule, int minutes)
    {
        Total += minutes;
        if (_runs is [.., var last] && last.Rule == rule) _runs[^1] = (rule, last.Minutes + minutes);
        else _runs.Add((rule, minutes));
    }

    public override string ToString() => string.Join('\n', _runs);
}

/// <summary>
/// A second, naive reading of a calendar document: it asks for every single minute what the wall clock shows. Knows nothing of the code under test.
/// Minutes are numbered from 2026-01-01T00:00Z; the table ends in the middle of 2027, so that half a year is unknown.
/// </summary>
internal sealed class MinuteOracle
{
    public static readonly DateTime Origin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private const int MinuteCount = 560 * 1440;

    private readonly MinuteRule[] _rules = new MinuteRule[MinuteCount];

    public MinuteOracle(string calendarText)
    {
        var calendar = JsonDocument.Parse(calendarText).RootElement;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.GetProperty("timeZone").GetString()!);
        var hours = Enum.GetValues<DayOfWeek>().ToDictionary(
            day => day,
            day => calendar.GetProperty("weeklyHours").TryGetProperty(day.ToString().ToLowerInvariant(), out var list) ? Intervals(list) : []);
        var makeup = calendar.TryGetProperty("makeupHours", out var own) ? Intervals(own) : hours[DayOfWeek.Monday];
        var years = calendar.GetProperty("years").EnumerateObject().ToDictionary(
            year => int.Parse(year.Name, CultureInfo.InvariantCulture),
            year => year.Value);
        var days = years.Values.SelectMany(list => list.EnumerateArray()).ToDictionary(
            day => DateOnly.Parse(day.GetProperty("date").GetString()!, CultureInfo.InvariantCulture),
            day => (IsHoliday: day.GetProperty("kind").GetString() == "holiday", Name: day.GetProperty("name").GetString()));

        for (var minute = 0; minute < MinuteCount; minute++)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(Origin.AddMinutes(minute), zone);
            var (ordinary, isProvisional) = (hours[local.DayOfWeek], !years.ContainsKey(local.Year));
            var isSpecial = days.TryGetValue(DateOnly.FromDateTime(local), out var day);
            _rules[minute] = isSpecial && day.IsHoliday ? new MinuteRule("holiday", day.Name, isProvisional)
                : isSpecial ? RuleAt(local, makeup, new MinuteRule("makeup-workday", day.Name, isProvisional))
                : RuleAt(local, ordinary, new MinuteRule(ordinary.Length == 0 ? "rest-day" : "working-time", null, isProvisional));

            // One object for many minutes: they are equal anyway, and millions of them take long to compare and keep.
            if (minute > 0 && _rules[minute] == _rules[minute - 1]) _rules[minute] = _rules[minute - 1];
        }
    }

    /// <summary>What the ledger says from the first span until the target is reached or the last span ends; and whether it was reached.</summary>
    public (MinuteRuns Runs, bool IsReached) Ledger(ClockCase clock)
    {
        var runs = new MinuteRuns();
        var (stopped, continuous) = (new MinuteRule("stopped", "waiting", false), new MinuteRule("continuous", null, false));
        var counted = 0;
        var (now, isRunning) = (clock.Start, false);
        foreach (var length in clock.Lengths)
        {
            isRunning = !isRunning;
            for (var end = now + length; now < end; now++)
            {
                var rule = !isRunning ? stopped : clock.IsContinuous ? continuous : _rules[now];
                runs.Add(rule, 1);
                if (rule.Counts && ++counted == clock.TargetMinutes) return (runs, true);
            }
        }
        return (runs, false);
    }

    private static MinuteRule RuleAt(DateTime local, (int From, int To)[] intervals, MinuteRule working)
    {
        var time = (local.Hour * 60) + local.Minute;
        if (intervals.Length == 0 || intervals.Any(interval => interval.From <= time && time < interval.To)) return working;
        var isBetween = intervals.Any(interval => interval.To <= time) && intervals.Any(interval => time < interval.From);
        return new MinuteRule(isBetween ? "lunch-break" : "outside-hours", null, working.IsProvisional);
    }

    private static (int From, int To)[] Intervals(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => item.GetString()!.Split('-')).Select(ends => (Minutes(ends[0]), Minutes(ends[1])))];

    private static int Minutes(string time) =>
        (int.Parse(time.AsSpan(0, 2), CultureInfo.InvariantCulture) * 60) + int.Parse(time.AsSpan(3, 2), CultureInfo.InvariantCulture);
}
