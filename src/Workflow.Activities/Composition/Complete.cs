using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Composition;

/// <summary><c>Elsa.Complete</c>: ends the workflow around it, used as an activity or not, with outcomes.</summary>
public sealed class Complete : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Complete")
    {
        Category = "Composition",
        Summary = "Ends the workflow around it, used as an activity or not, with outcomes.",
        IsExit = true,
        Inputs = [new("outcomes", "Object") { Summary = "The outcome or outcomes; Done without it." }],
        IsTerminal = true,
    };

    public override void Execute(ActivityContext context)
    {
        var outcomes = OutcomesOf(context.Input("outcomes"));
        if (!context.Send(new CompositeEnding(outcomes))) context.CompleteWorkflow(outcomes);
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (check.Definition.IsTask) check.Error(node.Pointer, "no way to end a task but through its stages", "Elsa.Complete");
    }

    private static ImmutableArray<string> OutcomesOf(JsonElement? value) => value switch
    {
        null => ["Done"],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => Values.ToText(item))],
        { } one => [Values.ToText(one)],
    };
}
