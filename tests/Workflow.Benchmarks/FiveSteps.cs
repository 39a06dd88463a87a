using System.Text.Json;
using Workflow.Activities;
using Workflow.Engine.Definitions;

namespace Workflow.Benchmarks;

/// <summary>The measured definitions: five steps in a row, no task.</summary>
internal static class FiveSteps
{
    public const int Steps = 5;

    private const int PayloadBytes = 200;
    private const string SetPayload = """ "type": "Elsa.SetVariable", "variable": { "id": "payload", "typeName": "Object" }, "value": "done" """;

    public static DefinitionReader Reader { get; } = new(BuiltInActivities.Catalog(), new HashSet<string>());

    /// <summary>What comes with each event: a JSON object of 200 bytes.</summary>
    public static JsonElement Payload { get; } = JsonElement.Parse($$"""{"reading":"{{new string('7', PayloadBytes - """{"reading":""}""".Length)}}"}""");

    /// <summary>The event that begins this step.</summary>
    public static string EventOf(int step) => $"step-{step}";

    /// <summary>Five waits in a sequence: six bursts from the start to the end.</summary>
    public static WorkflowDefinition Waits() => Read($$"""
        {
          "definitionId": "five-waits", "version": 1,
          "root": { "id": "steps", "type": "Elsa.Sequence", "activities": [ {{string.Join(", ", Enumerable.Range(1, Steps).Select(step =>
              $$"""{ "id": "wait-{{step}}", "type": "Elsa.Event", "eventName": "{{EventOf(step)}}" }"""))}} ] }
        }
        """);

    /// <summary>
    /// Five steps that each race their work against their deadline. What stands for what:
    /// <list type="bullet">
    /// <item>a step: a flowchart of its own in a sequence;</item>
    /// <item>its timer: <c>Elsa.Delay</c> of a day, which never fires here;</item>
    /// <item>its work: <c>Elsa.Event</c> that waits for the event with which the next step begins and keeps the payload in a variable.
    /// Nothing comes after the last step, so <c>Elsa.SetVariable</c> is its work and it ends in the burst in which it begins;</item>
    /// <item>its end: a <c>FlowJoin</c> that takes the first branch to arrive and cancels the other, the timer.</item>
    /// </list>
    /// One start and four events: five bursts. The first four write a timer row, the last four delete one; the timer of the last step is set
    /// and cancelled within one burst and leaves only facts.
    /// </summary>
    public static WorkflowDefinition WithTimers() => Read($$"""
        {
          "definitionId": "five-steps", "version": 1,
          "variables": [ { "id": "payload", "name": "payload", "typeName": "Object" } ],
          "root": { "id": "steps", "type": "Elsa.Sequence", "activities": [ {{string.Join(", ", Enumerable.Range(1, Steps).Select(Step))}} ] }
        }
        """);

    private static string Step(int step) => $$"""
        {
          "id": "step-{{step}}", "type": "Elsa.Flowchart",
          "activities": [
            { "id": "begin-{{step}}", "type": "Elsa.FlowFork", "branches": [ "Timer", "Work" ] },
            { "id": "timer-{{step}}", "type": "Elsa.Delay", "timeSpan": "1.00:00:00" },
            { "id": "work-{{step}}", {{(step < Steps ? AwaitEventOf(step + 1) : SetPayload)}} },
            { "id": "end-{{step}}", "type": "Elsa.FlowJoin", "mode": "WaitAny" } ],
          "connections": [
            { "source": { "activity": "begin-{{step}}", "port": "Timer" }, "target": { "activity": "timer-{{step}}" } },
            { "source": { "activity": "begin-{{step}}", "port": "Work" }, "target": { "activity": "work-{{step}}" } },
            { "source": { "activity": "timer-{{step}}" }, "target": { "activity": "end-{{step}}" } },
            { "source": { "activity": "work-{{step}}" }, "target": { "activity": "end-{{step}}" } } ]
        }
        """;

    private static string AwaitEventOf(int step) =>
        $$""" "type": "Elsa.Event", "eventName": "{{EventOf(step)}}", "result": { "typeName": "Object", "memoryReference": { "id": "payload" } } """;

    public static WorkflowDefinition Read(string json)
    {
        var problems = new ProblemList();
        var definition = Reader.Read(json, problems);
        return definition is not null && problems.All.Count == 0 ? definition : throw new InvalidOperationException(string.Join('\n', problems.All));
    }
}
