using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.ClosedLoop;

public class StageTests
{
    [Theory]
    [InlineData("Done", null, "Analysis1")]
    [InlineData("Return", "initiation", "Response2")]
    [InlineData("CloseOut", null, "PostEvaluation1")]
    public void Ending_a_stage_cancels_what_still_runs_in_it(string outcome, string? returnTo, string next)
    {
        var inner = Flow.Sequence("inner", Item("deep", "TechGrid"), Flow.Activity("never"));
        var response = Flow.Chart("r", "f=Fork(A,B,C,D,E) event delay=Delay(01:00:00) stop", "f.A>item f.B>inner f.C>event f.D>delay f.E>stop stop>end",
            Item("item", "CommunityGrid"), inner, EndStage("end", outcome, returnTo));
        var task = Instance(TaskDefinition(response: response, analysis: Flow.Activity("next"))).Start();
        (task.Open, task.Waiting).ShouldBe(("item deep", "event delay stop"));
        task.Do(task.Claim("item", Li));

        task.Send("stop");

        task.State.WorkItems.Take(2).Select(item => item.State).ShouldAllBe(state => state is WorkItemState.Withdrawn);
        task.Ran.ShouldNotContain("never");
        task.Visits.ShouldContain($"Response1 {outcome}");
        task.Visits.Last().ShouldBe(next);
        task.Facts.OfType<Fact.BookmarkRemoved>().Count().ShouldBe(3, "event, delay and stop");
    }

    [Fact]
    public void The_first_end_of_a_stage_counts_and_what_was_queued_behind_it_does_not_run()
    {
        var response = Flow.Chart("r", "f=Fork(A,B,C) x", "f.A>out f.B>back f.C>x", EndStage("out", "CloseOut"), EndStage("back", "Return", "initiation"));

        var task = Instance(TaskDefinition(response: response)).Start();

        task.Ran.ShouldNotContain("back");
        task.Visits.ShouldBe(["Initiation1 Done", "Response1 CloseOut", "PostEvaluation1"]);
    }

    [Fact]
    public void A_stage_is_done_when_its_body_is_and_the_next_one_begins_in_the_same_burst()
    {
        var task = Instance(TaskDefinition(response: Flow.Activity("a"), handling: Flow.Activity("b"))).Start();

        task.Send("a").Visits.ShouldBe(["Initiation1 Done", "Response1 Done", "Analysis1 Done", "Handling1"]);
        task.Send("b").Open.ShouldBe("evaluate");
    }

    [Theory]
    [InlineData("analysis", "Analysis2")]
    [InlineData("handling", "Handling2")]
    public void Post_evaluation_may_return_to_analysis_or_handling(string to, string last)
    {
        var evaluation = Flow.Chart("p", "", "evaluate.Return>back", Item("evaluate", "Inspection", "'outcomes': ['Pass', 'Return']"), EndStage("back", "Return", to));
        var task = Instance(TaskDefinition(analysis: Flow.Activity("a"), handling: Flow.Activity("h"), postEvaluation: evaluation)).Start().Send("a").Send("h");

        task.Work("evaluate", Zhao, "Return");

        task.Visits.Last().ShouldBe(last);
    }

    [Fact]
    public void A_task_ends_at_once_when_post_evaluation_is_ended_with_Done()
    {
        var evaluation = Flow.Chart("p", "f=Fork(A,B) stop", "f.A>stop f.B>evaluate stop>end", Item("evaluate", "Inspection"), EndStage("end", "Done"));
        var task = Instance(TaskDefinition(postEvaluation: evaluation)).Start();

        task.Send("stop");

        (task.State.Status, task.Open, task.Visits.Last()).ShouldBe((InstanceStatus.Finished, "", "PostEvaluation1 Done"));
        task.Item("evaluate").State.ShouldBeOfType<WorkItemState.Withdrawn>();
    }

    [Fact]
    public void Stages_that_return_for_ever_without_a_wait_end_as_an_incident()
    {
        var handling = Flow.Chart("h", "d=Decision(true)", "d.True>back", EndStage("back", "Return", "analysis"));

        var task = Instance(TaskDefinition(handling: handling)).Start();

        task.State.Incidents.ShouldHaveSingleItem().Message.ShouldContain("a loop without a wait");
        task.State.Status.ShouldBe(InstanceStatus.Running);
    }
}
