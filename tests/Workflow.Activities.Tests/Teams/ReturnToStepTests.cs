using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Teams;

/// <summary>退回任意节点: back to one step of an earlier stage.</summary>
public class ReturnToStepTests
{
    private const string Resume = "'sla': { 'target': 'PT8H', 'calendar': '24x7', 'reentry': 'resume' }";

    /// <summary>A fork whose branches join, between steps in a row; one of them in a sequence.</summary>
    private static WorkflowDefinition Steps(string clock = Resume) => TaskDefinition(
        analysis: Flow.Chart("a", "f=Fork(L,R) j=Join(WaitAll)", "one>f f.L>left f.R>right left>j right>j j>s s>last",
            Item("one", "TechGrid"), Item("left", "TechGrid"), Item("right", "TechGrid"), Flow.Sequence("s", Item("two", "TechGrid"), Item("three", "TechGrid")), Item("last", "TechGrid")) + "|" + clock,
        handling: Flow.Chart("h", "f2=Fork(A,B)", "f2.A>handle f2.B>beside", Item("handle", "Enforcement"), Item("beside", "Enforcement")));

    [Fact]
    public void Steps_that_were_done_and_with_which_their_stage_can_begin_are_offered()
    {
        var task = Handling();

        ReturnTarget.Of(task.Definition, task.State, task.Item("handle")).Select(target => target.Key)
            .ShouldBe(["step:one", "step:two", "step:three", "step:last", "stage:initiation", "stage:response", "stage:analysis"]);
    }

    [Fact]
    public void The_stage_begins_with_the_step_and_what_ran_is_ended()
    {
        var task = Handling();
        var number = task.State.LastNumber;

        task.Do(task.Return("handle", Chen, "step:two"));

        task.Open.ShouldBe("two");
        task.Item("two").State.ShouldBe(new WorkItemState.Offered(Wang.Person));
        (task.Item("handle").Status, task.Item("beside").Status).ShouldBe((WorkItemStatus.Returned, WorkItemStatus.Withdrawn));
        task.Visits.ShouldBe(["Initiation1 Done", "Response1 Done", "Analysis1 Done", "Handling1 Return", "Analysis2"]);
        task.Ran.ShouldBe("analysis a s two");
        task.Work("two", Wang).Work("three", Wang).Work("last", Wang).Open.ShouldBe("handle beside");
        task.State.WorkItems.Where(item => item.Number > number).Select(item => item.Node).ShouldNotContain("one");
    }

    [Fact]
    public void A_join_behind_the_step_waits_for_every_branch_again()
    {
        var task = Handling();

        task.Do(task.Return("handle", Chen, "step:one")).Work("one", Wang);

        task.Open.ShouldBe("left right");
        task.Work("left", Wang).Open.ShouldBe("right");
        task.Work("right", Wang).Open.ShouldBe("two");
    }

    [Theory]
    [InlineData("resume", 1)]
    [InlineData("new", 2)]
    public void The_clock_of_the_stage_goes_on_or_starts_anew(string reentry, int clocks)
    {
        var task = Handling(Steps(Resume.Replace("resume", reentry)));
        task.Now += TimeSpan.FromHours(3);

        task.Do(task.Return("handle", Chen, "step:last"));

        var own = task.State.Clocks.Where(clock => clock.Stage == nameof(StageName.Analysis)).ToList();
        own.Count.ShouldBe(clocks);
        own[^1].ShouldSatisfyAllConditions(clock => clock.State.ShouldBe(ClockState.Running), clock => clock.Spans.Length.ShouldBe(clocks == 1 ? 2 : 1));
    }

    [Theory]
    [InlineData("step:left")]
    [InlineData("step:handle")]
    [InlineData("step:s")]
    [InlineData("step:analysis")]
    [InlineData("step:nobody")]
    public void Any_other_step_is_refused(string to)
    {
        var task = Handling();

        task.Refused(task.Return("handle", Chen, to)).ShouldSatisfyAllConditions(why => why.Reason.ShouldBe(Reason.StepUnknown), why => why.Rule.ShouldBe("return"));
    }

    [Fact]
    public void From_post_evaluation_a_task_goes_back_to_steps_of_analysis_and_handling_only()
    {
        var task = Instance(TaskDefinition(response: Item("verify", "CommunityGrid"), analysis: Item("analyse", "TechGrid"), handling: Item("handle", "Enforcement"))).Start()
            .Work("verify", Li).Work("analyse", Wang).Work("handle", Chen);
        task.Do(task.Claim("evaluate", Zhao));

        ReturnTarget.Of(task.Definition, task.State, task.Item("evaluate")).Select(target => target.Key).ShouldBe(["step:analyse", "step:handle", "stage:analysis", "stage:handling"]);
        task.Do(task.Return("evaluate", Zhao, "step:analyse")).Open.ShouldBe("analyse");
    }

    private static Scenario Handling(WorkflowDefinition? definition = null)
    {
        var task = Instance(definition ?? Steps()).Start();
        foreach (var step in new[] { "one", "left", "right", "two", "three", "last" }) task.Work(step, Wang);
        return task.Do(task.Claim("handle", Chen));
    }
}
