using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Tests.Clocks;

/// <summary>
/// A second, naive reading of the rules about days: it marks the paused minutes one by one, writes down the excluded dates, and looks for the last day in
/// lists. Knows nothing of the code under test but its types.
/// </summary>
internal sealed class DayOracle
{
    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<DayOfWeek, string[]> _hours;
    private readonly string[] _makeup;
    private readonly HashSet<int> _years;
    private readonly Dictionary<DateOnly, string> _days;

    public DayOracle(string calendarText)
    {
        var calendar = JsonDocument.Parse(calendarText).RootElement;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.GetProperty("timeZone").GetString()!);
        _hours = Enum.GetValues<DayOfWeek>().ToDictionary(
            day => day, day => calendar.GetProperty("weeklyHours").TryGetProperty(day.ToString().ToLowerInvariant(), out var list) ? Texts(list) : []);
        _makeup = calendar.TryGetProperty("makeupHours", out var own) ? Texts(own) : _hours[DayOfWeek.Monday];
        var years = calendar.GetProperty("years").EnumerateObject().ToList();
        _years = [.. years.Select(year => int.Parse(year.Name, CultureInfo.InvariantCulture))];
        _days = years.SelectMany(year => year.Value.EnumerateArray()).ToDictionary(
            day => DateOnly.Parse(day.GetProperty("date").GetString()!, CultureInfo.InvariantCulture), day => day.GetProperty("kind").GetString()!);
    }

    public (DateTimeOffset Due, bool IsProvisional) Due(int count, DayUnit unit, DayEnd end, DateTimeOffset start, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> pauses)
    {
        var first = DateOf(start);
        var excluded = Excluded(start, pauses);
        // Twenty years are more than any case needs.
        var after = Enumerable.Range(1, 7305).Select(first.AddDays).ToList();
        DateOnly last;
        switch (unit)
        {
            case DayUnit.Working:
                last = after.Where(date => !excluded.Contains(date) && HoursOf(date).Length > 0).ElementAt(count - 1);
                return (Ends(last, end), after.TakeWhile(date => date <= last).Any(date => !excluded.Contains(date) && IsUnknown(date)));
            case DayUnit.Calendar:
                last = after.Where(date => !excluded.Contains(date)).ElementAt(count - 1);
                break;
            default:
                var (year, month) = (first.Year + ((first.Month - 1 + count) / 12), ((first.Month - 1 + count) % 12) + 1);
                var corresponding = new DateOnly(year, month, Math.Min(first.Day, DateTime.DaysInMonth(year, month)));
                last = corresponding;
                while (corresponding.AddDays(excluded.Count(date => date > first && date <= last)) is var moved && moved != last) last = moved;
                break;
        }
        var final = after.First(date => date >= last && !excluded.Contains(date) && HoursOf(date).Length > 0);
        return (Ends(final, end), after.Any(date => date >= last && date <= final && IsUnknown(date)));
    }

    private HashSet<DateOnly> Excluded(DateTimeOffset start, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> pauses)
    {
        if (pauses.Count == 0) return [];
        var minutes = (int)(pauses.Max(pause => pause.To) - start).TotalMinutes;
        var paused = new bool[Math.Max(0, minutes) + 1];
        foreach (var (from, to) in pauses)
            for (var minute = Math.Max(0, (int)(from - start).TotalMinutes); minute < (to - start).TotalMinutes; minute++) paused[minute] = true;
        var excluded = new HashSet<DateOnly>();
        for (var begins = 0; begins < paused.Length; begins++)
        {
            if (!paused[begins]) continue;
            var ends = begins;
            while (paused[ends]) ends++;
            for (var date = DateOf(start.AddMinutes(begins)).AddDays(1); date <= DateOf(start.AddMinutes(ends)); date = date.AddDays(1)) excluded.Add(date);
            begins = ends;
        }
        return excluded;
    }

    /// <summary>After the last minute of the date whose wall clock shows less than the closing time.</summary>
    private DateTimeOffset Ends(DateOnly date, DayEnd end)
    {
        var closing = end == DayEnd.Midnight ? "24:00" : HoursOf(date)[^1].Split('-')[1];
        var minute = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(40);
        while (DateOf(minute) != date || string.CompareOrdinal(TimeZoneInfo.ConvertTime(minute, _zone).ToString("HH:mm", CultureInfo.InvariantCulture), closing) >= 0)
            minute = minute.AddMinutes(-1);
        return minute.AddMinutes(1);
    }

    private bool IsUnknown(DateOnly date) => !_years.Contains(date.Year);

    private string[] HoursOf(DateOnly date) =>
        !_days.TryGetValue(date, out var kind) ? _hours[date.DayOfWeek] : kind == "holiday" ? [] : _makeup;

    private DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
