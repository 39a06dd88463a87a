using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Staffing;

/// <summary>Hours of every day in which somebody is on duty, in the time zone of a calendar: from <paramref name="From"/> until before <paramref name="To"/>.</summary>
/// <param name="To">Not later than <paramref name="From"/>: on the next day.</param>
public sealed record Shift(string Id, string Name, TimeOnly From, TimeOnly To, BusinessCalendar Calendar)
{
    /// <summary>The day on which the shift began that runs at this time; null when none runs.</summary>
    public DateOnly? DayAt(DateTimeOffset at)
    {
        var local = Calendar.InZone(at).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (From < To) return time >= From && time < To ? day : null;
        if (time >= From) return day;
        return time < To ? day.AddDays(-1) : null;
    }
}

/// <summary>On which days a line of a roster counts.</summary>
public enum DutyDays
{
    Every,

    Workdays,

    /// <summary>Days without working hours, holidays among them.</summary>
    RestDays,

    /// <summary>Days off by law. On these a line for holidays stands in the place of all others of its shift.</summary>
    Holidays,
}

/// <summary>A line of a roster: somebody has this shift.</summary>
/// <param name="From">The first day on which the shift that is theirs begins.</param>
/// <param name="Until">The last one; null for all that come.</param>
/// <param name="IsLeader">带班领导: leads the shift.</param>
public sealed record Duty(Shift Shift, string UserId, DateOnly From, DateOnly? Until, DutyDays Days, bool IsLeader);

/// <summary>Somebody is on duty.</summary>
/// <param name="Day">On which the shift began.</param>
public sealed record OnDuty(string UserId, Shift Shift, DateOnly Day, bool IsLeader);

/// <summary>值班表: who of a team is on duty when.</summary>
public sealed class Roster(IEnumerable<Duty> duties)
{
    public static readonly Roster None = new([]);

    private readonly FrozenDictionary<Shift, ImmutableArray<Duty>> byShift = duties.GroupBy(duty => duty.Shift).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());

    /// <summary>False: the team keeps none, and nobody is kept from work by it.</summary>
    public bool IsKept => byShift.Count > 0;

    /// <summary>Who is on duty, leaders first; empty when nobody is.</summary>
    public ImmutableArray<OnDuty> At(DateTimeOffset at) =>
    [
        .. from shift in byShift.Keys
           let day = shift.DayAt(at)
           where day is not null
           from duty in Of(shift, day.Value)
           orderby duty.IsLeader descending, shift.Id, duty.UserId
           select new OnDuty(duty.UserId, shift, day.Value, duty.IsLeader),
    ];

    /// <summary>Who comes on duty next: those whose shift begins first after a time, within as many days as a week has and one; leaders first.</summary>
    public ImmutableArray<OnDuty> Next(DateTimeOffset at)
    {
        var coming = new List<(DateTime Begins, OnDuty Duty)>();
        foreach (var shift in byShift.Keys)
        {
            var now = shift.Calendar.InZone(at).DateTime;
            var days = Enumerable.Range(0, 8).Select(ahead => DateOnly.FromDateTime(now).AddDays(ahead)).Where(day => day.ToDateTime(shift.From) > now);
            if (days.Select(day => (Day: day, Lines: Of(shift, day).ToList())).FirstOrDefault(found => found.Lines.Count > 0) is { Lines: { } lines } next)
                coming.AddRange(lines.Select(duty => (next.Day.ToDateTime(shift.From), new OnDuty(duty.UserId, shift, next.Day, duty.IsLeader))));
        }
        var first = coming.Count > 0 ? coming.Min(one => one.Begins) : default;
        return
        [
            .. from one in coming
               where one.Begins == first
               orderby one.Duty.IsLeader descending, one.Duty.Shift.Id, one.Duty.UserId
               select one.Duty,
        ];
    }

    private IEnumerable<Duty> Of(Shift shift, DateOnly day)
    {
        var kind = shift.Calendar.KindOf(day);
        var lines = byShift[shift].Where(duty => duty.From <= day && (duty.Until is not { } last || day <= last)).ToList();
        var holiday = lines.Where(duty => duty.Days == DutyDays.Holidays).ToList();
        if (kind == DayKind.Holiday && holiday.Count > 0) return holiday;
        return lines.Except(holiday).Where(duty => duty.Days == DutyDays.Every || duty.Days == (kind == DayKind.Workday ? DutyDays.Workdays : DutyDays.RestDays));
    }
}
