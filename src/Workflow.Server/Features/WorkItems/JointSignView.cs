using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Features.WorkItems;

/// <summary>One signer of a joint sign, and what they have answered.</summary>
/// <param name="Item">Id of the signer's work item.</param>
/// <param name="Person">Who has answered, has it, or is named for it; null while a team has not said who of them signs.</param>
/// <param name="Role">The role that whoever signs needs.</param>
/// <param name="Revision">To be named when the signer is removed.</param>
/// <param name="MayRemove">Whether the caller may remove this signer.</param>
internal sealed record SignerView(
    string Item, string TeamName, Person? Person, string? Role, WorkItemStatus State, int Revision, Person? AddedBy, string? Outcome, JsonElement? Values, DateTimeOffset? At, bool MayRemove)
{
    public static SignerView Of(WorkflowInstance task, WorkItem part, Actor viewer)
    {
        var done = part.State as WorkItemState.Done;
        return new(
            new WorkItemId(task.Id, part.Number).ToString(), part.Team.Name, JointSigns.SignerOf(part), part.Signing!.Role, part.Status, part.Revision, part.Signing.AddedBy,
            done?.Outcome, done?.Values, done?.At, WorkItemActions.MayDo(task, part, WorkItemCommand.RemoveSigner, viewer));
    }
}

/// <param name="Percent">The share that has to agree.</param>
/// <param name="Agree">The outcome that is agreement.</param>
/// <param name="Needed">How many have to agree, of so many as count now.</param>
/// <param name="Agreed">How many have.</param>
/// <param name="Decided">The outcome that was reached; null while it is open, and where it was broken off.</param>
/// <param name="Signers">In the order in which they were named or added, those who were removed included.</param>
internal sealed record JointSignView(SignKind Rule, int Percent, string Agree, int Needed, int Agreed, string? Decided, IReadOnlyList<SignerView> Signers)
{
    public static JointSignView? Of(WorkflowInstance task, WorkItem item, Actor viewer)
    {
        if (item.Signing is not { Rule: var rule }) return null;
        var counting = JointSigns.Counting(task.WorkItems, item.Token);
        return new(
            rule.Kind, rule.Percent, rule.Agree, rule.Needed(counting.Count), counting.Count(part => part.State is WorkItemState.Done done && done.Outcome == rule.Agree),
            JointSigns.DecisionOf(task.WorkItems, item.Token)?.Outcome,
            [.. task.WorkItems.Where(part => part.Token == item.Token && part.Signing is not null).Select(part => SignerView.Of(task, part, viewer))]);
    }
}
