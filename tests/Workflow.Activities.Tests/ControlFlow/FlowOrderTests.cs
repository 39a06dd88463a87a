using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.ControlFlow;

public class FlowOrderTests
{
    [Fact]
    public void Branches_start_in_the_order_of_the_connections_not_of_the_fork()
    {
        An.Started(Flow.Chart("c", "f=Fork(A,B,C) a b c3", "f.C>c3 f.A>a f.B>b")).Ran.ShouldBe("c f c3 a b");
    }

    [Fact]
    public void Branches_run_in_turns_breadth_first()
    {
        An.Started(Flow.Chart("c", "f=Fork(A,B) a1=Set a2=Set a3=Set b1=Set b2=Set", "f.A>a1 a1>a2 a2>a3 f.B>b1 b1>b2")).Ran.ShouldBe("c f a1 b1 a2 b2 a3");
    }

    [Fact]
    public void An_inner_chart_completes_when_nothing_in_it_runs_and_the_outer_goes_on()
    {
        var inner = Flow.Chart("inner", "f=Fork(L,R) a b", "f.L>a f.R>b");
        var instance = An.Started(Flow.Chart("outer", "s=Set z", "s>inner inner>z", inner));

        instance.Send("a").Ran.ShouldBeEmpty();
        instance.Send("b").Ran.ShouldBe("z");
        instance.Send("z").State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void An_inner_chart_that_runs_again_starts_counting_anew()
    {
        var inner = Flow.Chart("inner", "f=Fork(L,R) a b j=Join(WaitAll)", "f.L>a f.R>b a>j b>j");
        var instance = An.Started(Flow.Chart("outer", "s=Set more", "s>inner inner>more more>inner", inner));

        for (var round = 0; round < 3; round++)
        {
            instance.Send("b").Ran.ShouldBeEmpty();
            instance.Send("a").Ran.ShouldBe("j more");
            instance.Send("more").Ran.ShouldBe("inner f a b");
        }
    }

    [Fact]
    public void What_comes_before_an_activity_that_can_start_no_longer_counts()
    {
        const string start = "{ 'id': 'm', 'type': 'Elsa.Event', 'eventName': 'm', 'customProperties': { 'canStartWorkflow': true } }";
        var instance = An.Started(Flow.Chart("c", "s=Set z", "s>m s>z m>z", start));

        instance.Ran.ShouldBe("c m");
        instance.Send("m").Ran.ShouldBe("z");
    }

    [Fact]
    public void An_outcome_without_a_flow_ends_its_branch_and_an_empty_chart_completes_at_once()
    {
        An.Started(Flow.Chart("c", "d=Decision(true) a", "d.False>a")).State.Status.ShouldBe(InstanceStatus.Finished);
        An.Started(Flow.Chart("c", "", "")).State.Status.ShouldBe(InstanceStatus.Finished);
        An.Started(Flow.Chart("c", "f=Fork() a", "f>a")).Waiting.ShouldBe("a", "a fork without branches is Done");
    }
}
