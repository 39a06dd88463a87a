using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Activities.Tests.Clocks;

/// <summary>What users of other systems complained of, each with the complaint (see the domain reference, section 3). The week of 7 September 2026 has no holidays.</summary>
public class KnownMistakesTests
{
    /// <summary>glpi#10594: weekend pending counted twice.</summary>
    [Fact]
    public void A_weekend_inside_a_pause_is_left_out_once() =>
        DueOf("8wh", Span("2026-09-04T15:00+08:00", "2026-09-04T16:00+08:00", "testing"), Span("2026-09-07T10:00+08:00")).ShouldBe(At("2026-09-08T10:00+08:00"));

    /// <summary>frappe/helpdesk PR#2449: hold time added to the creation time was wrong outside working hours.</summary>
    [Fact]
    public void A_hold_outside_working_hours_moves_nothing() =>
        DueOf("4wh", Span("2026-09-05T20:00+08:00", "2026-09-05T21:00+08:00", "testing"), Span("2026-09-06T21:00+08:00")).ShouldBe(At("2026-09-07T14:00+08:00"));

    /// <summary>frappe/helpdesk#2212: the lunch break.</summary>
    [Fact]
    public void A_lunch_break_does_not_count() => DueOf("4wh", Span("2026-09-07T09:00+08:00")).ShouldBe(At("2026-09-07T14:00+08:00"));

    /// <summary>jmix#790: P1D became 24 business hours, about three days.</summary>
    [Fact]
    public void A_day_of_the_clock_is_24_hours_and_a_working_day_is_a_working_day()
    {
        DueOf("P1D", Span("2026-09-07T10:00+08:00")).ShouldBe(At("2026-09-08T10:00+08:00"));
        DueOf("1wd", Span("2026-09-07T10:00+08:00")).ShouldBe(At("2026-09-08T17:00+08:00"));
    }

    /// <summary>zammad#390: working hours shown as days of 24 hours.</summary>
    [Fact]
    public void Working_hours_stay_hours_in_their_text() => Target("24wh").ToString().ShouldBe("24wh");

    /// <summary>pm4py#558: a holiday parameter was accepted and ignored.</summary>
    [Fact]
    public void A_holiday_does_not_count_and_a_make_up_workday_does()
    {
        DueOf("4wh", Span("2026-09-30T16:00+08:00")).ShouldBe(At("2026-10-08T12:00+08:00"));
        DueOf("1wd", Span("2026-09-18T10:00+08:00")).ShouldBe(At("2026-09-20T17:00+08:00"), "a Sunday that makes up for the holiday");
    }

    /// <summary>glpi#24481: breached while pending. osTicket#3034: no pause at all.</summary>
    [Fact]
    public void Nothing_is_late_and_nobody_is_urged_while_it_waits()
    {
        var task = Started("PT20M");
        task.Do(task.Claim("one", Li)).Do(task.Suspend("one", Li, "force-majeure"));

        task.Until("2026-09-20T10:00+08:00");

        (task.State.Clocks[0].BreachedAt, task.Journal.OfType<Fact.RungFired>().Count()).ShouldBe((null, 0));
    }

    /// <summary>frappe/helpdesk#1554: paused but ticking.</summary>
    [Fact]
    public void What_has_been_counted_stands_still_with_the_clock()
    {
        var task = Started("PT20M").Until("2026-09-14T10:05+08:00");
        task.Do(task.Claim("one", Li)).Do(task.Suspend("one", Li, "force-majeure"));
        var clock = task.State.Clocks[0];

        clock.Counted.ShouldBe(TimeSpan.FromMinutes(5));
        DueTime.Counted(clock.Target, BusinessCalendar.Continuous, clock.Spans, At("2026-09-15T10:00+08:00")).ShouldBe(TimeSpan.FromMinutes(5));
    }

    /// <summary>glpi#6902, #15605: the pause was lost when the SLA changed. #17186, #16236: the deadline moved and nobody knew why.</summary>
    [Fact]
    public void A_pause_survives_another_target_and_every_move_says_why()
    {
        var task = Started("{ 'normal': 'PT20M', 'urgent': 'PT10M' }");
        task.Do(task.Claim("one", Li)).Do(task.Suspend("one", Li, "force-majeure")).Until("2026-09-14T11:00+08:00").Do(task.Resume("one", Li)).Do(task.ChangePriority(Qian));

        var clock = task.State.Clocks[0];

        clock.Due.ShouldBe(At("2026-09-14T11:10+08:00"));
        clock.Changes.Select(change => (change.Why, change.After)).ShouldBe(
            [(ClockChangeReason.Resumed, At("2026-09-14T11:20+08:00")), (ClockChangeReason.PriorityChanged, At("2026-09-14T11:10+08:00"))]);
    }

    /// <summary>glpi PR#22678: a warning before the end came at 00:00 and not at 10:00. zammad#4432: reminders at midnight and on weekends.</summary>
    [Fact]
    public void A_warning_before_the_end_comes_in_working_time()
    {
        RungTime.TryParse("-2wh", out var time, out _).ShouldBeTrue();

        time.At(Target("5wh"), China, [Span("2026-09-04T16:00+08:00")]).ShouldBe(At("2026-09-07T11:00+08:00"));
    }

    /// <summary>glpi#14492: the pending reason ignored the calendar.</summary>
    [Fact]
    public void The_cap_of_a_pause_is_counted_on_the_calendar()
    {
        var task = Instance(TaskDefinition(response: Item("one", "CommunityGrid") + "|'sla': { 'target': '5wd', 'pauseReasons': ['waiting-for-reporter'] }"));
        task.Now = At("2026-09-30T10:00+08:00");
        task.Start();

        task.Do(task.Claim("one", Li)).Do(task.Suspend("one", Li, "waiting-for-reporter", "联系不上"));

        task.State.Clocks[0].ResumesAt.ShouldBe(At("2026-10-13T17:00+08:00"), "the 8th, 9th, 10th (a make-up workday), 12th and 13th");
    }

    /// <summary>glpi#1911: the team that gets a ticket late has no time of its own.</summary>
    [Fact]
    public void A_step_that_begins_late_has_the_whole_of_its_own_time()
    {
        var task = Instance(TaskDefinition(response: Item("one", "CommunityGrid"), analysis: Item("two", "TechGrid", "'sla': { 'target': 'PT1H', 'calendar': '24x7' }"), sla: "{ 'target': 'PT3H', 'calendar': '24x7' }")).Start();
        task.Until("2026-09-14T12:50+08:00").Work("one", Li);

        task.State.Clocks.Select(clock => (clock.Scope, clock.Due)).ShouldBe([(ClockScope.Task, At("2026-09-14T13:00+08:00")), (ClockScope.WorkItem, At("2026-09-14T13:50+08:00"))]);
    }

    private static DateTimeOffset? DueOf(string target, params ClockSpan[] spans) => DueTime.Compute(Target(target), China, [.. spans]).At;

    private static Scenario Started(string target) => Instance(TaskDefinition(
        response: $"{Item("one", "CommunityGrid")}|'sla': {{ 'target': {(target.StartsWith('{') ? target : $"'{target}'")}, 'calendar': '24x7', 'pauseReasons': ['force-majeure'], 'rungs': [ {{ 'id': 'half', 'at': '50%', 'do': 'urge' }} ] }}")).Start();
}
