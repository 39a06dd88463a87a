using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Activities.Tests.Clocks;

/// <summary>Raised on Monday 2026-09-14 at 10:00. What a reason asks for, what it stops, for how long, and what an approval gives back.</summary>
public class PauseTests
{
    private const string Stage = "'sla': { 'target': '2wd', 'pauseReasons': ['testing', 'hearing', 'weather', 'waiting-for-reporter', 'suspension'], 'rungs': [ { 'id': 'late', 'at': '+0', 'do': 'urge' } ] }";

    [Fact]
    public void Days_at_the_laboratory_do_not_count_and_the_ledger_has_the_document()
    {
        var task = Held();
        task.Refused(task.Suspend("one", Chen, "testing")).Reason.ShouldBe(Reason.EvidenceMissing);
        task.Refused(task.Suspend("one", Chen, "testing", null, "e-none")).Problems!.Single().Pointer.ShouldBe("/evidence/0");
        task.Do(task.Attach("one", Chen, EvidenceKind.Document, "cd"));

        task.Do(task.Suspend("one", Chen, "testing", "送检 3 份", "e-cd"));
        OfStage(task).Ledger.ShouldContain(entry => entry.Counted, "what was computed at the start");
        var (certain, stillSince) = OfStage(task).LedgerOn(task.World.Calendars["cn-gov"]);
        (certain.ShouldHaveSingleItem().Rule, stillSince).ShouldBe((LedgerRule.StartDay, At("2026-09-15T00:00+08:00")));
        task.Until("2026-09-22T16:00+08:00").Do(task.Resume("one", Chen));

        var clock = task.State.Clocks.Single(clock => clock.Scope == ClockScope.Stage);
        clock.Due.ShouldBe(At("2026-09-24T17:00+08:00"), "Tuesday to the Tuesday after do not count, and Wednesday and Thursday do");
        var stopped = clock.Ledger.Single(entry => entry.Rule == LedgerRule.Stopped);
        (stopped.Name, stopped.Days).ShouldBe(("testing", 8));
        stopped.Basis.ShouldNotBeNull().ShouldContain("第四十五条");
        (stopped.Pause!.AskedBy, stopped.Pause.Note, stopped.Pause.Evidence.Single()).ShouldBe((Chen.Name, "送检 3 份", "e-cd"));
        var change = clock.Changes.ShouldHaveSingleItem();
        (change.Why, change.Before, change.After).ShouldBe((ClockChangeReason.Resumed, At("2026-09-16T17:00+08:00"), clock.Due));
    }

    [Fact]
    public void A_word_that_neither_the_catalogue_nor_the_definition_knows_is_refused_with_those_that_they_know()
    {
        var no = Held().Refused(Held().Suspend("one", Chen, "lunch"));

        var problem = no.Problems!.Single();
        (no.Reason, problem.Pointer, problem.Found).ShouldBe((Reason.InputInvalid, "/reason", "'lunch'"));
        problem.Expected.ShouldContain("waiting-for-reporter");
    }

    [Fact]
    public void A_pause_of_a_stage_pauses_the_clock_of_the_task_unless_its_reason_says_otherwise()
    {
        var task = Held();
        task.Do(task.Attach("one", Chen, sha256: "cd")).Do(task.Suspend("one", Chen, "testing", null, "e-cd"));
        Loop(task).State.ShouldBe(ClockState.Stopped);
        Paused(task).ShouldBe((true, true));
        task.Until("2026-09-15T10:00+08:00").Do(task.Resume("one", Chen));
        Loop(task).State.ShouldBe(ClockState.Running);
        Paused(task).ShouldBe((false, false));

        task.Do(task.Suspend("one", Chen, "weather", "暴雨"));

        (OfStage(task).State, Loop(task).State).ShouldBe((ClockState.Stopped, ClockState.Running));
        Paused(task).ShouldBe((true, false), "the task is due while one of its clocks runs");
        task.Do(task.Resume("one", Chen)).Do(task.Suspend("one", Chen, "force-majeure"));
        OfStage(task).State.ShouldBe(ClockState.Running, "a reason that no clock names stops none");
    }

    [Fact]
    public void A_pause_that_needs_approval_stops_nothing_before_it_and_counts_from_the_request_after_it()
    {
        var task = Held();
        task.Refused(task.Suspend("one", Chen, "hearing")).Problems!.Single().Pointer.ShouldBe("/note");
        task.Do(task.Suspend("one", Chen, "hearing", "当事人申请听证"));
        OfStage(task).State.ShouldBe(ClockState.Running);
        task.Refused(task.DecidePause("one", Chen)).Rule.ShouldBe("who-may/decide-pause");
        task.Until("2026-09-17T09:00+08:00");
        OfStage(task).BreachedAt.ShouldBe(At("2026-09-16T17:00+08:00"));

        task.Do(task.DecidePause("one", Qian));

        task.Facts.OfType<Fact.BreachAnnulled>().Single().DueAt.ShouldBe(At("2026-09-16T17:00+08:00"));
        var clock = OfStage(task);
        (clock.State, clock.BreachedAt, Loop(task).State).ShouldBe((ClockState.Stopped, null, ClockState.Stopped));
        clock.Rungs.Single().FiredAt.ShouldNotBeNull("what has fired has fired");
        task.Until("2026-09-18T09:00+08:00").Do(task.Resume("one", Chen));
        OfStage(task).Due.ShouldBe(At("2026-09-21T17:00+08:00"), "the 15th to the 18th do not count, and Sunday the 20th makes up for a holiday");
        OfStage(task).Ledger.Where(entry => entry.Rule == LedgerRule.Stopped).ShouldAllBe(entry => entry.Pause!.ApprovedBy == Qian.Name);
        task.Until("2026-09-21T16:59+08:00").Journal.OfType<Fact.RungFired>().Count().ShouldBe(1, "a rung fires once, also for a due time that came back");
        task.Until("2026-09-21T17:00+08:00").State.Clocks.ShouldContain(late => late.Scope == ClockScope.Stage && late.BreachedAt == At("2026-09-21T17:00+08:00"));
    }

    [Fact]
    public void A_pause_that_was_approved_after_it_had_ended_gives_back_just_that_time_and_the_breach_comes_later()
    {
        var task = Held();
        task.Until("2026-09-15T10:00+08:00").Do(task.Suspend("one", Chen, "hearing", "听证"));
        task.Until("2026-09-16T12:00+08:00").Do(task.Resume("one", Chen));
        task.Refused(task.Suspend("one", Chen, "weather", "暴雨")).Rule.ShouldBe("pause", "one request at a time");
        task.Until("2026-09-21T12:00+08:00");

        task.Do(task.DecidePause("one", Qian));

        (OfStage(task).State, OfStage(task).Due, OfStage(task).BreachedAt).ShouldBe((ClockState.Running, At("2026-09-17T17:00+08:00"), At("2026-09-17T17:00+08:00")));
        task.Facts.Where(fact => fact is Fact.PauseCredited { Clock: 2 } or Fact.BreachAnnulled or Fact.ClockBreached).Select(fact => fact.GetType().Name).ShouldContain("BreachAnnulled");
    }

    [Fact]
    public void A_pause_that_is_refused_never_stopped_anything()
    {
        var task = Held();
        var due = OfStage(task).Due;
        task.Do(task.Suspend("one", Chen, "hearing", "听证")).Until("2026-09-15T10:00+08:00");

        task.Do(task.DecidePause("one", Qian, isApproved: false));

        (task.Item("one").Status, OfStage(task).Due, OfStage(task).Spans.Length).ShouldBe((WorkItemStatus.Claimed, due, 1));
        task.Until("2026-09-16T17:00+08:00");
        OfStage(task).BreachedAt.ShouldBe(due);
    }

    [Fact]
    public void Whoever_asks_for_a_pause_does_not_approve_it()
    {
        var task = Held(Chen with { Roles = ["supervisor"] });
        task.Do(task.Suspend("one", Chen with { Roles = ["supervisor"] }, "hearing", "听证"));

        task.Refused(task.DecidePause("one", Chen with { Roles = ["supervisor"] })).Rule.ShouldBe("who-may/decide-pause/asked-for-pause");
    }

    [Fact]
    public void Beyond_its_cap_a_pause_goes_on_counting_by_itself_and_the_ledger_says_so()
    {
        var task = Held();
        task.Do(task.Suspend("one", Chen, "waiting-for-reporter", "联系不上"));
        OfStage(task).ResumesAt.ShouldBe(At("2026-09-20T17:00+08:00"), "five working days, of which one is a Sunday that makes up for a holiday");

        task.Until("2026-09-20T16:59+08:00").State.Clocks.ShouldAllBe(clock => clock.State == ClockState.Stopped);
        task.Until("2026-09-20T17:00+08:00");

        (OfStage(task).State, Loop(task).State, task.Item("one").Status).ShouldBe((ClockState.Running, ClockState.Running, WorkItemStatus.Suspended));
        OfStage(task).Due.ShouldBe(At("2026-09-22T17:00+08:00"));
        OfStage(task).Ledger.ShouldContain(entry => entry.Rule == LedgerRule.StoppedToCap && entry.Name == "waiting-for-reporter");
        OfStage(task).Changes.Single().Why.ShouldBe(ClockChangeReason.PauseCapped);
        task.Until("2026-09-23T17:00+08:00");
        OfStage(task).BreachedAt.ShouldNotBeNull("a pause that is too long is late all the same");
    }

    [Fact]
    public void A_cap_that_was_passed_while_the_server_was_down_ends_the_pause_at_its_own_time()
    {
        var task = Held();
        task.Do(task.Suspend("one", Chen, "waiting-for-reporter", "联系不上"));
        task.Now = At("2026-10-20T09:00+08:00");

        task.Do(task.Resume("one", Chen));

        OfStage(task).BreachedAt.ShouldBe(At("2026-09-22T17:00+08:00"));
        OfStage(task).Spans[1].From.ShouldBe(At("2026-09-20T17:00+08:00"));
    }

    [Fact]
    public void A_pause_that_was_capped_earlier_ends_with_its_item_and_the_others_hold_the_clock_to_their_own_cap()
    {
        var chart = Flow.Chart("p", "f=Fork(A,B,C) j=Join(WaitAny)", "f.A>one f.B>stop f.C>two one>j stop>j", Item("one", "Enforcement"), Item("two", "Enforcement"), "{ 'id': 'stop', 'type': 'Elsa.Event', 'eventName': 'stop' }");
        var task = Instance(TaskDefinition(analysis: $"{chart}|{Stage}")).Start();
        task.Do(task.Claim("one", Chen)).Do(task.Claim("two", Chen)).Do(task.Suspend("one", Chen, "waiting-for-reporter", "联系不上"));
        task.Until("2026-09-15T10:00+08:00").Do(task.Suspend("two", Chen, "waiting-for-reporter", "联系不上"));
        OfStage(task).ResumesAt.ShouldBe(At("2026-09-20T17:00+08:00"));

        task.Do(new Stimulus.EventReceived("stop", null) { At = task.Now });

        OfStage(task).ResumesAt.ShouldBe(At("2026-09-21T17:00+08:00"));
        task.Until("2026-09-21T16:59+08:00").State.Clocks.ShouldAllBe(clock => clock.State == ClockState.Stopped);
    }

    [Fact]
    public void A_step_is_paused_for_one_reason_so_often_and_not_more()
    {
        var task = Held();
        for (var times = 0; times < 2; times++) task.Do(task.Suspend("one", Chen, "waiting-for-reporter", "联系不上")).Do(task.Resume("one", Chen));

        var no = task.Refused(task.Suspend("one", Chen, "waiting-for-reporter", "联系不上"));

        (no.Rule, no.Expected).ShouldBe(("pause-cap", "at most 2 pauses of this step for 'waiting-for-reporter'"));
    }

    [Fact]
    public void A_stage_that_is_left_while_it_pauses_waits_for_its_return_and_no_cap_lets_it_go_on()
    {
        var definition = TaskDefinition(
            analysis: $"{Item("one", "Enforcement")}|{Stage}",
            handling: Item("handle", "Enforcement", "'outcomes': ['Done']"));
        var task = Instance(definition).Start();
        task.Do(task.Claim("one", Chen)).Do(task.Suspend("one", Chen, "waiting-for-reporter", "联系不上")).Do(task.Resume("one", Chen));
        task.Do(task.Complete("one", Chen)).Do(task.Claim("handle", Chen)).Do(task.Return("handle", Chen, "stage:analysis"));

        task.Do(task.Claim("one", Chen)).Do(task.Suspend("one", Chen, "waiting-for-reporter", "联系不上"));
        task.Do(new Stimulus.Cancelled("重复") { At = task.Now, By = Qian }).Until("2026-11-01T09:00+08:00");

        var clock = task.State.Clocks.Single(clock => clock.Scope == ClockScope.Stage);
        (clock.State, clock.ResumesAt, clock.Spans[^1].StopReason, clock.BreachedAt).ShouldBe((ClockState.Stopped, null, SlaClock.StageLeft, null));
    }

    [Fact]
    public void One_item_at_work_keeps_the_stage_running_and_the_last_to_wait_stops_it()
    {
        var definition = TaskDefinition(handling: Flow.Chart("h", "f=Fork(L,R)", "f.L>one f.R>two", Item("one", "Enforcement"), Item("two", "Enforcement")) + "|" + Stage);
        var task = Instance(definition).Start();
        foreach (var node in new[] { "one", "two" }) task.Do(task.Claim(node, Chen));

        task.Do(task.Suspend("one", Chen, "weather", "暴雨"));
        OfStage(task).State.ShouldBe(ClockState.Running);
        task.Do(task.Suspend("two", Chen, "waiting-for-reporter", "联系不上"));
        OfStage(task).State.ShouldBe(ClockState.Stopped);
        task.Until("2026-09-14T15:00+08:00").Do(task.Resume("two", Chen));

        OfStage(task).State.ShouldBe(ClockState.Running);
        task.Do(task.Complete("two", Chen));
        OfStage(task).State.ShouldBe(ClockState.Stopped, "what is left waits");
    }

    [Theory]
    [InlineData("'unheard-of'", "/root/sla/pauseReasons/0", "a reason of the catalogue")]
    [InlineData("'testing', 'testing'", "/root/sla/pauseReasons/1", "each once")]
    [InlineData("{ 'id': 'testing', 'cap': 'soon' }", "/root/sla/pauseReasons/0/cap", "a time as a target is written")]
    [InlineData("{ 'id': 'testing', 'approval': 'mayor' }", "/root/sla/pauseReasons/0/approval", "the role of who approves")]
    [InlineData("{ 'id': 'testing', 'times': 0 }", "/root/sla/pauseReasons/0/times", "from 1 to 1000")]
    [InlineData("{ 'id': 'testing', 'note': true }", "/root/sla/pauseReasons/0/note", "one of id, cap")]
    public void What_is_wrong_with_the_reasons_of_a_clock_is_said_where_it_stands(string reasons, string pointer, string expected)
    {
        var document = Json($"{{ 'definitionId': 'test', 'root': {{ 'id': 'loop', 'type': 'Workflow.ClosedLoop', 'sla': {{ 'target': '2wd', 'pauseReasons': [{reasons}] }} }} }}");
        var problems = new ProblemList();

        new DefinitionReader(BuiltInActivities.Catalog(), new HashSet<string> { "24x7", "cn-gov" }) { Pauses = An.Pauses }.Compile(document, problems);

        var problem = problems.All.Single(problem => problem.Pointer.StartsWith("/root/sla", StringComparison.Ordinal));
        problem.Pointer.ShouldBe(pointer);
        problem.Expected.ShouldContain(expected);
    }

    [Fact]
    public void A_catalogue_with_mistakes_is_refused_with_each_of_them()
    {
        var problems = new ProblemList();

        PauseCatalog.Read(Json("{ 'reasons': [ { 'id': 'a', 'name': { 'zh-CN': '甲' }, 'type': 'statutory' }, { 'id': 'a', 'name': { 'zh-CN': '甲', 'en': 'A' }, 'type': 'other' }, 7, { 'id': 'b', 'name': { 'zh-CN': '乙', 'en': 'B' }, 'type': 'other', 'cap': '-1wd', 'times': '2', 'note': 1 } ] }"), problems).ShouldBeNull();

        problems.All.Select(problem => problem.Pointer).ShouldBe(
            ["/reasons/0/name/en", "/reasons/0/basis", "/reasons/1/id", "/reasons/2", "/reasons/3/cap", "/reasons/3/times", "/reasons/3/note"], ignoreOrder: true);
    }

    private static Scenario Held(Actor? by = null)
    {
        var task = Instance(TaskDefinition(handling: $"{Item("one", "Enforcement")}|{Stage}", sla: "{ 'target': '20cd' }")).Start();
        return task.Do(task.Claim("one", by ?? Chen));
    }

    /// <summary>What the lists say: whether the clock of the item, and every clock of the task, stands still.</summary>
    private static (bool Item, bool Task) Paused(Scenario task)
    {
        var rows = Projection.Rows(task.State, "name").ToList();
        return (rows.OfType<WorkItemRow>().Single(row => row.Number == task.Item("one").Number).IsPaused, rows.OfType<TaskRow>().Single().IsPaused);
    }

    private static SlaClock Loop(Scenario task) => task.State.Clocks.Single(clock => clock.Scope == ClockScope.Task);

    private static SlaClock OfStage(Scenario task) => task.State.Clocks.Single(clock => clock.Scope == ClockScope.Stage);
}
