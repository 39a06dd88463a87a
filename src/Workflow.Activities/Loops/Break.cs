using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Loops;

/// <summary><c>Elsa.Break</c>: ends the nearest loop when what runs in its body has completed.</summary>
public sealed class Break : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Break")
    {
        Category = "Loops",
        Summary = "Ends the nearest loop when what runs in its body has completed.",
        IsTerminal = true,
    };

    public override void Execute(ActivityContext context)
    {
        context.Send(new LoopEnding());
        context.Complete();
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        var loop = node.Parent;
        while (loop is not null && loop.Type is not Loop) loop = loop.Parent;
        if (loop is null) check.Problems.Warn(node.Pointer, "a loop around it", "none; it ends its container only");
    }
}
