using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.ClosedLoop;

/// <summary>Tasks with a post-evaluation to try things out in.</summary>
internal static class PostEvaluations
{
    public const string Alarms = "'alarms': { 'value': 'pm10', 'raiseAt': 150, 'clearBelow': 120 }";
    public const string Inputs = "'inputs': [ { 'name': 'pm10', 'type': 'Double' } ]";
    public const string Check = "{ 'id': 'effect', 'type': 'Workflow.EffectCheck', 'for': 'PT4H', 'within': 'PT24H', 'silence': 'PT2H' }";
    public const string Draw = "{ 'id': 'draw', 'type': 'Workflow.DrawSample' }";

    public const string Form = """
        'evaluate': { 'type': 'object', 'required': ['solved'], 'properties': {
            'solved': { 'type': 'boolean', 'figure': 'solved' },
            'cause': { 'type': 'boolean', 'figure': 'causeConfirmed' },
            'source': { 'type': 'string', 'enum': ['扬尘', '工业'], 'figure': 'sourceCategory' },
            'change': { 'type': 'string', 'figure': 'effect' },
            'benefit': { 'type': 'string', 'figure': 'ecologicalBenefit' },
            'satisfied': { 'type': 'integer', 'minimum': 1, 'maximum': 5, 'figure': 'satisfaction' },
            'lessons': { 'type': 'string', 'figure': 'lessons' } } }
        """;

    /// <summary>A task definition with this post-evaluation and these members of its root; the other stages are empty.</summary>
    public static string Document(string body, string root, string form = Form) =>
        Proof.Proved.Task(postEvaluation: body, members: $"{Inputs}, 'customProperties': {{ 'forms': {{ {form} }} }},", clock: $", {Proof.Proved.Clock}, {root}");

    public static WorkflowDefinition Evaluated(string body, string root) => An.Read(Document(body, root).Replace('\'', '"'));

    /// <summary>A task whose subject sends readings, if a value is given.</summary>
    public static Scenario Raise(WorkflowDefinition definition, double? value = 160, TaskOrigin? origin = null)
    {
        var task = Instance(definition);
        var intake = new TaskIntake("CD-2026-000123", "PM10 超限", Guixi, Priority.Normal) { SubjectKey = value is null ? null : "site-1", Origin = origin };
        return task.Do(new Stimulus.Started(task.State.Id, InputOf(value), intake) { At = task.Now });
    }

    /// <summary>Readings one after the other, this far apart, with the timers that are due between them.</summary>
    public static Scenario Readings(this Scenario task, TimeSpan apart, params double[] values)
    {
        foreach (var value in values)
        {
            var at = task.Now + apart;
            task.Until(at.ToString("O", CultureInfo.InvariantCulture));
            task.Do(new Stimulus.AlarmRepeated(InputOf(value)) { At = at });
        }
        return task;
    }

    public static ImmutableDictionary<string, JsonElement> InputOf(double? value) =>
        value is { } given ? ImmutableDictionary<string, JsonElement>.Empty.Add("pm10", JsonSerializer.SerializeToElement(given)) : ImmutableDictionary<string, JsonElement>.Empty;
}
