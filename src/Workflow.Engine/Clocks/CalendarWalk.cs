using System.Collections.Immutable;

namespace Workflow.Engine.Clocks;

/// <summary>A stretch [From, To) of UTC ticks under one rule of a calendar.</summary>
internal readonly record struct Piece(long From, long To, string Rule, string? Name, bool IsProvisional)
{
    /// <summary>The pause that it is.</summary>
    public PauseNote? Pause { get; init; }

    public long Length => To - From;

    public bool IsCounted => LedgerRule.Counts(Rule);

    /// <summary>Which calendar says so, where there are several.</summary>
    public string? Calendar { get; init; }
}

/// <summary>What a calendar says about one date. <paramref name="Rule"/> is that of its hours, or of the whole day when it has none.</summary>
internal readonly record struct DayPlan(ImmutableArray<WorkingInterval> Hours, string Rule, string? Name, bool IsProvisional)
{
    public bool IsWorking => !Hours.IsEmpty;

    /// <summary>Which calendar says so, where there are several.</summary>
    public string? Calendar { get; init; }

    /// <summary>The rule at a time of day, and the time of day until which it holds; both in ticks since local midnight.</summary>
    public (string Rule, long Until) RuleAt(long time)
    {
        for (var i = 0; i < Hours.Length; i++)
        {
            if (time < Hours[i].FromTicks) return (i == 0 ? LedgerRule.OutsideHours : LedgerRule.LunchBreak, Hours[i].FromTicks);
            if (time < Hours[i].ToTicks) return (Rule, Hours[i].ToTicks);
        }
        return (Hours.IsEmpty ? Rule : LedgerRule.OutsideHours, TimeSpan.TicksPerDay);
    }
}

/// <summary>
/// Walks a calendar through time, in UTC ticks. An instant counts when the wall clock of the zone shows working time, so an hour
/// that a daylight-saving switch repeats counts twice and one that it skips not at all.
/// </summary>
internal static class CalendarWalk
{
    /// <summary>The end of time for a clock that still runs. Short of the last representable day, which has no next midnight.</summary>
    public const long Never = 3155372928000000000; // 9999-12-01T00:00Z

    private const long Week = 7 * TimeSpan.TicksPerDay;

    /// <summary>The pieces of [from, to), in order and without a gap.</summary>
    public static IEnumerable<Piece> Forward(BusinessCalendar calendar, long from, long to)
    {
        if (calendar.Earlier is { } before)
        {
            var until = before.Until.UtcTicks;
            foreach (var piece in Forward(before.Calendar, from, Math.Min(to, until))) yield return piece;
            from = Math.Max(from, until);
        }
        if (calendar.IsContinuous)
        {
            if (from < to) yield return new Piece(from, to, LedgerRule.Continuous, null, false) { Calendar = calendar.IsPart ? calendar.Id : null };
            yield break;
        }
        var zone = new ZoneOffset(calendar.Zone);
        while (from < to)
        {
            // One date under one offset: a day with a switch is walked in two parts.
            var offset = zone.At(from);
            var date = DateOnly.FromDayNumber((int)((from + offset) / TimeSpan.TicksPerDay));
            var midnight = (date.DayNumber * TimeSpan.TicksPerDay) - offset;
            var end = Math.Min(Math.Min(to, zone.Until), midnight + TimeSpan.TicksPerDay);
            var day = calendar.OwnPlanOf(date);
            while (from < end)
            {
                var (rule, until) = day.RuleAt(from - midnight);
                var next = Math.Min(end, midnight + until);
                yield return new Piece(from, next, rule, rule == day.Rule ? day.Name : null, day.IsProvisional) { Calendar = calendar.IsPart ? calendar.Id : null };
                from = next;
            }
        }
    }

    /// <summary>
    /// The instant that lies this much working time away: the earliest such instant forwards, the latest backwards.
    /// </summary>
    public static DateTimeOffset Move(BusinessCalendar calendar, DateTimeOffset from, TimeSpan workingTime)
    {
        var ticks = workingTime < TimeSpan.Zero
            ? Back(calendar, from.UtcTicks, -workingTime.Ticks)
            : Ahead(calendar, from.UtcTicks, workingTime.Ticks);
        return calendar.InZone(new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    /// <summary>This instant where it is working time, else the beginning of the next.</summary>
    public static DateTimeOffset NextWorking(BusinessCalendar calendar, DateTimeOffset from)
    {
        foreach (var piece in Forward(calendar, from.UtcTicks, Never))
            if (piece.IsCounted) return calendar.InZone(new DateTimeOffset(piece.From, TimeSpan.Zero));
        throw TooFar(calendar);
    }

    private static long Ahead(BusinessCalendar calendar, long from, long remaining)
    {
        foreach (var piece in Forward(calendar, from, Never))
        {
            if (!piece.IsCounted) continue;
            if (piece.Length >= remaining) return piece.From + remaining;
            remaining -= piece.Length;
        }
        throw TooFar(calendar);
    }

    private static long Back(BusinessCalendar calendar, long to, long remaining)
    {
        for (; to > Week; to -= Week)
        {
            foreach (var piece in Forward(calendar, to - Week, to).Reverse())
            {
                if (!piece.IsCounted) continue;
                if (piece.Length >= remaining) return piece.To - remaining;
                remaining -= piece.Length;
            }
        }
        throw TooFar(calendar);
    }

    /// <summary>A calendar that was read has working time in every week, so this takes a target or an instant beyond all sense.</summary>
    public static InvalidOperationException TooFar(BusinessCalendar calendar) =>
        new($"expected enough working time in calendar {calendar} between the years 1 and 9999, found less");
}
