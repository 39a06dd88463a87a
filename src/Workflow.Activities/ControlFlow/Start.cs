using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary><c>Elsa.Start</c>: where a flowchart begins.</summary>
public sealed class Start : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Start") { Category = "Control flow", Summary = "Where a flowchart begins." };

    public override void Execute(ActivityContext context) => context.Complete();
}

/// <summary><c>Elsa.End</c>: ends the flowchart or sequence that it stands in.</summary>
public sealed class End : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.End")
    {
        Category = "Control flow",
        Summary = "Ends the flowchart or sequence that it stands in.",
        IsTerminal = true,
    };

    public override void Execute(ActivityContext context) => context.Complete();
}
