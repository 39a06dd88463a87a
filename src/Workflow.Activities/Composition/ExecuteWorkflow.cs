using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Composition;

/// <summary>
/// <c>Elsa.ExecuteWorkflow</c> and <c>Elsa.DispatchWorkflow</c>: start another instance; with <c>waitForCompletion</c> they wait for its end.
/// Its result is <c>{workflowInstanceId, status, subStatus, output}</c>.
/// </summary>
public sealed class ExecuteWorkflow(string type) : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new(type)
    {
        Category = "Composition",
        Summary = "Starts another instance, and waits for its end if told so.",
        Inputs =
        [
            Children.Workflow, Children.Correlation, Children.Input, new("waitForCompletion", "Boolean") { Summary = "True: goes on when the instance has ended; false without it." },
            Children.NewTrace, Children.Channel,
        ],
        Outputs = ["result"],
    };

    public override bool CanWait(Node node) => node.Literal("waitForCompletion") is { } literal ? Values.IsTrue(literal) : node.Inputs.ContainsKey("waitForCompletion");

    public override void Execute(ActivityContext context)
    {
        var definition = context.Text("workflowDefinitionId") ?? throw ActivityContext.Fault("input 'workflowDefinitionId': expected the id of a definition, found nothing");
        var waits = context.Input("waitForCompletion") is { } given && Values.IsTrue(given);
        var child = context.StartChild(definition, null, Children.InputOf(context.Input("input")), context.Text("correlationId"), waits);
        if (waits) return;
        context.SetOutput("result", Values.From(new { workflowInstanceId = child.ToString(), status = "Running", subStatus = "Pending" }));
        context.Complete();
    }

    public override void Check(Node node, DefinitionCheck check) => Children.CheckStartsAnother(node, check);

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        context.SetOutput("result", Children.ResultOf(((Resumption.FromChild)resumption).Child));
        context.Complete();
    }
}

/// <summary>What the activities that start other instances share.</summary>
internal static class Children
{
    public static readonly InputDescriptor Workflow = new("workflowDefinitionId", "String", IsRequired: true) { Summary = "The definition to start." };
    public static readonly InputDescriptor Correlation = new("correlationId", "String") { Summary = "Correlation id of the new instance." };
    public static readonly InputDescriptor Input = new("input", "Object") { Summary = "Its inputs, as an object." };
    public static readonly InputDescriptor NewTrace = new("startNewTrace", "Boolean") { Summary = "Kept for Elsa; not used here." };
    public static readonly InputDescriptor Channel = new("channelName", "String") { Summary = "Kept for Elsa; not used here." };

    public static void CheckStartsAnother(Node node, DefinitionCheck check)
    {
        if (node.LiteralText("workflowDefinitionId") == check.Definition.Id.DefinitionId)
            check.Problems.Warn($"{node.Pointer}/workflowDefinitionId", "another workflow", "this one, which starts itself again and again");
    }

    public static ImmutableDictionary<string, JsonElement> InputOf(JsonElement? value) => value switch
    {
        null => ImmutableDictionary<string, JsonElement>.Empty,
        { ValueKind: JsonValueKind.Object } map => map.EnumerateObject().ToImmutableDictionary(member => member.Name, member => member.Value),
        { } other => throw ActivityContext.Fault($"input 'input': expected an object with the inputs of the workflow, found {other.Describe()}"),
    };

    public static JsonElement ResultOf(ChildResult child) => Values.From(new
    {
        workflowInstanceId = child.Instance.ToString(),
        status = child.Status.IsFinal() || child.Status == InstanceStatus.Faulted ? "Finished" : "Running",
        subStatus = child.Status.ToString(),
        output = child.Output,
    });
}
