using System.Collections.Immutable;
using Workflow.Activities.Loops;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary><c>Elsa.Sequence</c>: runs its activities one after another; <c>End</c> and <c>Break</c> end it early.</summary>
public sealed class Sequence : Activity
{
    private const string Next = "next";

    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Sequence")
    {
        Category = "Control flow",
        Summary = "Runs its activities one after another.",
        ListMember = "activities",
    };

    public override void Execute(ActivityContext context) => Advance(context);

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        if (child.Type.Descriptor.IsTerminal || context.State(Loop.Breaking) is not null) context.Complete();
        else Advance(context);
    }

    public override bool Signalled(ActivityContext context, Signal signal)
    {
        if (signal is LoopEnding) context.SetState(Loop.Breaking, true);
        return false;
    }

    public override bool MayReturn(Node node, Node from, Node to)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Activities.IndexOf(to) is var earlier and >= 0 && earlier < node.Activities.IndexOf(from);
    }

    public override void Return(ActivityContext context, Node from, Node to)
    {
        context.CancelChildren();
        BeginWith(context, to);
    }

    public override bool MayBeginWith(Node node, Node child) => true;

    public override void BeginWith(ActivityContext context, Node child)
    {
        context.SetCount(Next, context.Node.Activities.IndexOf(child) + 1);
        context.Schedule(child);
    }

    private static void Advance(ActivityContext context)
    {
        var next = context.Count(Next);
        if (next >= context.Node.Activities.Length)
        {
            context.Complete();
            return;
        }
        context.SetCount(Next, next + 1);
        context.Schedule(context.Node.Activities[next]);
    }
}
