using System.Diagnostics;
using System.Globalization;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;

namespace Workflow.Engine.WorkItems;

/// <summary>
/// Commands on work items. Every one passes the same gate: the item is there, the person may (<see cref="WorkItemRights"/>), the item stands where the command
/// is legal (<see cref="WorkItemChanges"/>), and the person saw its last revision; whoever comes second is told so.
/// </summary>
internal static class WorkItemTransition
{
    public static Rejection? Apply(Burst burst, Stimulus.OnWorkItem command)
    {
        var by = command.By ?? throw new InvariantBrokenException("a command on a work item without a caller");
        if (burst.Draft.WorkItems.Find(candidate => candidate.Number == command.Item) is not { } item)
            return new(Reason.WorkItemUnknown, "a work item of this task", $"number {command.Item}");
        if (Refuse(new(item, burst.Draft.Task!, burst.Draft.WorkItems), command.Command, by) is { } no) return no;
        if (command.Revision != Stimulus.OnWorkItem.AnyRevision && command.Revision != item.Revision)
            return new(Reason.RevisionStale, $"revision {item.Revision}", $"revision {command.Revision}");
        if (Apply(burst, item, command, by) is { } refused) return refused;
        // Who has the step of a part has the part; a review is the business of those above.
        if (burst.Draft.Task!.Part is { } part && item.Stage != StageName.PostEvaluation && burst.Draft.WorkItems.Find(after => after.Number == item.Number)!.Team is var team && team != item.Team && team != part.Team)
            PartDesk.Follow(burst, team);
        return null;
    }

    private static Rejection? Apply(Burst burst, WorkItem item, Stimulus.OnWorkItem command, Actor by) =>
        command switch
        {
            Stimulus.WorkItemClaimed => Record(burst, new Fact.ItemClaimed(item.Number, by.Person) { For = ForWhom(item, by) }),
            Stimulus.WorkItemReleased => Record(burst, new Fact.ItemReleased(item.Number, by.Person)),
            Stimulus.EvidenceAttached attached => Attach(burst, item, attached),
            Stimulus.WorkItemCompleted completed => Complete(burst, item, completed, by),
            Stimulus.WorkItemDeclined declined => Disputes.Decline(burst, item, declined, by),
            Stimulus.WorkItemRuled ruled => Disputes.Rule(burst, item, ruled, by),
            Stimulus.WorkItemTransferred transferred => Handovers.Transfer(burst, item, transferred, by),
            Stimulus.WorkItemDelegated delegated => Handovers.Delegate(burst, item, delegated, by),
            Stimulus.WorkItemGivenBack given => Handovers.GiveBack(burst, item, given, by),
            Stimulus.WorkItemReturned returned => WaysBack.Return(burst, item, returned, by),
            Stimulus.WorkItemTakenBack taken => WaysBack.Withdraw(burst, item, taken, by),
            Stimulus.WorkItemSuspended suspended => Pauses.Suspend(burst, item, suspended, by),
            Stimulus.WorkItemResumed => Pauses.Resume(burst, item, by),
            Stimulus.PauseDecided decided => Pauses.Decide(burst, item, decided, by),
            Stimulus.ExtensionAsked asked => MoreTime.Ask(burst, item, asked, by),
            Stimulus.ExtensionDecided decided => MoreTime.Decide(burst, item, decided, by),
            Stimulus.SignersAdded added => JointSigns.Add(burst, item, added, by),
            Stimulus.SignerRemoved removed => JointSigns.Remove(burst, item, removed, by),
            Stimulus.WorkItemUrged urged => Record(burst, new Fact.ItemUrgedBy(item.Number, by.Person, urged.Note)),
            Stimulus.WorkItemCopied copied => Notes.Copy(burst, item, copied, by),
            Stimulus.WorkItemCommented commented => Notes.Comment(burst, item, commented, by),
            _ => throw new UnreachableException(),
        };

    /// <summary>Why a person may not do this to an item as it stands; null when they may. What the command itself asks for is checked when it comes.</summary>
    public static Rejection? Refuse(ItemInTask place, WorkItemCommand command, Actor by)
    {
        var illegal = WorkItemChanges.Refuse(place.Item, command);
        // That an item is over is said first: nobody may do that to it any more, whoever they are.
        if (illegal is not null && !place.Item.IsOpen) return illegal;
        return WorkItemRights.Refuse(place, command, by) ?? illegal ?? JointSigns.Refuse(place, command) ?? Disputes.Refuse(place.Item, command) ?? MoreTime.Refuse(place.Item, command) ?? Pauses.Refuse(place.Item, command);
    }

    /// <summary>Records what a command has made of an item.</summary>
    public static Rejection? Move(Burst burst, WorkItem item, WorkItemCommand command, Actor by, WorkItemStanding after, string? reason = null) =>
        Record(burst, new Fact.ItemMoved(item.Number, command, by.Person, WorkItemStanding.Of(item), after, reason) { For = ForWhom(item, by) });

    /// <summary>Whom somebody acts for: the one whose substitute they are, as the item was offered to them or as they take it up now.</summary>
    public static Person? ForWhom(WorkItem item, Actor by)
    {
        var whose = item.State is WorkItemState.Offered { To: { } only } ? only : item.State is WorkItemState.Delegated delegated && by.ActsAs(delegated.By) ? delegated.By : item.Holder;
        if (whose is null || !by.ActsAs(whose)) return null;
        return whose.UserId == by.UserId ? item.For : whose;
    }

    private static Rejection? Record(Burst burst, Fact fact)
    {
        burst.Record(fact);
        return null;
    }

    /// <summary>The same file may show two things, or two places: time, place and source belong to the piece. What is said twice is one piece.</summary>
    private static Rejection? Attach(Burst burst, WorkItem item, Stimulus.EvidenceAttached command)
    {
        if (item.Evidence.Any(command.Evidence.IsSaidAgain)) return null;
        var before = item.Evidence.Count(piece => piece.Sha256 == command.Evidence.Sha256);
        var piece = before == 0 ? command.Evidence : command.Evidence with { Id = string.Create(CultureInfo.InvariantCulture, $"{command.Evidence.Id}-{before + 1}") };
        return Record(burst, new Fact.ItemEvidenceAttached(item.Number, piece));
    }

    private static Rejection? Complete(Burst burst, WorkItem item, Stimulus.WorkItemCompleted command, Actor by)
    {
        if (!item.Content.Outcomes.Contains(command.Outcome))
            return new(Reason.OutcomeUnknown, $"one of {string.Join(", ", item.Content.Outcomes)}", $"'{command.Outcome}'");
        if (PartDesk.RefuseAnswer(burst, item) is { } early) return early;
        if (MissingEvidence(item) is { } missing) return missing;
        if (FormProblems(burst.Definition, item, command) is { Count: > 0 } problems)
            return new(Reason.ValuesInvalid, "values as the form describes them", $"{problems.Count} that do not fit", problems);

        burst.Values.ForgetMemoryOnly();
        burst.Record(new Fact.ItemCompleted(item.Number, by.Person, command.Outcome, command.Values) { For = ForWhom(item, by) });
        EvaluationDesk.Take(burst, item, command.Values, by);
        ClockDesk.EndItemClocks(burst, item.Number);
        if (item.Signing is not null)
        {
            JointSigns.Settle(burst, item);
            return null;
        }
        var done = burst.Draft.WorkItems.Find(candidate => candidate.Number == item.Number)!;
        burst.Run(item.Token, (activity, context) => activity.Resumed(context, new Resumption.FromWorkItem(done, (WorkItemState.Done)done.State)));
        return null;
    }

    private static Rejection? MissingEvidence(WorkItem item)
    {
        foreach (var (kind, wanted) in item.Content.EvidenceRequired)
        {
            var given = item.Evidence.Where(piece => piece.Kind == kind).DistinctBy(piece => piece.Sha256).Count();
            if (given < wanted) return new(Reason.EvidenceMissing, $"at least {wanted} × {kind}", $"{given}");
        }
        return null;
    }

    private static List<ValueProblem> FormProblems(WorkflowDefinition definition, WorkItem item, Stimulus.WorkItemCompleted command)
    {
        if (command.Values is { } values && !values.IsWellFormed()) return [new("/values", "Unicode text", "half of a surrogate pair")];
        return item.Content.Form is { } form && definition.Forms.TryGetValue(form, out var schema)
            ? [.. schema.Check(command.Values).Select(problem => problem with { Pointer = $"/values{problem.Pointer}" })]
            : [];
    }
}
