using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.ControlFlow;

public class FlowLoopTests
{
    // k forks to w1 and w2, which meet at a; the way back goes into one branch only.
    private static readonly string Bypass = Flow.Chart("c", "k=Fork(A,B,C) w1 w2 a=Set q=Decision(true) side", "k.A>w1 k.B>w2 k.C>side w1>a w2>a a>q q.True>w1");

    [Fact]
    public void A_loop_with_a_fork_and_a_join_inside_runs_every_round_alike()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) a b j=Set more", "f.L>a f.R>b a>j b>j j>more more>f"));

        for (var round = 0; round < 3; round++)
        {
            instance.Waiting.ShouldBe("a b");
            instance.Send(round == 1 ? "b" : "a").Ran.ShouldBeEmpty();
            instance.Send(round == 1 ? "a" : "b").Ran.ShouldBe("j more");
            instance.Send("more").Ran.ShouldBe("f a b");
        }
    }

    [Fact]
    public void A_decision_leaves_the_loop_when_its_variable_says_so()
    {
        const string wait = "{ 'id': 'a', 'type': 'Elsa.Event', 'eventName': 'a', 'result': { 'memoryReference': { 'id': 'done' } } }";
        var instance = An.Started(Flow.Chart("c", "s=Set d=Decision(@done) z", "s>a a>d d.False>a d.True>z", wait), "'variables': [ { 'name': 'done' } ],");

        instance.Send("a", "false").Ran.ShouldBe("d a");
        instance.Send("a", "false").Ran.ShouldBe("d a");
        instance.Send("a", "true").Ran.ShouldBe("d z");
    }

    [Fact]
    public void An_activity_may_lead_back_to_itself()
    {
        var instance = An.Started(Flow.Chart("c", "a", "a>a"));

        instance.Send("a").Ran.ShouldBe("a");
        instance.Send("a").Ran.ShouldBe("a");
    }

    [Fact]
    public void A_token_based_loop_to_itself_holds_one_token_however_often_it_runs()
    {
        var instance = An.Started(Flow.Chart("c", "a", "a>a"), "'customProperties': { 'Flowchart:ExecutionMode': 'TokenBased' },");

        for (var round = 0; round < 3; round++) instance.Send("a").Ran.ShouldBe("a");

        instance.State.Tokens[0].Counts.ShouldHaveSingleItem().Value.ShouldBe(1);
    }

    [Fact]
    public void A_circle_that_the_start_does_not_lead_to_goes_round_once_a_person_starts_it()
    {
        var instance = An.Started(Flow.Chart("c", "s x y", "x>x x>y y>x"));

        instance.Do(new Stimulus.Altered([new Alteration.ScheduleActivity("x")], null) { At = instance.Now });

        instance.Send("x").Ran.ShouldBe("x y");
        instance.Send("y").Ran.ShouldBe("x");
    }

    [Fact]
    public void A_way_back_into_one_branch_of_a_fork_is_a_fault_when_it_is_followed()
    {
        var instance = An.Started(Bypass).Send("w1");

        instance.Send("w2");

        instance.State.Status.ShouldBe(InstanceStatus.Faulted);
        instance.State.Incidents.ShouldHaveSingleItem().Node.ShouldBe("q");
        instance.State.Incidents[0].Message.ShouldContain("expected every way to 'q' to go through 'w1'");
    }

    [Fact]
    public void A_chart_with_a_fault_goes_on_elsewhere_but_does_not_complete()
    {
        var instance = An.Started(Bypass, "'options': { 'incidentStrategyType': 'Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa' },");

        instance.Send("w1").Send("w2").Send("side");

        instance.Waiting.ShouldBeEmpty();
        instance.State.Status.ShouldBe(InstanceStatus.Running);
        instance.State.Tokens.ShouldHaveSingleItem().IsFaulted.ShouldBeTrue();
    }

    [Fact]
    public void A_loop_that_never_waits_ends_as_an_incident()
    {
        var instance = An.Started(Flow.Chart("c", "a=Set d=Decision(true)", "a>d d.True>a"));

        instance.State.Status.ShouldBe(InstanceStatus.Faulted);
        instance.State.Incidents.ShouldHaveSingleItem().Message.ShouldContain("a loop without a wait");
    }
}
