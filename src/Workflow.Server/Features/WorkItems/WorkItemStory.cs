using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Features.WorkItems;

/// <param name="Rule">The row of a table or the rule that refuses, see docs/work-items.md.</param>
internal sealed record RefusalView(Reason Reason, string? Rule, string Detail)
{
    /// <summary>Shown to whoever would have the item if it were not for a rule.</summary>
    public static RefusalView? OfClaim(WorkflowInstance task, WorkItem item, Actor viewer) =>
        item.Status == WorkItemStatus.Offered && WorkItemActions.Refuse(task, item, WorkItemCommand.Claim, viewer) is { Reason: not Reason.NotCandidate } why
            ? new(why.Reason, why.Rule, $"Expected {why.Expected}, found {why.Found}.")
            : null;
}

internal sealed record ReturnTargetView(string Key, StageName Stage, string? Title);

/// <summary>What an item waits for that is delegated, suspended or disputed.</summary>
internal sealed record ItemWaitView(Person? Person, string? TeamName, string? Reason, string? Note, DateTimeOffset Since)
{
    public static ItemWaitView? Of(WorkItem item) => item.State switch
    {
        WorkItemState.Delegated delegated => new(delegated.By, null, null, item.History?.Delegations[^1].Note, delegated.Since),
        WorkItemState.Suspended suspended => new(suspended.By, null, suspended.Reason, suspended.Note, suspended.Since),
        WorkItemState.Disputed disputed => new(null, disputed.Arbiter.Name, null, null, disputed.Since),
        _ => null,
    };
}

/// <summary>A request for more time that nobody has decided.</summary>
internal sealed record ExtensionView(string Amount, string Reason, Person By, DateTimeOffset At)
{
    public static ExtensionView? OfOpen(WorkItem item) =>
        item.History?.Extensions is [.., { Decision: null } open] ? new(open.Amount, open.Reason, open.By, open.At) : null;
}

/// <summary>One thing that was done to an item. Which members are set depends on <see cref="Command"/>.</summary>
internal sealed record HistoryEntry(DateTimeOffset At, WorkItemCommand Command, Person By)
{
    public string? Text { get; init; }

    public string? Team { get; init; }

    public Person? To { get; init; }

    public string? Amount { get; init; }

    public bool? Approved { get; init; }

    /// <summary>The reason of a pause.</summary>
    public string? Pause { get; init; }

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<HistoryEntry> Of(WorkItem item)
    {
        var history = item.History ?? new();
        var entries = new List<HistoryEntry>();
        entries.AddRange(history.Declines.Select(decline => new HistoryEntry(decline.At, WorkItemCommand.Decline, decline.By) { Text = decline.Reason, Team = decline.Proposed.Name }));
        if (history.Ruling is { } ruling) entries.Add(new(ruling.At, WorkItemCommand.Rule, ruling.By) { Text = ruling.Reason, Team = ruling.Team.Name });
        foreach (var delegation in history.Delegations)
        {
            entries.Add(new(delegation.At, WorkItemCommand.Delegate, delegation.From) { Text = delegation.Note, To = delegation.To });
            if (delegation.EndedAt is { } ended) entries.Add(new(ended, WorkItemCommand.GiveBack, delegation.To) { Text = delegation.Result, To = delegation.From });
        }
        foreach (var extension in history.Extensions)
        {
            entries.Add(new(extension.At, WorkItemCommand.AskExtension, extension.By) { Text = extension.Reason, Amount = extension.Amount });
            if (extension.Decision is { } decided) entries.Add(new(decided.At, WorkItemCommand.DecideExtension, decided.By) { Text = decided.Reason, Amount = extension.Amount, Approved = decided.IsApproved });
        }
        foreach (var pause in history.Pauses)
        {
            entries.Add(new(pause.At, WorkItemCommand.Suspend, pause.By) { Text = pause.Note, Pause = pause.Reason });
            if (pause.Decision is { } decided) entries.Add(new(decided.At, WorkItemCommand.DecidePause, decided.By) { Text = decided.Reason, Pause = pause.Reason, Approved = decided.IsApproved });
            if (pause is { EndedAt: { } over, IsRefused: false }) entries.Add(new(over, WorkItemCommand.Resume, pause.By) { Pause = pause.Reason });
        }
        entries.AddRange(history.Urgings.Select(urging => new HistoryEntry(urging.At, WorkItemCommand.Urge, urging.By) { Text = urging.Note }));
        entries.AddRange(history.Copies.Select(copy => new HistoryEntry(copy.At, WorkItemCommand.Copy, copy.By) { To = copy.To }));
        entries.AddRange(history.Comments.Select(comment => new HistoryEntry(comment.At, WorkItemCommand.Comment, comment.By) { Text = comment.Text }));
        if (item.State is WorkItemState.Returned returned) entries.Add(new(returned.At, WorkItemCommand.Return, returned.By) { Text = returned.Reason });
        if (item.Signing is { AddedBy: { } adder } part) entries.Add(new(item.OfferedAt, WorkItemCommand.AddSigner, adder) { Text = part.Reason, Team = part.Person is null ? item.Team.Name : null, To = part.Person });
        if (item.State is WorkItemState.Removed removed) entries.Add(new(removed.At, WorkItemCommand.RemoveSigner, removed.By) { Text = removed.Reason });
        if (item.State is WorkItemState.TakenBack taken) entries.Add(new(taken.At, WorkItemCommand.Withdraw, taken.By) { Text = taken.Reason });
        return [.. entries.OrderBy(entry => entry.At)];
    }
}
