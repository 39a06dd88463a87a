using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.Events;

public class EventTests
{
    private const string Two = "{ 'id': 'x', 'type': 'Elsa.Event', 'eventName': 'same' }, { 'id': 'y', 'type': 'Elsa.Event', 'eventName': 'same' }";

    [Fact]
    public void An_event_resumes_everyone_who_waits_for_it_and_only_those_who_waited_then()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) other", "f.L>x f.R>y x>x2", Two, "{ 'id': 'x2', 'type': 'Elsa.Event', 'eventName': 'same' }"));

        instance.Send("same");

        instance.Waiting.ShouldBe("x2");
    }

    [Fact]
    public void A_wait_that_the_first_one_cancelled_is_left_alone()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) j=Join(WaitAny) z", "f.L>x f.R>y x>j y>j j>z", Two));

        instance.Send("same").Ran.ShouldBe("j z");
    }

    [Fact]
    public void The_event_that_starts_a_workflow_counts_once_so_a_loop_back_to_it_waits()
    {
        var instance = An.Instance(An.Definition(Flow.Chart("c", "a s=Set", "a>s s>a")));
        var start = new Stimulus.Started(instance.State.Id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = instance.Now, Trigger = new("a", null) };

        instance.Do(start).Ran.ShouldBe("c a s a");

        instance.Waiting.ShouldBe("a");
    }

    [Fact]
    public void An_event_that_nobody_waits_for_changes_nothing()
    {
        var instance = An.Started(Flow.Activity("a"));

        instance.Refused(instance.Event("A")).Reason.ShouldBe(Reason.EventNotAwaited);
        instance.Send("a");
        instance.Refused(instance.Event("a")).Reason.ShouldBe(Reason.InstanceFinished);
    }
}
