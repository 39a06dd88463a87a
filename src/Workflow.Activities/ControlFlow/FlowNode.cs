using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary><c>Elsa.FlowNode</c>: runs its body as one activity of a flowchart.</summary>
public sealed class FlowNode : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.FlowNode")
    {
        Category = "Control flow",
        Summary = "Runs its body as one activity of a flowchart.",
        ChildPorts = ["body"],
    };

    public override void Execute(ActivityContext context)
    {
        if (context.Node.Ports.TryGetValue("body", out var body)) context.Schedule(body);
        else context.Complete();
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) => context.Complete();
}
