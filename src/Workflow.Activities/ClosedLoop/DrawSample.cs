using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ClosedLoop;

/// <summary>
/// <c>Workflow.DrawSample</c>: draws whether inspection looks at the task, at the rate of <c>evaluation.sample</c>, and goes on at <c>Drawn</c> or
/// <c>NotDrawn</c>. Ordered, repeated, complained and returned tasks are always drawn, see <see cref="Sampling"/>.
/// </summary>
public sealed class DrawSample : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Workflow.DrawSample")
    {
        Category = "Closed loop",
        Summary = "Draws whether inspection looks at the task: at the rate of evaluation.sample; ordered, repeated, complained and returned tasks always.",
        Outputs = ["result"],
    };

    public override IReadOnlyList<string> Outcomes(Node node) => ["Drawn", "NotDrawn"];

    public override void Execute(ActivityContext context)
    {
        var declared = EvaluationDeclaration.Of(context.Definition) ?? throw ActivityContext.Fault("expected evaluation.sample on the root, found nothing");
        var draw = context.Task.DrawSample(declared);
        var isDrawn = context.Found(draw.IsDrawn);
        context.SetOutput("result", Engine.Expressions.Values.From(isDrawn));
        context.Complete(isDrawn ? "Drawn" : "NotDrawn");
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        PostEvaluationRules.CheckStage(node, check);
        if (check.Definition.Root.Plain("evaluation")?.Text("sample") is null) check.Error($"{check.Definition.Root.Pointer}/evaluation/sample", $"the rate at which '{node.ActivityId}' draws", "nothing");
    }
}

/// <summary>What the activities of a post-evaluation have in common.</summary>
internal static class PostEvaluationRules
{
    public static void CheckStage(Node node, DefinitionCheck check)
    {
        var stage = node;
        while (stage is not null && stage.Type is not Stage) stage = stage.Parent;
        var name = stage is null ? null : ClosedLoop.StageOf(stage);
        if (name != StageName.PostEvaluation) check.Error(node.Pointer, "post-evaluation around it", name?.ToString() ?? "no stage");
    }
}
