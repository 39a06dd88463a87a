using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions.Scripting;
using Workflow.Engine.Instances;
using Workflow.Engine.Tracing;

namespace Workflow.Activities.Tests.Conformance;

public class TraceTests
{
    private const string Self = "'root': { 'id': 'x', 'type': 'Elsa.ExecuteWorkflow', 'workflowDefinitionId': 'self', 'waitForCompletion': true }";

    [Fact]
    public void Workflows_that_start_one_another_in_a_circle_end_as_an_incident_of_the_last()
    {
        var definition = An.Read($"{{ 'definitionId': 'self', {Self} }}".Replace('\'', '"'));

        var row = TraceRun.Run("self.json", definition, _ => definition, [], resumes: true);

        row.Status.ShouldBe("Running");
        row.Bookmarks.ShouldHaveSingleItem().ActivityId.ShouldBe("x");
    }

    [Fact]
    public void An_instance_that_is_too_deep_starts_no_other()
    {
        var definition = An.Read($"{{ 'definitionId': 'self', {Self} }}".Replace('\'', '"'));
        var start = new Stimulus.Started(new(Guid.Parse("0199e000-0000-7000-8000-00000000000a")), System.Collections.Immutable.ImmutableDictionary<string, JsonElement>.Empty, null)
        {
            At = DateTimeOffset.UnixEpoch, Parent = new(new(Guid.Empty), 1, An.World.Limits.WaitingInstances),
        };

        var step = Transition.Apply(definition, new(start.Id, definition.Id), start, An.World).ShouldBeOfType<Step.Advanced>();

        step.After.Incidents.ShouldHaveSingleItem().Message.ShouldContain("in a circle");
        step.Facts.OfType<Fact.EffectRequested>().ShouldBeEmpty();
    }

    [Fact]
    public void The_checker_says_when_a_workflow_starts_itself()
    {
        var problems = new ProblemList();

        An.Reader.Read($"{{ 'definitionId': 'self', {Self} }}".Replace('\'', '"'), problems).ShouldNotBeNull();

        problems.All.ShouldContain(problem => problem.Pointer == "/root/workflowDefinitionId" && problem.Severity == Severity.Warning);
    }

    [Theory]
    [InlineData("'root': { 'id': 'd', 'type': 'Elsa.Delay', 'timeSpan': '10675199.02:48:05' }", "before the year 10000")]
    [InlineData("'root': { 'id': 'p', 'type': 'Elsa.ParallelForEach', 'items': { 'typeName': 'Object', 'expression': { 'type': 'JavaScript', 'value': 'new Array(20000).fill(1)' } }, 'body': { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'e' } }", "activities at once")]
    [InlineData("'variables': [ { 'name': 'n', 'typeName': 'Int32', 'value': 0 } ], 'root': { 'id': 'w', 'type': 'Elsa.While', 'condition': true, 'body': { 'id': 's', 'type': 'Elsa.RunJavaScript', 'script': 'for (let i = 0; i < 60000; i++) { }' } }", nameof(ScriptLimits.MaxStepsPerBurst))]
    public void What_is_too_much_for_a_burst_is_an_incident_that_names_the_limit(string members, string words)
    {
        var problems = new ProblemList();
        var definition = An.Reader.Compile($"{{ 'definitionId': 'much', {members} }}".Replace('\'', '"'), problems).ShouldNotBeNull();

        var row = TraceRun.Run("much.json", definition, _ => null, [], resumes: false);

        row.Incidents.ShouldHaveSingleItem().Message.ShouldContain(words);
    }
}
