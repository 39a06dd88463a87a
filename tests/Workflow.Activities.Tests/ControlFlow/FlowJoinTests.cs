using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.ControlFlow;

/// <summary>A bare name in a chart is an event of that name; see <see cref="Flow"/>.</summary>
public class FlowJoinTests
{
    private const string Forked = "f.L>a f.R>b a>j b>j j>z";
    private const string OneDead = "f.L>a f.R>d a>j d.True>j j>z";

    [Theory]
    [InlineData("j=Join(WaitAll)")]
    [InlineData("j=Join(WaitAllActive)")]
    [InlineData("j=Set")] // a plain activity with several inbound flows waits like WaitAllActive
    public void A_join_waits_until_every_branch_has_arrived(string join)
    {
        var instance = An.Started(Flow.Chart("c", $"f=Fork(L,R) a b {join} z", Forked));

        instance.Send("b").Ran.ShouldBeEmpty();
        instance.Send("a").Ran.ShouldBe("j z");
        instance.Waiting.ShouldBe("z");
    }

    [Theory]
    [InlineData("j=Join(WaitAllActive)")]
    [InlineData("j=Set")]
    [InlineData("j=Join(WaitAny)")]
    public void A_join_does_not_wait_for_a_dead_branch(string join)
    {
        var instance = An.Started(Flow.Chart("c", $"f=Fork(L,R) a d=Decision(false) {join} z", OneDead));

        instance.Send("a").Ran.ShouldBe("j z");
    }

    [Fact]
    public void A_join_for_all_is_skipped_when_a_branch_is_dead_and_the_skip_travels_on()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) a d=Decision(false) j=Join(WaitAll) z", OneDead));

        instance.Send("a").Ran.ShouldBeEmpty();
        instance.State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void A_join_for_all_that_has_run_leaves_no_counter_behind()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) a b j=Join(WaitAll) z", "f.L>a f.R>b a>j b>j j>z"));

        instance.Send("a").State.Tokens[0].Counts.ShouldNotBeEmpty();

        instance.Send("b").Ran.ShouldBe("j z");
        instance.State.Tokens[0].Counts.ShouldBeEmpty();
    }

    [Fact]
    public void A_skip_travels_through_a_whole_dead_path_to_the_next_join()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) a d=Decision(false) x y=Join(WaitAny) z=Join(WaitAllActive)", "f.L>a f.R>d d.True>x x>y y>z a>z"));

        instance.Waiting.ShouldBe("a");
        instance.Send("a").Ran.ShouldBe("z");
    }

    [Fact]
    public void Both_outcomes_of_a_decision_may_meet_again()
    {
        var instance = An.Started(Flow.Chart("c", "d=Decision(true) yes no j=Set z", "d.True>yes d.False>no yes>j no>j j>z"));

        instance.Waiting.ShouldBe("yes");
        instance.Send("yes").Ran.ShouldBe("j z");
    }

    [Fact]
    public void The_first_branch_to_arrive_takes_a_join_for_any_and_the_others_are_cancelled()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) a b b2 j=Join(WaitAny) z", "f.L>a f.R>b a>j b>b2 b2>j j>z"));

        instance.Send("a").Ran.ShouldBe("j z");

        instance.Waiting.ShouldBe("z");
        instance.Refused(instance.Event("b")).Reason.ShouldBe(Reason.EventNotAwaited);
        instance.Send("z").State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void A_branch_that_begins_to_wait_before_the_join_runs_is_cancelled_too()
    {
        var body = Flow.Chart("c", "f=Fork(L,R) s=Set b j=Join(WaitAny) z", "f.L>s f.R>b s>j b>j j>z");

        var task = An.Instance(An.TaskDefinition(response: body)).Start();

        task.Ran.ShouldEndWith("c f s b j z");
        task.Waiting.ShouldBe("z");
    }

    [Fact]
    public void Outside_tasks_such_a_branch_makes_the_join_run_again_as_it_does_in_Elsa()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) s=Set b j=Join(WaitAny) z", "f.L>s f.R>b s>j b>j j>z"));

        instance.Ran.ShouldBe("c f s b j j z z");
    }

    [Fact]
    public void A_join_for_any_runs_once_when_two_branches_arrive_in_one_burst()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) s=Set t=Set j=Join(WaitAny) z", "f.L>s f.R>t s>j t>j j>z"));

        instance.Ran.ShouldBe("c f s t j z");
    }

    [Fact]
    public void A_join_for_any_in_a_loop_takes_whichever_is_first_in_each_round()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) a b j=Join(WaitAny) again", "f.L>a f.R>b a>j b>j j>again again>f"));

        foreach (var first in new[] { "a", "b", "b", "a" })
        {
            instance.Waiting.ShouldBe("a b");
            instance.Send(first).Waiting.ShouldBe("again");
            instance.Send("again");
        }
    }

    [Fact]
    public void A_cancelled_branch_is_dead_for_those_who_wait_for_it()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(A,B,C) a b c2 j=Join(WaitAny) x", "f.A>a f.B>b f.C>c2 a>j b>j b>x c2>x"));
        instance.Send("c2").Ran.ShouldBeEmpty();

        instance.Send("a");

        instance.Ran.ShouldBe("j x");
        instance.Send("x").State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void Two_flows_to_one_activity_run_it_once()
    {
        An.Started(Flow.Chart("c", "f=Fork(L,R) a", "f.L>a f.R>a")).Ran.ShouldBe("c f a");
    }

    [Fact]
    public void A_dead_path_may_be_longer_than_a_stack()
    {
        const int length = 1_500;
        var path = Enumerable.Range(0, length).Select(node => $"x{node}").ToList();
        var flows = path.Zip(path.Skip(1), (from, to) => $"{from}>{to}");
        var chart = Flow.Chart("c", $"d=Decision(false) {string.Join(' ', path)}", $"d.True>x0 {string.Join(' ', flows)}");
        var instance = An.Instance(An.Definition(chart));

        Exception? problem = null;
        var thread = new Thread(() => problem = Record.Exception(() => instance.Start()), 256 * 1024);
        thread.Start();
        thread.Join();

        problem.ShouldBeNull();
        instance.State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void A_join_that_a_person_starts_may_be_ended_by_the_join_behind_it()
    {
        var instance = An.Started(Flow.Chart("c", "a j=Join(WaitAny) k=Join(WaitAny)", "a>j a>k j>k a>a")).Send("a");

        instance.Do(new Stimulus.Altered([new Alteration.ScheduleActivity("j")], null) { At = instance.Now });

        instance.State.Tokens.ShouldNotContain(token => token.Node == "j");
    }
}
