using System.Collections.Immutable;

namespace Workflow.Engine.Clocks;

/// <summary>
/// A target of whole days (Civil Code of China, art. 201-203). The day of the start does not count. Working days count those of the calendar, calendar
/// days every day; months are the calendar days up to the corresponding day of the month, or the month's last. A stop excludes the dates after the
/// one on which it began, up to and with the one on which it ended; one within a date excludes nothing. The clock is due at the end of the last day;
/// calendar days and months move on to a working day that is not excluded.
/// </summary>
internal sealed class DayCount
{
    private const string FirstDay = "《中华人民共和国民法典》第二百零一条", LastDay = "《中华人民共和国民法典》第二百零三条";

    private readonly SlaTarget.Days _target;
    private readonly BusinessCalendar _calendar;
    private readonly DateTimeOffset _start;
    private readonly DateOnly _startDate;
    private readonly ImmutableArray<Stop> _stops;

    public DayCount(SlaTarget.Days target, BusinessCalendar calendar, ImmutableArray<ClockSpan> spans)
    {
        ClockSpan.RequireOrder(spans);
        (_target, _calendar, _start) = (target, calendar, spans[0].From);
        _startDate = DateOf(_start);
        _stops =
        [
            .. spans.Select((span, index) => (span, Next: index + 1 < spans.Length ? spans[index + 1].From : (DateTimeOffset?)null))
                .Where(stop => stop.span.To is not null && stop.Next != stop.span.To)
                .Select(stop => new Stop(DateOf(stop.span.To!.Value), stop.Next is { } next ? DateOf(next) : DateOnly.MaxValue, stop.span)),
        ];
        Length = target.Unit == DayUnit.Month ? _startDate.AddMonths(target.Count).DayNumber - _startDate.DayNumber : target.Count;
    }

    /// <summary>How many days are to be counted.</summary>
    public int Length { get; }

    public Due Compute()
    {
        var entries = new List<LedgerEntry>();
        var isProvisional = false;
        Add(entries, new(_startDate, false, LedgerRule.StartDay, null, FirstDay, false), _start, Midnight(_startDate.AddDays(1)));
        var remaining = Length;
        foreach (var day in Days())
        {
            isProvisional |= day.IsProvisional;
            if (day.Counts) remaining--;
            if (remaining > 0)
            {
                Add(entries, day, Midnight(day.Date), Midnight(day.Date.AddDays(1)));
                continue;
            }
            // Whether the last day stays where it is depends on the calendar, whatever the days before it were counted by.
            var counted = day with { IsProvisional = _calendar.PlanOf(day.Date).IsProvisional };
            if (!_calendar.PlanOf(day.Date).IsWorking) Add(entries, counted, Midnight(day.Date), Midnight(day.Date.AddDays(1)));
            if (LastAfter(counted, entries, ref isProvisional) is not { } last) break;
            var at = EndOf(last.Date);
            Add(entries, last, Midnight(last.Date), at);
            return new(at, isProvisional, [.. entries]);
        }
        return new(null, isProvisional, [.. entries]);
    }

    /// <summary>The days that have been counted when the clock shows <paramref name="until"/>; it goes on beyond the target.</summary>
    public TimeSpan Counted(DateTimeOffset until) =>
        TimeSpan.FromDays(Days().TakeWhile(day => EndOf(day.Date) <= until).Count(day => day.Counts));

    /// <summary>
    /// When this share of the days has been counted. A part of a day is that part of its working hours, or of its 24 hours where it has none or the target
    /// ends at midnight.
    /// </summary>
    public DateTimeOffset? AtFraction(decimal fraction)
    {
        if (fraction == 1) return Compute().At;
        var share = fraction * Length;
        var whole = (int)decimal.Floor(share);
        var part = share - whole;
        var day = Days().Where(day => day.Counts).Skip(part == 0 ? whole - 1 : whole).Select(day => (DateOnly?)day.Date).FirstOrDefault();
        if (day is not { } date) return null;
        var at = part == 0 ? EndOf(date) : PartOf(date, part);
        // The last day may have moved on.
        return fraction > 1 && Compute().At is { } due && due > at ? due : at;
    }

    /// <summary>The end of the day that lies this many days before (negative) or after the day on which a clock is due.</summary>
    public static DateTimeOffset Move(BusinessCalendar calendar, DateTimeOffset due, int days, DayUnit unit)
    {
        // Due at 24:00 is due on the day that ends then.
        var date = LocalDay.Of(calendar.Zone, due.AddTicks(-1));
        var time = due - LocalDay.Start(calendar.Zone, date);
        for (var remaining = Math.Abs(days); remaining > 0;)
        {
            date = date.AddDays(Math.Sign(days));
            if (unit == DayUnit.Calendar || calendar.PlanOf(date).IsWorking) remaining--;
        }
        return LocalDay.At(calendar.Zone, date, time.Ticks);
    }

    /// <summary>The days after the one of the start, without end.</summary>
    private IEnumerable<Day> Days()
    {
        for (var date = _startDate.AddDays(1); ; date = date.AddDays(1))
        {
            if (date.Year > 9998) throw CalendarWalk.TooFar(_calendar);
            if (StopOf(date) is { } stop)
            {
                if (stop.To == DateOnly.MaxValue) yield break;
                yield return stop.On(date);
            }
            else if (_target.Unit != DayUnit.Working) yield return new(date, true, LedgerRule.CalendarDay, null, null, false, _calendar.IsPart ? _calendar.PlanOf(date).Calendar : null);
            else
            {
                var plan = _calendar.PlanOf(date);
                yield return new(date, plan.IsWorking, plan.Rule == LedgerRule.WorkingTime ? LedgerRule.WorkingDay : plan.Rule, plan.Name, BasisOf(plan), plan.IsProvisional, plan.Calendar);
            }
        }
    }

    /// <summary>
    /// The day on which the last counted day ends: itself, or the working day to which it moves, with the days between in the ledger. Null when the
    /// clock was stopped for good meanwhile.
    /// </summary>
    private Day? LastAfter(Day counted, List<LedgerEntry> entries, ref bool isProvisional)
    {
        for (var date = counted.Date; ; date = date.AddDays(1))
        {
            var plan = _calendar.PlanOf(date);
            var stop = StopOf(date);
            if (stop is { To: var to } && to == DateOnly.MaxValue) return null;
            isProvisional |= plan.IsProvisional;
            if (stop is null && plan.IsWorking) return date == counted.Date ? counted : new(date, false, LedgerRule.MovedOn, plan.Name, LastDay, plan.IsProvisional, plan.Calendar);
            if (date == counted.Date) continue;
            var day = stop is null ? new Day(date, false, plan.Rule, plan.Name, BasisOf(plan), plan.IsProvisional, plan.Calendar) : stop.On(date);
            Add(entries, day, Midnight(date), Midnight(date.AddDays(1)));
        }
    }

    private Stop? StopOf(DateOnly date)
    {
        foreach (var stop in _stops)
            if (stop.From < date && date <= stop.To) return stop;
        return null;
    }

    /// <summary>When a day ends: a counted day without working hours has no closing time and lasts until 24:00.</summary>
    private DateTimeOffset EndOf(DateOnly date)
    {
        var plan = _calendar.PlanOf(date);
        return LocalDay.At(_calendar.Zone, date, _target.End == DayEnd.Midnight || !plan.IsWorking ? TimeSpan.TicksPerDay : plan.Hours[^1].ToTicks);
    }

    private DateTimeOffset PartOf(DateOnly date, decimal part)
    {
        var plan = _calendar.PlanOf(date);
        if (_target.End == DayEnd.Midnight || !plan.IsWorking) return LocalDay.At(_calendar.Zone, date, (long)decimal.Ceiling(part * TimeSpan.TicksPerDay));
        var remaining = (long)decimal.Ceiling(part * plan.Hours.Sum(hours => hours.ToTicks - hours.FromTicks));
        foreach (var hours in plan.Hours)
        {
            if (remaining <= hours.ToTicks - hours.FromTicks) return LocalDay.At(_calendar.Zone, date, hours.FromTicks + remaining);
            remaining -= hours.ToTicks - hours.FromTicks;
        }
        return EndOf(date);
    }

    private DateOnly DateOf(DateTimeOffset instant) => LocalDay.Of(_calendar.Zone, instant);

    private DateTimeOffset Midnight(DateOnly date) => LocalDay.Start(_calendar.Zone, date);

    private string? BasisOf(DayPlan plan) => plan.Rule is LedgerRule.Holiday or LedgerRule.MakeupWorkday ? _calendar.BasisOf(plan.Calendar) : null;

    /// <summary>Days that touch under one rule are one entry.</summary>
    private static void Add(List<LedgerEntry> entries, Day day, DateTimeOffset from, DateTimeOffset to)
    {
        if (entries is [.., var last] && last.To == from
            && (last.Counted, last.Rule, last.Name, last.Basis, last.Provisional, last.Pause, last.Calendar) == (day.Counts, day.Rule, day.Name, day.Basis, day.IsProvisional, day.Pause, day.Calendar))
            entries[^1] = last with { To = to, Days = last.Days + 1 };
        else entries.Add(new(from, to, day.Counts, day.Rule, day.Name, day.Basis, day.IsProvisional) { Days = 1, Pause = day.Pause, Calendar = day.Calendar });
    }

    /// <summary>Excludes the dates after <paramref name="From"/> up to and with <paramref name="To"/>.</summary>
    private sealed record Stop(DateOnly From, DateOnly To, ClockSpan Before)
    {
        public Day On(DateOnly date) => new(date, false, LedgerRule.OfStop(Before.Pause), Before.StopReason, Before.Pause?.Basis, false) { Pause = Before.Pause };
    }

    /// <param name="Calendar">Which calendar says so, where there are several.</param>
    private readonly record struct Day(DateOnly Date, bool Counts, string Rule, string? Name, string? Basis, bool IsProvisional, string? Calendar = null)
    {
        public PauseNote? Pause { get; init; }
    }
}
