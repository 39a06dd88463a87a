using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Proof;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.ClosedLoop;

/// <summary>
/// <c>Workflow.ClosedLoop</c>: the root of every task definition. Runs the five stages in order and ends only after post-evaluation.
/// <code>
/// initiation ─► response ─► analysis ─► handling ─► post-evaluation ─► end
///      ▲            ▲           ▲           ▲              │
///      └────────────┴── Return ─┴───────────┘◄── Return ───┘        CloseOut, from any of the first four: ─► post-evaluation
///                                                                    a task that goes on with a closed one begins with analysis
/// </code>
/// </summary>
public sealed class ClosedLoop : Activity
{
    private static readonly ImmutableDictionary<StageName, string> Ports = ImmutableDictionary.CreateRange<StageName, string>(
    [
        new(StageName.Initiation, "initiation"), new(StageName.Response, "response"), new(StageName.Analysis, "analysis"),
        new(StageName.Handling, "handling"), new(StageName.PostEvaluation, "postEvaluation"),
    ]);

    public override ActivityDescriptor Descriptor { get; } = new(WorkflowDefinition.ClosedLoopType)
    {
        Category = "Closed loop",
        Summary = "The root of a task: runs the five stages in order and ends only after post-evaluation.",
        ChildPorts = [.. Enum.GetValues<StageName>().Select(stage => Ports[stage])],
        RequiredPorts = [.. Ports.Values],
        PlainMembers = ["alarms", "evaluation", "ladder", "recurrence", "sla"],
    };

    /// <summary>The stage that a port of the loop holds.</summary>
    public static StageName? StageOf(Node stage)
    {
        foreach (var (name, port) in Ports)
            if (port == stage.ParentPort) return name;
        return null;
    }

    public override bool IsStructural => true;

    public override void Execute(ActivityContext context)
    {
        context.Task.StartTaskClock();
        Enter(context, context.Task.GoesOn ? StageName.Analysis : StageName.Initiation);
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        var ended = context.Task.LastVisit ?? throw new InvariantBrokenException("a stage ended that was never entered");
        switch (ended.Outcome)
        {
            case StageOutcome.Done when ended.Stage == StageName.PostEvaluation:
                context.Task.EndClocks();
                context.Complete();
                break;
            case StageOutcome.Done:
                Enter(context, ended.Stage + 1);
                break;
            case StageOutcome.Return:
                Enter(context, ended.ReturnTo!.Value);
                break;
            default:
                Enter(context, StageName.PostEvaluation);
                break;
        }
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (node.Parent is not null) check.Error(node.Pointer, $"{WorkflowDefinition.ClosedLoopType} at the root", "a closed loop inside another activity");
        foreach (var (port, child) in node.Ports)
            if (child.Type is not Stage) check.Error($"{node.Pointer}/{port}/type", "Workflow.Stage", child.Type.Descriptor.Type);
        SlaDeclaration.Check(node, check);
        LadderDeclaration.Check(node, check);
        AlarmDeclaration.Check(node, check);
        EvaluationDeclaration.Check(node, check);
        RecurrenceDeclaration.Check(node, check);
    }

    public override void Prove(DefinitionCheck check) => StageProof.Check(check);

    private static void Enter(ActivityContext context, StageName stage) => context.Schedule(context.Node.Ports[Ports[stage]]);
}
