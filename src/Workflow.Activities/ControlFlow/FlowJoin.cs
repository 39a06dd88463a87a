using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

internal enum FlowJoinMode
{
    WaitAny,
    WaitAll,
    WaitAllActive,
}

/// <summary><c>Elsa.FlowJoin</c>: brings branches of a flowchart together. The waiting is the flowchart's; see <see cref="Flowchart"/>.</summary>
public sealed class FlowJoin : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.FlowJoin")
    {
        Inputs = [new("mode", "String", Check: value => Enum.TryParse<FlowJoinMode>(Values.ToText(value), true, out _) ? null : "WaitAll, WaitAllActive or WaitAny")],
    };

    public override void Execute(ActivityContext context) => context.Complete();

    internal static FlowJoinMode ModeOf(Node node) =>
        Enum.TryParse<FlowJoinMode>(node.LiteralText("mode"), true, out var mode) ? mode : FlowJoinMode.WaitAny;
}
