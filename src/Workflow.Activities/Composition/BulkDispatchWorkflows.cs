using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Composition;

/// <summary>
/// <c>Elsa.BulkDispatchWorkflows</c>: starts an instance for each item and, unless told otherwise, waits for the end of all. For each that ends it
/// runs <c>childCompleted</c> or <c>childFaulted</c>, which see it as <c>ChildInstance</c>.
/// </summary>
public sealed class BulkDispatchWorkflows : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.BulkDispatchWorkflows")
    {
        Category = "Composition",
        Summary = "Starts an instance for each item and, unless told otherwise, waits for the end of all.",
        TakesEveryPort = true,
        Provides = ["ChildInstance"],
        Inputs =
        [
            Children.Workflow, new("items", "Object", IsRequired: true) { Samples = Loops.Loop.SampleLists, Summary = "A list, or a text that holds one as JSON." },
            new("defaultItemInputKey", "String") { Summary = "The input that receives the item; without it an object gives its members, anything else goes to Item." },
            Children.Correlation, new("correlationIdFunction", "Object") { Summary = "Kept for Elsa; not used here." }, Children.Input,
            new("waitForCompletion", "Boolean") { Summary = "False: goes on at once; true without it." }, Children.NewTrace, Children.Channel,
        ],
        ChildPorts = ["childCompleted", "childFaulted"],
    };

    public override IReadOnlyList<string> Outcomes(Node node) => ["Completed", "Canceled", "Done"];

    public override bool CanWait(Node node) => node.Literal("waitForCompletion") is not { } literal || Values.IsTrue(literal);

    public override void Check(Node node, DefinitionCheck check) => Children.CheckStartsAnother(node, check);

    public override void Execute(ActivityContext context)
    {
        var definition = context.Text("workflowDefinitionId") ?? throw ActivityContext.Fault("input 'workflowDefinitionId': expected the id of a definition, found nothing");
        var waits = context.Input("waitForCompletion") is not { } given || Values.IsTrue(given);
        var common = Children.InputOf(context.Input("input"));
        foreach (var item in Loops.Loop.Items(context))
            context.StartChild(definition, null, common.SetItems(InputOf(context, item)), context.Text("correlationId"), waits);
        if (!context.HasWaits) context.Complete("Completed", "Done");
    }

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        var child = ((Resumption.FromChild)resumption).Child;
        var port = child.Status == InstanceStatus.Finished ? "childCompleted" : "childFaulted";
        if (context.Node.Ports.TryGetValue(port, out var activity))
            context.Schedule(activity, ImmutableDictionary<string, JsonElement>.Empty.Add("ChildInstance", Children.ResultOf(child)));
        else CompleteWhenAllAreDone(context);
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) => CompleteWhenAllAreDone(context);

    private static void CompleteWhenAllAreDone(ActivityContext context)
    {
        if (!context.HasWaits && !context.HasActiveChildren) context.Complete("Completed", "Done");
    }

    private static ImmutableDictionary<string, JsonElement> InputOf(ActivityContext context, JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && context.Text("defaultItemInputKey") is null
            ? Children.InputOf(item)
            : ImmutableDictionary<string, JsonElement>.Empty.Add(context.Text("defaultItemInputKey") ?? "Item", item);
}
