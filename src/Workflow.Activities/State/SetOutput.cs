using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.State;

/// <summary><c>Elsa.SetOutput</c>: gives an output of the workflow a value.</summary>
public sealed class SetOutput : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.SetOutput")
    {
        Category = "Values",
        Summary = "Gives an output of the workflow a value.",
        Inputs = [new("outputName", "String") { Summary = "Name of the output." }, new("outputValue", "Object") { Summary = "The value." }],
    };

    public override void Check(Node node, DefinitionCheck check)
    {
        if (node.LiteralText("outputName") is { } name && !check.OutputsAround(node).Contains(name))
            check.Warn(node.Inputs["outputName"].Pointer, "an output that the workflow declares", $"'{name}'");
    }

    public override void Execute(ActivityContext context)
    {
        var name = context.Text("outputName") ?? throw ActivityContext.Fault("input 'outputName': expected the name of an output, found nothing");
        context.SetWorkflowOutput(name, context.Input("outputValue") ?? Values.From<string?>(null));
        context.Complete();
    }
}
