using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Composition;

/// <summary><c>Elsa.Finish</c>: ends the workflow at once; what runs, waits or is queued is dropped.</summary>
public sealed class Finish : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Finish")
    {
        Category = "Composition",
        Summary = "Ends the workflow at once; what runs, waits or is queued is dropped.",
        IsExit = true,
        IsTerminal = true,
    };

    public override void Execute(ActivityContext context) => context.FinishWorkflow();

    public override void Check(Node node, DefinitionCheck check)
    {
        if (check.Definition.IsTask) check.Error(node.Pointer, "no way to end a task but through its stages", "Elsa.Finish");
    }
}
