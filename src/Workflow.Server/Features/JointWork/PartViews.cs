using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;

namespace Workflow.Server.Features.JointWork;

internal sealed record OrderReference(string Id, string Number);

internal sealed record FeedbackView(Person? By, string Team, DateTimeOffset At, string Outcome, string? Text)
{
    public static FeedbackView? Of(PartFeedback? feedback) => feedback is null ? null : new(feedback.By, feedback.Team.Name, feedback.At, feedback.Outcome, feedback.Text);
}

internal sealed record AssistantView(string AreaName, string Team, FeedbackView? Feedback);

/// <summary>What a part's task shows of the whole.</summary>
/// <param name="Assistants">Of a lead: those whose feedback comes first.</param>
internal sealed record PartView(
    string ParentId, string RootId, string ParentNumber, PartRole Role, string Team, string Text, string? Wanted, DateTimeOffset Due, Person? HandedBy, FeedbackView? Feedback, IReadOnlyList<AssistantView> Assistants)
{
    public static PartView? Of(PartOfTask? part) => part is null ? null : new(
        part.Parent.ToString(), part.Root.ToString(), part.ParentNumber, part.Role, part.Team.Name, part.Text, part.Wanted, part.Due, part.HandedBy, FeedbackView.Of(part.Feedback),
        [.. part.Assistants.Select(one => new AssistantView(one.AreaName, one.Team.Name, FeedbackView.Of(one.Feedback)))]);
}
