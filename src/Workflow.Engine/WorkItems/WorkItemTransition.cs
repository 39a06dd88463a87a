using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>
/// The legal changes of a work item:
/// <code>
/// Offered ─claim─► Claimed ─complete─► Done
///    ▲  ◄─release──┘         either ─cancel of its activity─► Withdrawn
/// </code>
/// Each command names the revision that it saw; whoever comes second is told so.
/// </summary>
internal static class WorkItemTransition
{
    public static Rejection? Claim(Burst burst, Stimulus.WorkItemClaimed command)
    {
        var by = Caller(command);
        if (Find(burst, command.Item, out var item) is { } unknown) return unknown;
        if (!by.Teams.Contains(item.Team.Id)) return new(Reason.NotCandidate, $"a member of {item.Team.Name}", by.Name);
        if (item.State is WorkItemState.Claimed claimed) return new(Reason.AlreadyClaimed, "an item that nobody has claimed", $"claimed by {claimed.By.Name}");
        if (item.State is not WorkItemState.Offered) return Ended(item);
        if (Stale(item, command.Revision) is { } stale) return stale;
        burst.Record(new Fact.ItemClaimed(item.Number, by.Person));
        return null;
    }

    public static Rejection? Release(Burst burst, Stimulus.WorkItemReleased command)
    {
        if (FindHeld(burst, command.Item, Caller(command), out var item) is { } no) return no;
        if (Stale(item, command.Revision) is { } stale) return stale;
        burst.Record(new Fact.ItemReleased(item.Number, Caller(command).Person));
        return null;
    }

    public static Rejection? Attach(Burst burst, Stimulus.EvidenceAttached command)
    {
        if (FindHeld(burst, command.Item, Caller(command), out var item) is { } no) return no;
        if (item.Evidence.Any(piece => piece.Sha256 == command.Evidence.Sha256)) return null;
        burst.Record(new Fact.ItemEvidenceAttached(item.Number, command.Evidence));
        return null;
    }

    public static Rejection? Complete(Burst burst, Stimulus.WorkItemCompleted command)
    {
        if (FindHeld(burst, command.Item, Caller(command), out var item) is { } no) return no;
        if (Stale(item, command.Revision) is { } stale) return stale;
        if (!item.Content.Outcomes.Contains(command.Outcome))
            return new(Reason.OutcomeUnknown, $"one of {string.Join(", ", item.Content.Outcomes)}", $"'{command.Outcome}'");
        if (MissingEvidence(item) is { } missing) return missing;
        if (FormProblems(burst.Definition, item, command) is { Count: > 0 } problems)
            return new(Reason.ValuesInvalid, "values as the form describes them", $"{problems.Count} that do not fit", problems);

        burst.Values.ForgetMemoryOnly();
        burst.Record(new Fact.ItemCompleted(item.Number, Caller(command).Person, command.Outcome, command.Values));
        ClockDesk.EndItemClocks(burst, item.Number);
        var done = burst.Draft.WorkItems.Find(candidate => candidate.Number == item.Number)!;
        burst.Run(item.Token, (activity, context) => activity.Resumed(context, new Resumption.FromWorkItem(done, (WorkItemState.Done)done.State)));
        return null;
    }

    private static Rejection? MissingEvidence(WorkItem item)
    {
        foreach (var (kind, wanted) in item.Content.EvidenceRequired)
        {
            var given = item.Evidence.Count(piece => piece.Kind == kind);
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

    private static Rejection? FindHeld(Burst burst, int number, Actor by, out WorkItem item)
    {
        if (Find(burst, number, out item) is { } unknown) return unknown;
        if (item.State is WorkItemState.Done or WorkItemState.Withdrawn) return Ended(item);
        return item.State is WorkItemState.Claimed claimed && claimed.By.UserId == by.UserId
            ? null
            : new(Reason.NotClaimant, "the person who has claimed the item", by.Name);
    }

    private static Rejection? Find(Burst burst, int number, out WorkItem item)
    {
        item = burst.Draft.WorkItems.Find(candidate => candidate.Number == number)!;
        return item is null ? new(Reason.WorkItemUnknown, "a work item of this task", $"number {number}") : null;
    }

    private static Rejection Ended(WorkItem item) => new(Reason.AlreadyDone, "an open item", item.State is WorkItemState.Done ? "a finished one" : "a withdrawn one");

    private static Rejection? Stale(WorkItem item, int revision) =>
        item.Revision == revision ? null : new(Reason.RevisionStale, $"revision {item.Revision}", $"revision {revision}");

    private static Actor Caller(Stimulus command) => command.By ?? throw new InvariantBrokenException("a command on a work item without a caller");
}
