using System.Globalization;
using Workflow.Engine.Clocks;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Engine.Tests.Clocks;

public class DueTimeTests
{
    [Theory]
    [InlineData("2026-10-03T02:14+08:00", "4wh", "2026-10-08T14:00+08:00")] // in the night of a holiday week
    [InlineData("2026-10-03T02:14+08:00", "PT20M", "2026-10-03T02:34+08:00")] // urgent work does not wait for the holiday
    [InlineData("2026-09-15T12:20+08:00", "1wh", "2026-09-15T14:00+08:00")] // begins in the lunch break
    [InlineData("2026-09-15T11:30:30+08:00", "1wh", "2026-09-15T13:30:30+08:00")]
    [InlineData("2026-09-11T16:00+08:00", "4wh", "2026-09-14T12:00+08:00")] // over a weekend
    [InlineData("2026-10-09T16:00+08:00", "4wh", "2026-10-10T12:00+08:00")] // the Saturday makes up for 国庆节
    [InlineData("2026-09-15T09:00+08:00", "7wh", "2026-09-15T17:00+08:00")] // the end of the day, not the beginning of the next
    [InlineData("2026-09-15T17:00+08:00", "0.5wh", "2026-09-16T09:30+08:00")]
    [InlineData("2024-02-28T16:00+08:00", "8wh", "2024-02-29T17:00+08:00")] // a leap day is a day like any other
    [InlineData("2026-09-15T01:00Z", "1wh", "2026-09-15T10:00+08:00")] // the offset that an instant comes with does not matter
    public void A_clock_is_due_when_its_target_has_been_counted(string start, string target, string due)
    {
        var computed = DueTime.Compute(Target(target), China, Since(start));

        computed.At.ShouldBe(At(due));
        computed.At!.Value.Offset.ShouldBe(TimeSpan.FromHours(8));
        computed.IsProvisional.ShouldBeFalse();
    }

    [Fact]
    public void The_ledger_names_each_holiday_once_with_its_legal_source()
    {
        var due = DueTime.Compute(Target("4wh"), China, Since("2026-10-03T02:14+08:00"));

        due.Ledger.Select(Line).ShouldBe(
        [
            "10-03 02:14 - 10-04 00:00 holiday 国庆节",
            "10-04 00:00 - 10-05 00:00 holiday 国庆节",
            "10-05 00:00 - 10-06 00:00 holiday 国庆节",
            "10-06 00:00 - 10-07 00:00 holiday 国庆节",
            "10-07 00:00 - 10-08 00:00 holiday 国庆节",
            "10-08 00:00 - 10-08 09:00 outside-hours",
            "10-08 09:00 - 10-08 12:00 + working-time",
            "10-08 12:00 - 10-08 13:00 lunch-break",
            "10-08 13:00 - 10-08 14:00 + working-time",
        ]);
        due.Ledger.ShouldAllBe(entry => entry.Basis == (entry.Rule == LedgerRule.Holiday ? "国务院办公厅关于部分节假日安排的通知（各年度）" : null));
    }

    [Fact]
    public void The_ledger_tells_a_weekend_from_a_makeup_workday_and_joins_the_hours_of_one_night()
    {
        var due = DueTime.Compute(Target("9wh"), China, Since("2026-10-08T16:00+08:00"));

        due.Ledger.Select(Line).ShouldBe(
        [
            "10-08 16:00 - 10-08 17:00 + working-time",
            "10-08 17:00 - 10-09 09:00 outside-hours",
            "10-09 09:00 - 10-09 12:00 + working-time",
            "10-09 12:00 - 10-09 13:00 lunch-break",
            "10-09 13:00 - 10-09 17:00 + working-time",
            "10-09 17:00 - 10-10 09:00 outside-hours",
            "10-10 09:00 - 10-10 10:00 + makeup-workday 国庆节",
        ]);
        due.Ledger[^1].Basis.ShouldBe(China.Basis);
    }

    [Fact]
    public void A_clock_goes_on_after_a_stop_and_the_ledger_gives_the_reason()
    {
        var spans = new[] { Span("2026-09-15T10:00+08:00", "2026-09-15T11:00+08:00", "force-majeure"), Span("2026-09-16T16:00+08:00") };

        var due = DueTime.Compute(Target("4wh"), China, [.. spans]);

        due.At.ShouldBe(At("2026-09-17T11:00+08:00"));
        due.Ledger.Select(Line).Take(3).ShouldBe(
        [
            "09-15 10:00 - 09-15 11:00 + working-time",
            "09-15 11:00 - 09-16 16:00 stopped force-majeure",
            "09-16 16:00 - 09-16 17:00 + working-time",
        ]);
    }

    [Fact]
    public void A_clock_that_stopped_before_its_target_has_no_due_time_and_a_ledger_up_to_the_stop()
    {
        var due = DueTime.Compute(Target("4wh"), China, [Span("2026-09-15T10:00+08:00", "2026-09-15T12:30+08:00", "met")]);

        due.At.ShouldBeNull();
        due.Ledger[^1].To.ShouldBe(At("2026-09-15T12:30+08:00"));
    }

    [Fact]
    public void A_clock_that_stopped_at_the_very_end_of_its_target_has_reached_it()
    {
        var due = DueTime.Compute(Target("2wh"), China, [Span("2026-09-15T10:00+08:00", "2026-09-15T12:00+08:00", "met")]);

        due.At.ShouldBe(At("2026-09-15T12:00+08:00"));
    }

    [Theory]
    [InlineData("2026-12-31T16:00+08:00", "1wh", "2026-12-31T17:00+08:00", false)]
    [InlineData("2026-12-31T16:00+08:00", "2wh", "2027-01-01T10:00+08:00", true)]
    [InlineData("2027-03-01T09:00+08:00", "PT20M", "2027-03-01T09:20+08:00", false)] // a continuous target rests on no calendar
    public void A_due_time_is_provisional_when_it_rests_on_a_year_without_data(string start, string target, string at, bool isProvisional)
    {
        var due = DueTime.Compute(Target(target), China, Since(start));

        due.At.ShouldBe(At(at));
        due.IsProvisional.ShouldBe(isProvisional);
        due.Ledger.ShouldAllBe(entry => entry.Provisional == (isProvisional && entry.From.Year == 2027));
    }

    [Fact]
    public void Every_hour_of_a_continuous_calendar_counts_towards_working_hours()
    {
        var due = DueTime.Compute(Target("48wh"), BusinessCalendar.Continuous, Since("2027-10-01T00:00+08:00"));

        due.At.ShouldBe(At("2027-10-03T00:00+08:00"));
        due.Ledger.ShouldHaveSingleItem().Rule.ShouldBe(LedgerRule.Continuous);
        due.IsProvisional.ShouldBeFalse();
    }

    [Fact]
    public void Counted_time_goes_on_beyond_the_target()
    {
        var counted = DueTime.Counted(Target("1wh"), China, Since("2026-09-15T09:00+08:00"), At("2026-09-15T20:00+08:00"));

        counted.ShouldBe(TimeSpan.FromHours(7));
    }

    [Fact]
    public void A_share_between_two_ticks_is_reached_at_the_later_one()
    {
        var target = new SlaTarget.Continuous(TimeSpan.FromTicks(3));

        var half = DueTime.AtFraction(target, 0.5m, China, Since("2026-09-15T09:00+08:00"));

        half.ShouldBe(At("2026-09-15T09:00+08:00").AddTicks(2));
    }

    [Fact]
    public void Spans_that_are_out_of_order_are_refused()
    {
        var overlapping = new[] { Span("2026-09-15T09:00+08:00", "2026-09-15T12:00+08:00"), Span("2026-09-15T11:00+08:00") };
        var afterOpen = new[] { Span("2026-09-15T09:00+08:00"), Span("2026-09-15T11:00+08:00") };
        var reversed = new[] { Span("2026-09-15T09:00+08:00", "2026-09-15T08:00+08:00") };

        Should.Throw<ArgumentException>(() => DueTime.Compute(Target("4wh"), China, [.. overlapping]));
        Should.Throw<ArgumentException>(() => DueTime.AtFraction(Target("4wh"), 1, China, [.. afterOpen]));
        Should.Throw<ArgumentException>(() => DueTime.Counted(Target("4wh"), China, [.. reversed], At("2026-09-15T12:00+08:00")));
    }

    // In 2026 Amsterdam went from +01:00 to +02:00 on 29 March at 02:00 and back on 25 October at 03:00; both are Sundays.
    [Theory]
    [InlineData("2026-03-27T12:30+01:00", "2.5wh", "2026-03-29T04:00+02:00")] // Friday 1 h; 01:30-02:00 and, with 02:00-03:00 skipped, 03:00-04:00
    [InlineData("2026-03-27T12:30+01:00", "5.5wh", "2026-03-29T12:00+02:00")] // 09:00-12:00 is what the wall clock shows after the switch
    [InlineData("2026-10-25T00:00+02:00", "3wh", "2026-10-25T04:00+01:00")] // 01:30-02:30, 02:45-03:00, then 02:00-02:30 and 02:45-04:00
    [InlineData("2026-10-26T08:00+01:00", "3wh", "2026-10-26T12:00+01:00")]
    public void A_working_interval_is_what_the_wall_clock_shows_on_both_sides_of_a_switch(string start, string target, string at)
    {
        var due = DueTime.Compute(Target(target), Amsterdam, Since(start));

        due.At.ShouldBe(At(at));
        due.At!.Value.Offset.ShouldBe(At(at).Offset);
    }

    private static string Line(LedgerEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{entry.From:MM-dd HH:mm} - {entry.To:MM-dd HH:mm} {(entry.Counted ? "+ " : "")}{entry.Rule} {entry.Name}").TrimEnd();
}
