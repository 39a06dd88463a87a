using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Instances;
using static Workflow.Engine.WorkItems.WorkItemCommand;
using static Workflow.Engine.WorkItems.WorkItemStatus;

namespace Workflow.Engine.WorkItems;

/// <summary>One row of the table of legal changes.</summary>
/// <param name="To">Where the item may stand afterwards; the command decides which.</param>
public sealed record WorkItemChange(WorkItemStatus From, WorkItemCommand Command, ImmutableArray<WorkItemStatus> To);

/// <summary>
/// The table of legal changes: status × command → status. Nothing else moves a work item; <c>docs/work-items.md</c> shows this table, and a test keeps it so.
/// </summary>
public static class WorkItemChanges
{
    /// <summary>Statuses in which somebody still has to do something.</summary>
    private static readonly ImmutableArray<WorkItemStatus> Open = [Offered, Claimed, Delegated, Suspended, Disputed];

    /// <summary>Where a signer's part of a joint sign may stand while it is open: nobody declines it.</summary>
    private static readonly ImmutableArray<WorkItemStatus> Signing = [Offered, Claimed, Delegated, Suspended];

    public static ImmutableArray<WorkItemChange> Table { get; } =
    [
        new(Offered, Claim, [Claimed]),
        new(Offered, WorkItemCommand.Decline, [Offered, Disputed]),
        new(Disputed, Rule, [Offered]),
        new(Claimed, Release, [Offered]),
        new(Claimed, Attach, [Claimed]),
        new(Delegated, Attach, [Delegated]),
        new(Claimed, Complete, [Done]),
        new(Offered, Transfer, [Offered]),
        new(Claimed, Transfer, [Offered]),
        new(Delegated, Transfer, [Offered]),
        new(Claimed, WorkItemCommand.Delegate, [Delegated]),
        new(Delegated, GiveBack, [Claimed]),
        new(Claimed, Return, [Returned]),
        new(Done, Withdraw, [TakenBack]),
        new(Claimed, Suspend, [Suspended]),
        new(Suspended, Resume, [Claimed]),
        .. Open.Select(status => new WorkItemChange(status, DecidePause, status == Suspended ? [Suspended, Claimed] : [status])),
        new(Claimed, AskExtension, [Claimed]),
        .. Open.Select(status => new WorkItemChange(status, DecideExtension, [status])),
        .. Open.Select(status => new WorkItemChange(status, Urge, [status])),
        .. Enum.GetValues<WorkItemStatus>().Select(status => new WorkItemChange(status, Copy, [status])),
        .. Enum.GetValues<WorkItemStatus>().Select(status => new WorkItemChange(status, Comment, [status])),
        .. Signing.Select(status => new WorkItemChange(status, AddSigner, [status])),
        .. Signing.Select(status => new WorkItemChange(status, RemoveSigner, [Removed])),
        .. Open.Select(status => new WorkItemChange(status, Cancel, [Withdrawn])),
        new(Offered, Reassign, [Offered]),
        new(Claimed, Reassign, [Offered]),
        new(Delegated, Reassign, [Offered]),
        .. Signing.Select(status => new WorkItemChange(status, Settle, [NotNeeded])),
    ];

    private static readonly FrozenDictionary<(WorkItemStatus, WorkItemCommand), WorkItemChange> ByKey = Table.ToFrozenDictionary(change => (change.From, change.Command));

    public static bool IsOpen(this WorkItemStatus status) => Open.Contains(status);

    public static bool IsLegal(WorkItemStatus from, WorkItemCommand command) => ByKey.ContainsKey((from, command));

    /// <summary>Why a command is not for an item that stands there; null when it is.</summary>
    public static Rejection? Refuse(WorkItem item, WorkItemCommand command)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (IsLegal(item.Status, command)) return null;
        var expected = string.Join(" or ", Table.Where(change => change.Command == command).Select(change => Word(change.From)));
        var why = item.State switch
        {
            WorkItemState.Claimed claimed when command == Claim => new Rejection(Reason.AlreadyClaimed, "an item that nobody has claimed", $"claimed by {claimed.By.Name}"),
            _ => new(item.IsOpen ? Reason.ChangeNotLegal : Reason.AlreadyDone, $"an item that is {expected}", $"one that is {Word(item.Status)}"),
        };
        return why with { Rule = $"legal-changes/{Word(item.Status)}/{Word(command)}" };
    }

    /// <summary>Guards every change of a status: one that is not in the table is our own bug.</summary>
    internal static WorkItem Move(WorkItem item, WorkItemCommand command, WorkItemState to) =>
        ByKey.TryGetValue((item.Status, command), out var change) && change.To.Contains(to.Status)
            ? item with { State = to, Revision = item.Revision + 1 }
            : throw new InvariantBrokenException($"a work item may not change from {item.Status} to {to.Status} by {command}");

    internal static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
