using Workflow.Engine.Clocks;
using Workflow.Engine.Staffing;
using Workflow.Engine.Tests.Clocks;

namespace Workflow.Engine.Tests.Staffing;

public class RosterTests
{
    private static readonly Shift Day = new("day", "白班", new(8, 30), new(20, 0), Calendars.China);
    private static readonly Shift Night = new("night", "夜班", new(20, 0), new(8, 30), Calendars.China);
    private static readonly DateOnly Start = new(2026, 1, 1);

    /// <summary>2026-10-01 is a holiday, 2026-10-10 a Saturday that is worked; 2026-11-21 an ordinary Saturday.</summary>
    private static readonly Roster Roster = new(
    [
        new(Day, "works", Start, null, DutyDays.Workdays, false), new(Day, "rests", Start, null, DutyDays.RestDays, false), new(Day, "leads", Start, null, DutyDays.Every, true),
        new(Day, "holiday", Start, null, DutyDays.Holidays, false), new(Night, "night", Start, new(2026, 11, 21), DutyDays.Every, false),
    ]);

    [Theory]
    [InlineData("2026-11-20T08:29:59+08:00", "night")]
    [InlineData("2026-11-20T08:30+08:00", "leads works")]
    [InlineData("2026-11-20T00:30Z", "leads works")]
    [InlineData("2026-11-20T19:59:59+08:00", "leads works")]
    [InlineData("2026-11-20T20:00+08:00", "night")]
    [InlineData("2026-11-21T10:00+08:00", "leads rests")]
    [InlineData("2026-10-01T10:00+08:00", "holiday")]
    [InlineData("2026-10-10T10:00+08:00", "leads works")]
    [InlineData("2026-11-22T03:00+08:00", "night")]
    [InlineData("2026-11-22T21:00+08:00", "")]
    [InlineData("2026-11-23T03:00+08:00", "")]
    [InlineData("2025-12-31T10:00+08:00", "")]
    public void Shifts_are_half_open_in_their_own_time_and_holidays_have_their_own_roster(string at, string onDuty)
    {
        string.Join(' ', Roster.At(Calendars.At(at)).Select(duty => duty.UserId)).ShouldBe(onDuty);
    }

    [Fact]
    public void The_day_of_a_night_is_the_day_on_which_it_began()
    {
        Night.DayAt(Calendars.At("2026-11-22T03:00+08:00")).ShouldBe(new DateOnly(2026, 11, 21));
        new Shift("all", "全天", new(8, 0), new(8, 0), BusinessCalendar.Continuous).DayAt(Calendars.At("2026-11-22T07:59+08:00")).ShouldBe(new DateOnly(2026, 11, 21));
    }

    [Fact]
    public void A_certificate_counts_through_its_last_day_as_days_are_counted_in_China()
    {
        var member = new Member(new("u", "U"), []) { Certificates = [new("enforcement", "川A-1", new(2026, 1, 1), new(2026, 6, 30))] };

        member.Holds("enforcement", Calendars.At("2025-12-31T15:59:59Z")).ShouldBeFalse();
        member.Holds("enforcement", Calendars.At("2025-12-31T16:00:00Z")).ShouldBeTrue();
        member.Holds("enforcement", Calendars.At("2026-06-30T23:59:59+08:00")).ShouldBeTrue();
        member.Holds("enforcement", Calendars.At("2026-07-01T00:00+08:00")).ShouldBeFalse();
        member.Holds("noise", Calendars.At("2026-03-01T00:00+08:00")).ShouldBeFalse();
    }
}
