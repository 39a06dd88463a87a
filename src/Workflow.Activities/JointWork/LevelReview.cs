using Workflow.Activities.Teams;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.JointWork;

/// <summary>
/// <c>Workflow.LevelReview</c>, 逐级审核: opens a work item at each level above the part, lowest first, for the team that reviews there. The last level's acceptance ends
/// <c>Accepted</c>; the first that sends back ends <c>SentBack</c>, and the next round begins at the lowest level again.
/// </summary>
public sealed class LevelReview : Activity
{
    public const string Accepted = "Accepted";
    public const string SentBack = "SentBack";

    private const string Level = "level";

    public override ActivityDescriptor Descriptor { get; } = new("Workflow.LevelReview")
    {
        Category = "Joint work",
        Summary = "Has each level above the part review it, lowest first; each accepts or sends back.",
        Waits = true,
        Inputs =
        [
            new("title", "String", IsRequired: true) { Summary = "What is to be done; the level's area is added." },
            new("instructions", "String") { Summary = "What to look at." },
            new("form", "String") { Samples = [null], Summary = "The form to fill in: a name of customProperties.forms." },
            new(AdmissionList.ItemInput, "String") { Summary = "The kind of item, of the admission list." },
        ],
        PlainMembers = ["sla", "ladder"],
    };

    public override IReadOnlyList<string> Outcomes(Node node) => [Accepted, SentBack];

    public override void Execute(ActivityContext context) => Offer(context, 0);

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        var done = ((Resumption.FromWorkItem)resumption).Result;
        if (done.Outcome == SentBack) context.Complete(SentBack);
        else Offer(context, context.Count(Level) + 1);
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        var stage = node;
        while (stage is not null && stage.Type is not ClosedLoop.Stage) stage = stage.Parent;
        if (stage is null || ClosedLoop.ClosedLoop.StageOf(stage) != StageName.PostEvaluation) check.Error(node.Pointer, "post-evaluation around a review", stage is null ? "none" : "another stage");
        TeamActivity.CheckForm(node, check);
        SlaDeclaration.Check(node, check);
        LadderDeclaration.Check(node, check);
    }

    private static void Offer(ActivityContext context, int level)
    {
        var levels = context.Task.ReviewLevels();
        if (levels.Count == 0) throw ActivityContext.Fault($"no team above {context.Task.Place.AreaName} reviews it");
        if (level >= levels.Count)
        {
            context.Complete(Accepted);
            return;
        }
        context.SetCount(Level, level);
        context.Task.Offer(levels[level].Team, new(
            $"{context.Text("title")}（{levels[level].AreaName}）", context.Text("instructions") ?? context.Task.Assignment, TeamActivity.FindForm(context),
            System.Collections.Immutable.ImmutableSortedDictionary<Engine.WorkItems.EvidenceKind, int>.Empty, [Accepted, SentBack]));
    }
}
