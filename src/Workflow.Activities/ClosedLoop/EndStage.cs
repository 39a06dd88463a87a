using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ClosedLoop;

/// <summary><c>Workflow.EndStage</c>: ends its stage at once and cancels what still runs in it.</summary>
public sealed class EndStage : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Workflow.EndStage")
    {
        Category = "Closed loop",
        Summary = "Ends its stage at once: Done, back to an earlier stage, or on to post-evaluation.",
        IsExit = true,
        Inputs =
        [
            new("outcome", "String") { Summary = "How the stage ends; Done without it.", Options = Enum.GetNames<StageOutcome>() },
            new("returnTo", "String") { Summary = "The earlier stage to go back to, with outcome Return.", Options = ["initiation", "response", "analysis", "handling"] },
            new("reason", "String") { Summary = "Why, for the journal and the task page." },
        ],
        IsTerminal = true,
    };

    public override IReadOnlyList<string> Outcomes(Node node) => [];

    public override void Execute(ActivityContext context)
    {
        var outcome = Values.ToEnum<StageOutcome>(context.Text("outcome")) ?? StageOutcome.Done;
        var returnTo = outcome == StageOutcome.Return ? Values.ToEnum<StageName>(context.Text("returnTo")) : null;
        context.Send(new StageEnding(outcome, returnTo, context.Text("reason")));
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        var stage = node;
        while (stage is not null && stage.Type is not Stage) stage = stage.Parent;
        if (stage is null || ClosedLoop.StageOf(stage) is not { } name)
        {
            check.Error(node.Pointer, "a stage around it", "none");
            return;
        }
        foreach (var input in new[] { "outcome", "returnTo" })
            if (node.Inputs.ContainsKey(input) && node.Literal(input) is null)
                check.Error($"{node.Pointer}/{input}", "a value that stands in the document, so that the way of the task is known", "an expression");
        CheckOutcome(node, name, check);
    }

    private static void CheckOutcome(Node node, StageName stage, DefinitionCheck check)
    {
        switch (Values.ToEnum<StageOutcome>(node.LiteralText("outcome")) ?? StageOutcome.Done)
        {
            case StageOutcome.Return when Values.ToEnum<StageName>(node.LiteralText("returnTo")) is not { } to || !to.MayComeAfter(stage):
                check.Error($"{node.Pointer}/returnTo", stage == StageName.PostEvaluation ? "analysis or handling" : "an earlier stage", node.LiteralText("returnTo") ?? "nothing");
                break;
            case StageOutcome.CloseOut when stage == StageName.PostEvaluation:
                check.Error($"{node.Pointer}/outcome", "Done or Return in post-evaluation", "CloseOut");
                break;
            case not StageOutcome.Return when node.Inputs.ContainsKey("returnTo"):
                check.Error($"{node.Pointer}/returnTo", "returnTo together with outcome Return only", node.LiteralText("returnTo") ?? "a value");
                break;
        }
    }
}
