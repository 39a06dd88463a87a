using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.Limits;

/// <summary>What goes beyond a limit is an incident that names the setting; nothing runs on for ever.</summary>
public class InstanceLimitTests
{
    private const string Circle = "{ 'id': 'x', 'type': 'Elsa.DispatchWorkflow', 'workflowDefinitionId': 'other' }";
    private const string Publish = "{ 'id': 'x', 'type': 'Elsa.PublishEvent', 'eventName': 'again' }";
    private const string Wait = "{ 'id': 'a', 'type': 'Elsa.ExecuteWorkflow', 'workflowDefinitionId': 'other', 'waitForCompletion': true }";

    [Fact]
    public void A_loop_without_a_wait_ends_at_the_configured_number_of_activities()
    {
        var instance = With(new() { Activities = 50 }, Compiled("{ 'id': 'w', 'type': 'Elsa.While', 'condition': true, 'body': { 'id': 's', 'type': 'Elsa.WriteLine', 'text': 'on' } }")).Start();

        instance.Facts.OfType<Fact.LineWritten>().Count().ShouldBe(49);
        instance.State.Incidents.ShouldHaveSingleItem().Message.ShouldBe("expected at most 50 activities in one burst, found one more: a loop without a wait (setting Instances:Activities)");
    }

    [Fact]
    public void What_waits_too_often_is_an_incident_each_and_what_waited_before_goes_on()
    {
        var instance = With(new() { Waits = 3 }, An.Definition(
            $"{{ 'id': 'p', 'type': 'Elsa.ParallelForEach', 'items': {Items(5)}, 'body': {{ 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'go' }} }}")).Start();

        instance.Waiting.ShouldBe("e e e");
        instance.State.Incidents.Select(incident => incident.Message).ShouldBe(Enumerable.Repeat("expected at most 3 waits of one instance, found one more (setting Instances:Waits)", 2));
    }

    [Fact]
    public void An_activity_that_asks_for_one_wait_too_many_starts_nothing()
    {
        var instance = With(new() { Waits = 3 }, An.Definition($"{{ 'id': 'b', 'type': 'Elsa.BulkDispatchWorkflows', 'workflowDefinitionId': 'other', 'items': {Items(4)} }}")).Start();

        instance.State.Incidents.ShouldHaveSingleItem().Message.ShouldContain("Instances:Waits");
        instance.Waiting.ShouldBeEmpty();
        instance.Facts.OfType<Fact.EffectWithdrawn>().Select(fact => fact.Effect).ShouldBe(Requested(instance).Select(effect => effect.Id), ignoreOrder: true);
    }

    [Fact]
    public void More_instances_that_wait_for_one_another_than_configured_are_a_circle()
    {
        Scenario At(int depth)
        {
            var instance = With(new() { WaitingInstances = 2 }, An.Definition(Wait));
            return instance.Do(Started(instance, 0) with { Parent = new(new(Guid.Empty), 1, depth) });
        }

        At(1).State.Incidents.ShouldBeEmpty();
        At(2).State.Incidents.ShouldHaveSingleItem().Message.ShouldBe(
            "expected at most 2 instances that wait for one another, found one more: workflows that start each other in a circle (setting Instances:WaitingInstances)");
    }

    [Theory]
    [InlineData(Circle)]
    [InlineData(Publish)]
    [InlineData("{ 'id': 'x', 'type': 'Elsa.BulkDispatchWorkflows', 'workflowDefinitionId': 'other', 'waitForCompletion': false, 'items': { 'typeName': 'Object', 'expression': { 'type': 'Object', 'value': '[1]' } } }")]
    public void The_last_generation_starts_no_other(string root)
    {
        var allowed = Generation(root, 4);
        var last = Generation(root, 5);

        allowed.State.Incidents.ShouldBeEmpty();
        allowed.State.Status.ShouldBe(InstanceStatus.Finished);
        last.State.Incidents.ShouldHaveSingleItem().Message.ShouldBe(
            "expected at most 5 starts of workflows by one another in a row without a timer, an event from outside or a person between them, "
            + "found one more: workflows that start each other in a circle (setting Instances:Generations)");
        Requested(last).ShouldBeEmpty();
    }

    [Fact]
    public void What_an_instance_starts_is_one_generation_younger_and_its_event_is_of_its_own()
    {
        StartedBy(Generation(Circle, 3)).ShouldBe(4);
        Requested(Generation(Publish, 3)).Single().Read<PublishedEvent>().Generation.ShouldBe(3);
    }

    [Fact]
    public void An_event_to_the_instance_itself_starts_nothing_and_is_not_refused() =>
        Generation("{ 'id': 'x', 'type': 'Elsa.PublishEvent', 'eventName': 'again', 'isLocalEvent': true }", 5).State.Status.ShouldBe(InstanceStatus.Finished);

    [Theory]
    [InlineData("00:00:01", 1)]
    [InlineData("00:00:00", 5)]
    public void A_timer_lies_outside_unless_it_is_none(string span, int generation)
    {
        var instance = Generation(Flow.Sequence("s", Flow.Activity($"d=Delay({span})"), Circle), 4);
        var timer = instance.NextTimer!.Value;
        instance.Now = timer.At;

        instance.Do(instance.Timer(timer.Key));

        StartedBy(instance).ShouldBe(generation);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    public void An_event_brings_the_generation_of_its_publisher(int publisher, int generation)
    {
        var instance = Generation(Flow.Sequence("s", Flow.Activity("e"), Circle), 4);

        instance.Do(instance.Event("e") with { Generation = publisher });

        StartedBy(instance).ShouldBe(generation);
    }

    [Fact]
    public void The_result_of_an_effect_does_not_come_from_outside()
    {
        var instance = Generation(Flow.Sequence("s", "{ 'id': 'a', 'type': 'Elsa.FlowSendHttpRequest', 'url': 'https://api.example' }", Circle), 4);

        instance.Do(new Stimulus.EffectFailed(Requested(instance).Single().Id, "no line") { At = instance.Now });

        StartedBy(instance).ShouldBe(5);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(0, 1)]
    public void A_child_that_waited_for_the_outside_brings_it_to_its_parent(int end, int generation)
    {
        var instance = Generation(Flow.Sequence("s", Wait, Circle), 4);
        var child = new ChildResult(new(Guid.Empty), InstanceStatus.Finished, ImmutableDictionary<string, JsonElement>.Empty);

        instance.Do(new Stimulus.ChildEnded(Requested(instance).Single().Id, child) { At = instance.Now, Generation = end });

        StartedBy(instance).ShouldBe(generation);
    }

    [Fact]
    public void A_child_tells_its_parent_of_which_generation_its_end_is()
    {
        var instance = With(new(), An.Definition("{ 'id': 'l', 'type': 'Elsa.WriteLine', 'text': 'end' }"));

        instance.Do(Started(instance, 7) with { Parent = new(new(Guid.Empty), 1) });

        Requested(instance).Single().Read<TellParent>().Generation.ShouldBe(7);
    }

    /// <summary>An instance that was started in this generation, of five.</summary>
    private static Scenario Generation(string root, int generation)
    {
        var instance = With(new() { Generations = 5 }, An.Definition(root));
        return instance.Do(Started(instance, generation));
    }

    private static Scenario With(InstanceLimits limits, WorkflowDefinition definition) => new(definition) { World = An.World with { Limits = limits } };

    private static WorkflowDefinition Compiled(string root) => An.Reader.Compile($"{{ 'definitionId': 'test', 'root': {root} }}".Replace('\'', '"'), new()).ShouldNotBeNull();

    private static string Items(int count) => $"{{ 'typeName': 'Object', 'expression': {{ 'type': 'JavaScript', 'value': '[{string.Join(',', Enumerable.Range(1, count))}]' }} }}";

    private static Stimulus.Started Started(Scenario instance, int generation) =>
        new(instance.State.Id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = instance.Now, Generation = generation };

    private static IEnumerable<EffectRequest> Requested(Scenario instance) => instance.Facts.OfType<Fact.EffectRequested>().Select(fact => fact.Effect);

    private static int StartedBy(Scenario instance) => Requested(instance).Single().Read<StartChild>().Generation;
}
