using System.Text.Json;
using Workflow.Activities.Teams;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.JointWork;

/// <summary>
/// <c>Workflow.AnsweringTeam</c>: opens a work item for the team that answers for the task, of whatever kind: that of the part that was handed down, or of the order. With
/// <c>answers</c> its completion is what is fed back: a lead's waits for the assistants', an order's for the tasks that it covers.
/// </summary>
public sealed class AnsweringTeam : Activity
{
    private const string FeedbackField = "feedback";

    public override ActivityDescriptor Descriptor { get; } = new("Workflow.AnsweringTeam")
    {
        Category = "Joint work",
        Summary = "Opens a work item for the team that answers for the part or the order, and goes on at the outcome with which it is completed.",
        Waits = true,
        Inputs =
        [
            new("title", "String", IsRequired: true) { Summary = "What is to be done, in a few words." },
            new("instructions", "String") { Summary = "How; without it the text of the part or the order." },
            new("form", "String") { Samples = [null], Summary = "The form to fill in; its field 'feedback' is what is fed back." },
            new("evidence", "Object", Check: value => TeamActivity.ReadEvidence(value) is null ? TeamActivity.EvidenceForm : null) { Summary = "Evidence that is needed, such as {\"photo\": 1}." },
            new(AdmissionList.ItemInput, "String") { Summary = "The kind of item, of the admission list." },
            new("outcomes", "String[]", Check: TeamActivity.CheckOutcomes) { Summary = "What it can be completed with, its ports; Done without it." },
            new("answers", "Boolean") { Summary = "True: its completion is fed back, and comes last." },
        ],
        PlainMembers = ["sla", "ladder", "arbiter"],
        Outputs = ["result", "by"],
    };

    public override IReadOnlyList<string> Outcomes(Node node) => TeamActivity.OutcomesOf(node);

    public override void Execute(ActivityContext context)
    {
        var team = context.Task.Answering ?? throw ActivityContext.Fault($"no team answers for {context.Task.Place.AreaName} ({context.Task.Place.AreaCode})");
        context.Task.Offer(team, new(
            context.Text("title") ?? "", context.Text("instructions") ?? context.Task.Assignment, TeamActivity.FindForm(context), TeamActivity.FindEvidence(context), [.. Outcomes(context.Node)]));
    }

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        var done = ((Resumption.FromWorkItem)resumption).Result;
        if (context.Input("answers") is { ValueKind: JsonValueKind.True }) context.Task.FeedBack(done.Outcome, TextOf(done.Values));
        context.SetOutput("result", Values.From(new { outcome = done.Outcome, values = done.Values }));
        context.SetOutput("by", Values.From(done.By.UserId));
        context.Complete(done.Outcome);
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (!check.Definition.IsTask) check.Error(node.Pointer, $"a task definition (root {WorkflowDefinition.ClosedLoopType}) around it", check.Definition.Root.Type.Descriptor.Type);
        foreach (var input in new[] { "outcomes", "answers", AdmissionList.ItemInput })
            if (node.Inputs.ContainsKey(input) && node.Literal(input) is null) check.Error($"{node.Pointer}/{input}", "a value that stands in the document", "an expression");
        TeamActivity.CheckForm(node, check);
        TeamActivity.CheckArbiter(node, check);
        SlaDeclaration.Check(node, check);
        LadderDeclaration.Check(node, check);
    }

    private static string? TextOf(JsonElement? values) =>
        values is not { ValueKind: JsonValueKind.Object } form ? null
        : form.TryGetProperty(FeedbackField, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()
        : form.GetRawText();
}
