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
        Category = "Control flow",
        Summary = "Brings branches of a flowchart together.",
        Inputs = [new("mode", "String") { Summary = "For which branches it waits; WaitAny without it.", Options = ["WaitAll", "WaitAllActive", "WaitAny"] }],
    };

    public override void Execute(ActivityContext context)
    {
        context.Send(new JoinReached(context.Node));
        // A join behind this one may have run in consequence, and ended this one.
        if (context.IsAlive) context.Complete();
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (node.Inputs.ContainsKey("mode") && node.Literal("mode") is null) check.Error($"{node.Pointer}/mode", "a mode that stands in the document", "an expression");
    }

    internal static FlowJoinMode ModeOf(Node join) => join.Derive(static node => Values.ToEnum<FlowJoinMode>(node.LiteralText("mode")) ?? FlowJoinMode.WaitAny);
}

/// <summary>A join runs: as in Elsa its flowchart ends whatever still runs on a way to it, in every mode of the join.</summary>
internal sealed record JoinReached(Node Join) : Signal;
