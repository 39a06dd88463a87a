using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary><c>Elsa.Switch</c>: runs the activity of the first case that holds, or of all that hold, or <c>default</c>.</summary>
public sealed class Switch : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Switch")
    {
        Category = "Control flow",
        Summary = "Runs the activity of the first case that holds, of all that hold, or the default.",
        HasCases = true,
        Inputs = [SwitchCases.Mode],
        ChildPorts = ["default"],
        Outputs = ["output"],
    };

    public override void Execute(ActivityContext context)
    {
        var matching = SwitchCases.Matching(context).ToList();
        var ports = matching.Count == 0 ? ["default"] : matching.Select(one => one.Port).OfType<string>();
        foreach (var port in ports)
            if (context.Node.Ports.TryGetValue(port, out var activity)) context.Schedule(activity);
        if (!context.HasActiveChildren) context.Complete();
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        if (!context.HasActiveChildren) context.Complete();
    }
}
