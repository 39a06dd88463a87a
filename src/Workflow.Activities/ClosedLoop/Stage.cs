using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ClosedLoop;

/// <summary><c>Workflow.Stage</c>: one of the five. Ends <c>Done</c> when its body completes, or as <see cref="EndStage"/> says.</summary>
public sealed class Stage : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Workflow.Stage")
    {
        Category = "Closed loop",
        Summary = "One of the five stages; ends Done when its body completes, or as an EndStage says.",
        ChildPorts = ["body"],
        RequiredPorts = ["body"],
        PlainMembers = ["sla"],
    };

    public override bool IsStructural => true;

    public override bool MayBeginWith(Node node, Node child) => true;

    public override void Execute(ActivityContext context)
    {
        context.Task.EnterStage(ClosedLoop.StageOf(context.Node)!.Value);
        context.Schedule(context.Node.Ports["body"]);
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) =>
        End(context, new(StageOutcome.Done, null, null));

    public override bool Signalled(ActivityContext context, Signal signal)
    {
        var ending = signal switch
        {
            StageEnding given => given,
            StageReturn returned => new StageEnding(StageOutcome.Return, returned.To, returned.Reason),
            Cancellation cancelled => new StageEnding(StageOutcome.CloseOut, null, cancelled.Reason),
            _ => null,
        };
        if (ending is null) return false;
        context.CancelChildren();
        End(context, ending);
        return true;
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (ClosedLoop.StageOf(node) is null) check.Error(node.Pointer, "a stage in a port of the closed loop", "a stage elsewhere");
        SlaDeclaration.Check(node, check);
    }

    private static void End(ActivityContext context, StageEnding ending)
    {
        context.Task.EndStage(ending.Outcome, ending.ReturnTo, ending.Reason);
        context.Complete(ending.Outcome.ToString());
    }
}

/// <summary>Tells the stage around an activity to end at once.</summary>
internal sealed record StageEnding(StageOutcome Outcome, StageName? ReturnTo, string? Reason) : Signal;
