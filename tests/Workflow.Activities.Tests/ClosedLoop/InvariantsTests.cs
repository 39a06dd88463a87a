using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.ClosedLoop;

/// <summary>The last guard: a state that breaks what must hold never leaves the core. Each row breaks a good state in one way.</summary>
public class InvariantsTests
{
    private static readonly WorkflowInstance Running = Instance(AirStation).Start().State;

    public static TheoryData<string, string> Broken => new()
    {
        { "finished outside post-evaluation", "post-evaluation" },
        { "finished but returned", "post-evaluation" },
        { "faulted", "post-evaluation" },
        { "final with a token", "holds a token" },
        { "final with an open item", "open work item" },
        { "final with a running clock", "running clock" },
        { "final with a wait", "waits" },
        { "orphan", "lost its parent" },
        { "wait of nobody", "has ended" },
        { "item of nobody", "its activity has ended" },
        { "no task", "number and place" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_state_is_refused(string how, string words)
    {
        var finished = Finished();
        var visits = finished.Task!.Visits;
        var returned = visits[^1] with { Outcome = StageOutcome.Return };
        WorkflowInstance state = how switch
        {
            "finished outside post-evaluation" => finished with { Task = finished.Task with { Visits = visits[..^1] } },
            "finished but returned" => finished with { Task = finished.Task with { Visits = visits.SetItem(visits.Length - 1, returned) } },
            "faulted" => finished with { Status = InstanceStatus.Faulted },
            "final with a token" => finished with { Tokens = [new(1, "loop", null)] },
            "final with an open item" => finished with { WorkItems = [finished.WorkItems[0] with { State = WorkItemState.Offered.Instance }] },
            "final with a running clock" => finished with { Clocks = [finished.Clocks[0] with { State = Engine.Clocks.ClockState.Stopped }] },
            "final with a wait" => finished with { Bookmarks = [new(9, 1, "x", "k", "k", default)] },
            "orphan" => Running with { Tokens = Running.Tokens[1..] },
            "wait of nobody" => Running with { Bookmarks = [new(9, 999, "x", "k", "k", default)] },
            "item of nobody" => Running with { WorkItems = [Running.WorkItems[0] with { Token = 999 }] },
            _ => Running with { Task = null },
        };

        Invariants.Check(AirStation, finished);
        Invariants.Check(AirStation, Running);
        Should.Throw<InvariantBrokenException>(() => Invariants.Check(AirStation, state)).Message.ShouldContain(words);
    }

    private static WorkflowInstance Finished()
    {
        var task = Instance(AirStation).Start();
        task.Do(task.Claim("verify", Li)).Do(task.Attach("verify", Li)).Do(task.Complete("verify", Li, "FalseAlarm", "{ 'finding': '误报' }"));
        return task.Work("evaluate", Zhao, "Pass", "{ 'solved': true }").State;
    }
}
