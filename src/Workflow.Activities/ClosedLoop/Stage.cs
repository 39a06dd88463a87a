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

    /// <summary>Why the stage ends, kept while it waits for parts.</summary>
    private const string Ending = "ending";

    public override bool IsStructural => true;

    public override bool MayBeginWith(Node node, Node child) => true;

    public override void Execute(ActivityContext context)
    {
        context.Task.EnterStage(ClosedLoop.StageOf(context.Node)!.Value);
        context.Schedule(context.Node.Ports["body"]);
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) =>
        EndOrWait(context, new(StageOutcome.Done, null, null));

    /// <summary>The last part that was waited for is accepted.</summary>
    public override void Resumed(ActivityContext context, Resumption resumption) => EndOrWait(context, new(StageOutcome.Done, null, context.State(Ending)?.GetString()));

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
        EndOrWait(context, ending);
        return true;
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (ClosedLoop.StageOf(node) is null) check.Error(node.Pointer, "a stage in a port of the closed loop", "a stage elsewhere");
        SlaDeclaration.Check(node, check);
    }

    /// <summary>A stage is not done before the parts that were handed down are.</summary>
    private static void EndOrWait(ActivityContext context, StageEnding ending)
    {
        if (ending.Outcome != StageOutcome.Done || !context.Task.AwaitsParts) End(context, ending);
        else if (!context.HasWaits)
        {
            if (ending.Reason is not null) context.SetState(Ending, ending.Reason);
            context.Wait(BookmarkKind.Parts, "all");
        }
    }

    private static void End(ActivityContext context, StageEnding ending)
    {
        context.Task.EndStage(ending.Outcome, ending.ReturnTo, ending.Reason);
        context.Complete(ending.Outcome.ToString());
    }
}

/// <summary>Tells the stage around an activity to end at once.</summary>
internal sealed record StageEnding(StageOutcome Outcome, StageName? ReturnTo, string? Reason) : Signal;
