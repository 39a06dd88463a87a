using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>What the facts about a work item change in it. Every change of its status is one of <see cref="WorkItemChanges"/>.</summary>
internal static class WorkItemFacts
{
    /// <summary>The item that a fact is about; null for a fact about something else.</summary>
    public static int? ItemOf(Fact fact) => fact switch
    {
        Fact.ItemClaimed claimed => claimed.Item,
        Fact.ItemReleased released => released.Item,
        Fact.ItemCompleted completed => completed.Item,
        Fact.ItemWithdrawn withdrawn => withdrawn.Item,
        Fact.ItemNotNeeded spared => spared.Item,
        Fact.SignDecided decided => decided.Item,
        Fact.ItemUrged urged => urged.Item,
        Fact.ItemEvidenceAttached attached => attached.Item,
        Fact.ItemMoved moved => moved.Item,
        Fact.ItemReassigned reassigned => reassigned.Item,
        Fact.PauseDecided decided => decided.Item,
        Fact.PauseCapMoved moved => moved.Item,
        Fact.ItemUrgedBy urged => urged.Item,
        Fact.ExtensionAsked asked => asked.Item,
        Fact.ExtensionDecided decided => decided.Item,
        Fact.ItemCopied copied => copied.Item,
        Fact.ItemCommented commented => commented.Item,
        _ => LadderFacts.ItemOf(fact),
    };

    public static WorkItem Apply(WorkItem item, Fact fact, DateTimeOffset at) => fact switch
    {
        Fact.ItemClaimed claimed => WorkItemChanges.Move(item, WorkItemCommand.Claim, new WorkItemState.Claimed(claimed.By, at)) with { For = claimed.For, FirstClaimedAt = item.FirstClaimedAt ?? at },
        Fact.ItemReleased => WorkItemChanges.Move(item, WorkItemCommand.Release, item.Signing?.Offer ?? WorkItemState.Offered.Instance) with { For = null },
        Fact.ItemCompleted done => WorkItemChanges.Move(item, WorkItemCommand.Complete, new WorkItemState.Done(done.By, at, done.Outcome, done.Values)) with { For = done.For },
        Fact.ItemWithdrawn => WorkItemChanges.Move(item, WorkItemCommand.Cancel, new WorkItemState.Withdrawn(at)),
        Fact.ItemNotNeeded => WorkItemChanges.Move(item, WorkItemCommand.Settle, new WorkItemState.NotNeeded(at)),
        Fact.SignDecided decided => item with { Signing = item.Signing! with { Decision = decided.Decision } },
        Fact.ItemUrged => item with { UrgedAt = at },
        Fact.ItemEvidenceAttached attached => item with { Evidence = item.Evidence.Add(attached.Evidence) },
        Fact.ItemMoved moved => Remember(WorkItemChanges.Move(item, moved.Command, moved.After.State) with { Team = moved.After.Team, For = moved.After.State is WorkItemState.Offered ? moved.After.For : moved.For ?? item.For }, moved, at),
        Fact.ItemReassigned reassigned => Reassigned(WorkItemChanges.Move(item, WorkItemCommand.Reassign, reassigned.After.State) with { Team = reassigned.After.Team, For = reassigned.After.For }, reassigned, at),
        Fact.PauseDecided decided => Decide(item, decided, at),
        Fact.PauseCapMoved moved => WithPause(item, pause => pause with { CapsAt = moved.After }),
        Fact.ItemUrgedBy urged => (item with { UrgedAt = at }).WithHistory(history => history with { Urgings = history.Urgings.Add(new(urged.By, at, urged.Note)) }),
        Fact.ExtensionAsked asked => (item with { Revision = item.Revision + 1 }).WithHistory(history => history with
        {
            Extensions = history.Extensions.Add(new(asked.Clock, asked.Amount, asked.Reason, asked.By, at)),
        }),
        Fact.ExtensionDecided decided => (item with { Revision = item.Revision + 1 }).WithHistory(history => history with
        {
            Extensions = history.Extensions.SetItem(history.Extensions.Length - 1, history.Extensions[^1] with { Decision = new(decided.IsApproved, decided.By, at, decided.Reason) }),
        }),
        Fact.ItemCopied copied => item.WithHistory(history => history with { Copies = history.Copies.Add(new(copied.Number, copied.To, copied.By, at)) }),
        Fact.ItemCommented commented => item.WithHistory(history => history with { Comments = history.Comments.Add(new(commented.By, at, commented.Text)) }),
        _ => LadderFacts.Apply(item, fact, at),
    };

    private static WorkItem Remember(WorkItem item, Fact.ItemMoved moved, DateTimeOffset at) => (moved.Command, moved.Before.State, moved.After.State) switch
    {
        (WorkItemCommand.Decline, _, _) => item.WithHistory(history => history with
        {
            Declines = history.Declines.Add(new(moved.By, moved.Before.Team, moved.Reason!, moved.Proposed!, at)),
        }),
        (WorkItemCommand.Transfer, _, var after) => Transferred(item, moved, after, at),
        (WorkItemCommand.Rule, WorkItemState.Disputed disputed, _) => item.WithHistory(history => history with
        {
            Ruling = new(moved.By, disputed.Arbiter, moved.After.Team, moved.Reason!, at),
        }),
        (WorkItemCommand.Delegate, _, WorkItemState.Delegated delegated) => item.WithHistory(history => history with
        {
            Delegations = history.Delegations.Add(new(delegated.For, delegated.By, at, moved.Reason)),
        }),
        (WorkItemCommand.GiveBack, _, _) => EndDelegation(item, moved.Reason, at),
        (WorkItemCommand.Suspend, _, _) when moved.Pause is { } pause => item.WithHistory(history => history with { Pauses = history.Pauses.Add(pause) }),
        (WorkItemCommand.Resume, _, _) => EndPause(item, at),
        _ => item,
    };

    private static WorkItem Transferred(WorkItem item, Fact.ItemMoved moved, WorkItemState after, DateTimeOffset at)
    {
        // Whoever gives a delegated item away ends the delegation with it, and whoever gets a signer's part signs in the signer's place.
        if (moved.Before.State is WorkItemState.Delegated) item = EndDelegation(item, moved.Reason, at);
        if (after is WorkItemState.Offered offered && item.Signing is { } part) item = item with { Signing = part with { Person = offered.To, Role = null } };
        return GivenAway(item, moved.Before.Team, moved.After.Team, at);
    }

    private static WorkItem Reassigned(WorkItem item, Fact.ItemReassigned fact, DateTimeOffset at)
    {
        if (fact.Before.State is WorkItemState.Delegated) item = EndDelegation(item, null, at);
        return GivenAway(item, fact.Before.Team, fact.After.Team, at) with { Assignment = fact.Assignment ?? item.Assignment };
    }

    private static WorkItem GivenAway(WorkItem item, Team from, Team to, DateTimeOffset at) => item.WithHistory(history => history with
    {
        Transfers = history.Transfers + 1,
        Left = from.Id == to.Id ? history.Left : [.. history.Left ?? [], new(from, at)],
    });

    /// <summary>A pause that is refused ends the suspension: the clocks never stopped, and the holder goes on.</summary>
    private static WorkItem Decide(WorkItem item, Fact.PauseDecided fact, DateTimeOffset at)
    {
        WorkItemState after = !fact.IsApproved && item.State is WorkItemState.Suspended suspended ? new WorkItemState.Claimed(suspended.By, at) : item.State;
        var decided = WithPause(WorkItemChanges.Move(item, WorkItemCommand.DecidePause, after), pause => pause with { Decision = new(fact.IsApproved, fact.By, at, fact.Reason) });
        return after.Status == item.Status ? decided : EndPause(decided, at);
    }

    private static WorkItem EndPause(WorkItem item, DateTimeOffset at) =>
        item.History?.Pauses is [.., { EndedAt: null }] ? WithPause(item, pause => pause with { EndedAt = at }) : item;

    /// <summary>Changes the last pause.</summary>
    private static WorkItem WithPause(WorkItem item, Func<ItemPause, ItemPause> change) => item.WithHistory(history => history with
    {
        Pauses = history.Pauses.SetItem(history.Pauses.Length - 1, change(history.Pauses[^1])),
    });

    private static WorkItem EndDelegation(WorkItem item, string? result, DateTimeOffset at) => item.WithHistory(history => history with
    {
        Delegations = history.Delegations.SetItem(history.Delegations.Length - 1, history.Delegations[^1] with { EndedAt = at, Result = result }),
    });
}
