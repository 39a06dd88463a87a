using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Activities.Tests.Clocks;

/// <summary>Raised on Monday 2026-09-14 at 10:00; the response stage has 20 minutes, with rungs at half of it and at the end.</summary>
public class SlaClockTests
{
    private const string Rungs =
        "'rungs': [ { 'id': 'half', 'at': '50%', 'do': 'urge', 'to': 'holder' }, { 'id': 'late', 'at': '+0', 'do': 'escalate', 'to': 'inspection' } ]";

    [Fact]
    public void Half_the_time_urges_and_the_end_is_a_breach_that_escalates_each_once()
    {
        var task = Raised("PT20M");

        task.Until("2026-09-14T10:09:59+08:00").Journal.OfType<Fact.RungFired>().ShouldBeEmpty();
        task.Until("2026-09-14T10:10+08:00").Item("verify").UrgedAt.ShouldBe(At("2026-09-14T10:10+08:00"));
        task.Until("2026-09-14T10:19:59+08:00").State.Clocks[0].BreachedAt.ShouldBeNull();
        task.Until("2026-09-14T10:20+08:00").State.Task!.EscalatedTo.ShouldBe([TeamKind.Inspection]);
        task.Until("2026-10-14T10:20+08:00");

        OfClock(task).ShouldBe(["RungFired half", "ItemUrged", "ClockBreached 10:20", "RungFired late", "TaskEscalated Inspection"]);
    }

    [Fact]
    public void A_target_of_working_days_is_breached_when_the_last_one_closes_and_warns_a_day_before()
    {
        var sla = "'sla': { 'target': '3wd', 'calendar': 'cn-gov', 'rungs': [ { 'id': 'eve', 'at': '-1wd', 'do': 'urge', 'to': 'holder' } ] }";
        var task = Instance(TaskDefinition(response: $"{Item("verify", "CommunityGrid")}|{sla}")).Start();
        task.State.Clocks[0].Due.ShouldBe(At("2026-09-17T17:00+08:00"));

        task.Until("2026-09-16T16:59:59+08:00").Journal.OfType<Fact.RungFired>().ShouldBeEmpty();
        task.Until("2026-09-16T17:00+08:00").Journal.OfType<Fact.RungFired>().ShouldHaveSingleItem();
        task.Until("2026-09-17T16:59:59+08:00").State.Clocks[0].BreachedAt.ShouldBeNull();
        task.Until("2026-09-17T17:00+08:00").State.Clocks[0].BreachedAt.ShouldBe(At("2026-09-17T17:00+08:00"));
    }

    [Fact]
    public void What_was_missed_is_made_up_for_in_order_when_the_timer_fires_late()
    {
        var task = Raised("PT20M");
        var timer = task.NextTimer!.Value;
        task.Now = At("2026-09-14T11:00+08:00");

        task.Do(task.Timer(timer.Key));

        OfClock(task).ShouldBe(["RungFired half", "ItemUrged", "ClockBreached 10:20", "RungFired late", "TaskEscalated Inspection"]);
        task.State.Clocks[0].Rungs.Select(rung => rung.FiredAt).ShouldBe([task.Now, task.Now]);
        task.Refused(task.Timer(timer.Key)).Reason.ShouldBe(Reason.TimerStale);
    }

    [Fact]
    public void A_completion_that_overtakes_the_timer_still_records_the_breach()
    {
        var task = Raised("PT20M", "'reentry': 'new', ");
        task.Do(task.Claim("verify", Li));
        task.Now = At("2026-09-14T10:20+08:00").AddTicks(1);

        task.Do(task.Complete("verify", Li));

        OfClock(task).ShouldBe(["RungFired half", "ItemUrged", "ClockBreached 10:20", "RungFired late", "TaskEscalated Inspection", "ClockEnded missed"]);
        task.State.Clocks[0].State.ShouldBe(ClockState.Missed);
    }

    [Fact]
    public void A_completion_at_the_very_due_time_is_in_time()
    {
        var task = Raised("PT20M", "'reentry': 'new', ").Until("2026-09-14T10:10+08:00");
        task.Do(task.Claim("verify", Li));
        task.Now = At("2026-09-14T10:20+08:00");

        task.Do(task.Complete("verify", Li));

        OfClock(task).ShouldBe(["RungFired half", "ItemUrged", "ClockEnded met"]);
        task.State.Clocks[0].Counted.ShouldBe(TimeSpan.FromMinutes(20));
    }

    [Fact]
    public void Four_working_hours_from_the_night_of_a_holiday_are_due_after_the_holiday()
    {
        var task = Instance(Definition("4wh", "'calendar': 'cn-gov', "));
        task.Now = At("2026-10-03T02:14+08:00");

        var clock = task.Start().State.Clocks[0];

        clock.Due.ShouldBe(At("2026-10-08T14:00+08:00"));
        clock.Rungs.Select(rung => rung.DueAt).ShouldBe([At("2026-10-08T11:00+08:00"), At("2026-10-08T14:00+08:00")]);
        clock.Ledger.Where(entry => entry.Counted).Select(entry => $"{entry.From:dd HH:mm}-{entry.To:HH:mm}").ShouldBe(["08 09:00-12:00", "08 13:00-14:00"]);
        clock.Ledger.Where(entry => !entry.Counted).Select(entry => entry.Rule).Distinct().ShouldBe(["holiday", "outside-hours", "lunch-break"]);
        (clock.Ledger[0].From, clock.Ledger[^1].To).ShouldBe((task.Now, clock.Due!.Value));
    }

    [Fact]
    public void A_stage_that_is_entered_again_goes_on_with_its_clock_and_the_ledger_shows_the_stop()
    {
        var task = Instance(TaskDefinition(handling: $"{Item("handle", "Enforcement")}|'sla': {{ 'target': 'PT2H', 'calendar': '24x7', {Rungs} }}",
            postEvaluation: Flow.Chart("p", "", "evaluate.Return>back",
                Item("evaluate", "Inspection", "'outcomes': ['Pass', 'Return']"), EndStage("back", "Return", "handling")))).Start();
        task.Until("2026-09-14T11:30+08:00").Work("handle", Chen);
        var stopped = task.State.Clocks.ShouldHaveSingleItem();
        (stopped.State, stopped.Counted, stopped.NextDue).ShouldBe((ClockState.Stopped, TimeSpan.FromMinutes(90), null));

        task.Until("2026-09-15T09:00+08:00").Work("evaluate", Zhao, "Return");

        var clock = task.State.Clocks.ShouldHaveSingleItem();
        (clock.State, clock.Due).ShouldBe((ClockState.Running, At("2026-09-15T09:30+08:00")));
        clock.Ledger.Select(entry => $"{entry.Rule} {entry.Name} {entry.To - entry.From:c}").ShouldBe(
            ["continuous  01:30:00", "stopped stage-left 21:30:00", "continuous  00:30:00"]);
        task.Until("2026-09-15T10:00+08:00").Work("handle", Chen).Work("evaluate", Zhao, "Pass");
        task.Journal.OfType<Fact.RungFired>().Select(rung => rung.Rung).ShouldBe(["half", "late"]);
        task.State.Clocks[0].State.ShouldBe(ClockState.Missed);
    }

    [Fact]
    public void A_stage_may_ask_for_a_new_clock_each_time()
    {
        var task = Instance(TaskDefinition(response: Flow.Activity("a") + "|'sla': { 'target': 'PT1H', 'calendar': '24x7', 'reentry': 'new' }",
            analysis: Flow.Chart("an", "f=Fork(L,R) b c", "f.L>b f.R>c b>back", EndStage("back", "Return", "response")))).Start();
        task.Now = task.Now.AddMinutes(30);

        task.Send("a").Send("b");

        task.State.Clocks.Select(clock => (clock.State, clock.StartedAt)).ShouldBe(
            [(ClockState.Met, At("2026-09-14T10:00+08:00")), (ClockState.Running, At("2026-09-14T10:30+08:00"))]);
    }

    [Fact]
    public void The_clock_of_an_item_ends_with_it_and_the_clock_of_the_task_with_the_task()
    {
        var task = Instance(AirStationWithItemClock()).Start();
        task.Do(task.Claim("verify", Li)).Do(task.Attach("verify", Li));
        task.Until("2026-09-14T10:06+08:00");

        task.Do(task.Complete("verify", Li, "FalseAlarm", "{ 'finding': '误报' }"));

        task.State.Clocks.Single(clock => clock.Scope == ClockScope.WorkItem).State.ShouldBe(ClockState.Missed);
        task.Work("evaluate", Zhao, "Pass", "{ 'solved': true }");
        task.State.Clocks.Where(clock => clock.Scope != ClockScope.WorkItem).Select(clock => $"{clock.Node} {clock.State}").ShouldBe(
            ["loop Met", "response Met", "post-evaluation Met"]);
        task.NextTimer.ShouldBeNull();
    }

    [Fact]
    public void The_clock_of_an_item_that_is_withdrawn_ends_too()
    {
        var item = Item("x", "TechGrid", "'sla': { 'target': 'PT1H', 'calendar': '24x7' }");
        var task = Instance(TaskDefinition(response: Flow.Chart("r", "f=Fork(L,R) stop", "f.L>x f.R>stop stop>end", item, EndStage("end", "Done")))).Start();

        task.Send("stop");

        task.State.Clocks.ShouldHaveSingleItem().IsOpen.ShouldBeFalse();
    }

    private static Scenario Raised(string target, string members = "") => Instance(Definition(target, "'calendar': '24x7', " + members)).Start();

    private static Engine.Definitions.WorkflowDefinition Definition(string target, string members) =>
        TaskDefinition(response: $"{Item("verify", "CommunityGrid")}|'sla': {{ 'target': '{target}', {members}{Rungs} }}");

    private static Engine.Definitions.WorkflowDefinition AirStationWithItemClock() => An.Read(AirStationText.Replace(
        "\"form\": \"verify\",", "\"form\": \"verify\", \"sla\": { \"target\": \"PT5M\", \"calendar\": \"24x7\" },", StringComparison.Ordinal));

    private static IEnumerable<string> OfClock(Scenario task) => task.Journal.Select(fact => fact switch
    {
        Fact.RungFired fired => $"RungFired {fired.Rung}",
        Fact.ItemUrged => "ItemUrged",
        Fact.TaskEscalated escalated => $"TaskEscalated {escalated.To}",
        Fact.ClockBreached breached => $"ClockBreached {breached.DueAt:HH:mm}",
        Fact.ClockEnded ended => $"ClockEnded {(ended.IsMet ? "met" : "missed")}",
        _ => "",
    }).Where(text => text.Length > 0);
}
