using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary><c>Elsa.Sequence</c>: runs its activities one after another.</summary>
public sealed class Sequence : Activity
{
    private const string Next = "next";

    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Sequence") { HasActivities = true };

    public override void Execute(ActivityContext context) => Advance(context);

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) => Advance(context);

    private static void Advance(ActivityContext context)
    {
        var next = context.Count(Next);
        if (next == context.Node.Activities.Length)
        {
            context.Complete();
            return;
        }
        context.SetCount(Next, next + 1);
        context.Schedule(context.Node.Activities[next]);
    }
}
