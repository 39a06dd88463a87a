using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.JointWork;

/// <summary><c>Workflow.Supervise</c>: runs its body, and reminds of the periodic feedback on the order meanwhile, each period once.</summary>
public sealed class Supervise : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Workflow.Supervise")
    {
        Category = "Joint work",
        Summary = "Runs its body and reminds of the feedback that the order asks for, each period once.",
        Waits = true,
        ChildPorts = ["body"],
        RequiredPorts = ["body"],
    };

    public override void Execute(ActivityContext context)
    {
        context.Schedule(context.Node.Ports["body"]);
        WaitForFeedback(context);
    }

    public override void Resumed(ActivityContext context, Resumption resumption) => WaitForFeedback(context);

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) => context.Complete();

    private static void WaitForFeedback(ActivityContext context)
    {
        if (context.Task.ScheduleFeedback() is { } due) context.Wait(BookmarkKind.OrderFeedback, "next", due);
    }
}
