using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>
/// 挂起: the holder waits for something. The clocks stop that name the reason among their <c>pauseReasons</c>; the others go on. The catalogue says what a
/// reason asks for: a note, evidence, an approval, and how long and how often. A pause that needs approval stops the clocks when it is approved, back to the
/// request; one that is refused never stopped anything.
/// </summary>
internal static class Pauses
{
    private const string Rule = "pause";

    /// <summary>One request at a time, and only what was asked for is decided.</summary>
    public static Rejection? Refuse(WorkItem item, WorkItemCommand command) => command switch
    {
        WorkItemCommand.Suspend when item.UndecidedPause is not null => new(Reason.ChangeNotLegal, "an item without an open request for a pause", "one with") { Rule = Rule },
        WorkItemCommand.DecidePause when item.UndecidedPause is null => new(Reason.ChangeNotLegal, "an item with an open request for a pause", "one without") { Rule = Rule },
        _ => null,
    };

    public static Rejection? Suspend(Burst burst, WorkItem item, Stimulus.WorkItemSuspended command, Actor by)
    {
        if (Known(burst) is { Count: > 0 } known && !known.Contains(command.Reason)) return Handovers.Invalid("/reason", $"one of {string.Join(", ", known)}", $"'{command.Reason}'");
        var pause = new ItemPause(command.Reason, by.Person, burst.Stimulus.At, command.Note) { Evidence = [.. command.Evidence.Distinct()] };
        foreach (var (index, id) in command.Evidence.Index())
            if (!item.Evidence.Any(piece => piece.Id == id)) return Handovers.Invalid($"/evidence/{index}", "the id of a piece of evidence of this item", $"'{id}'");
        if (Asked(burst, item, command.Reason) is var (reason, clock))
        {
            if (reason.NeedsNote && string.IsNullOrWhiteSpace(command.Note)) return Handovers.Invalid("/note", $"a note: '{reason.Id}' asks for one", "nothing");
            if (reason.NeedsEvidence && pause.Evidence.Count == 0)
                return new(Reason.EvidenceMissing, $"a document that proves '{reason.Id}'", "none", [new("/evidence", "the id of a piece of evidence of this item", "nothing")]) { Rule = Rule };
            var before = burst.Draft.WorkItems.Where(other => other.Node == item.Node).Sum(other => (other.History?.Pauses ?? []).Count(past => past.Reason == reason.Id && !past.IsRefused));
            if (before >= reason.Times) return new(Reason.ChangeNotLegal, $"at most {reason.Times} pauses of this step for '{reason.Id}'", "one more") { Rule = "pause-cap" };
            pause = pause with { Basis = reason.Basis, Approval = reason.Approval };
            if (reason.Cap is { } cap) pause = pause with { Cap = cap, CapClock = clock.Id, CapsAt = CapOf(burst, clock, pause.At, cap) };
        }
        burst.Record(new Fact.ItemMoved(
            item.Number, command.Command, by.Person, WorkItemStanding.Of(item),
            new(item.Team, new WorkItemState.Suspended(item.Holder!, command.Reason, command.Note, burst.Stimulus.At)), command.Reason)
        {
            For = WorkItemTransition.ForWhom(item, by),
            Pause = pause,
        });
        return null;
    }

    public static Rejection? Resume(Burst burst, WorkItem item, Actor by) =>
        WorkItemTransition.Move(burst, item, WorkItemCommand.Resume, by, new(item.Team, new WorkItemState.Claimed(item.Holder!, burst.Stimulus.At)));

    public static Rejection? Decide(Burst burst, WorkItem item, Stimulus.PauseDecided command, Actor by)
    {
        var asked = item.UndecidedPause!;
        burst.Record(new Fact.PauseDecided(item.Number, command.IsApproved, by.Person, command.Reason));
        if (command.IsApproved) ClockDesk.Credit(burst, item, asked.At, by.Person, command.Reason);
        return null;
    }

    /// <summary>The clock's calendar has another version: caps that are reckoned on it and have not let any clock go on yet move with it.</summary>
    public static void MoveCaps(Burst burst, SlaClock clock, string basis, ApprovedChange? approved)
    {
        foreach (var item in burst.Draft.WorkItems.Where(item => item.IsOpen).ToImmutableArray())
        {
            if (item.History?.Pauses is not [.., { EndedAt: null, IsRefused: false, CapsAt: { } before, Cap: { } cap } pause] || pause.CapClock != clock.Id) continue;
            var isReached = before <= burst.Stimulus.At && !burst.Draft.Clocks.Exists(held => held.IsPaused && held.ResumesAt == before && ClockDesk.Covers(held, item));
            if (!isReached && CapOf(burst, clock, pause.At, cap) is { } after && after != before) burst.Record(new Fact.PauseCapMoved(item.Number, before, after, basis, approved));
        }
    }

    /// <summary>The reasons of the catalogue and of the definition. Where neither names any, every word is one.</summary>
    private static SortedSet<string> Known(Burst burst) => new(
        burst.World.Pauses.All.Select(reason => reason.Id).Concat(burst.Definition.Nodes.Values.SelectMany(node => SlaDeclaration.Of(node)?.PauseReasons ?? []).Select(declared => declared.Reason)),
        StringComparer.Ordinal);

    /// <summary>The reason as the nearest clock takes it that stops for it; null when none does, and nothing is asked for.</summary>
    private static (PauseReason Reason, SlaClock Clock)? Asked(Burst burst, WorkItem item, string reason)
    {
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.IsOpen && ClockDesk.Covers(clock, item)).OrderByDescending(clock => clock.Scope).ToImmutableArray())
            if (Standstill.Naming(burst, clock, item, reason) is { } named) return (named, clock);
        return null;
    }

    private static DateTimeOffset? CapOf(Burst burst, SlaClock clock, DateTimeOffset since, string cap) =>
        SlaTarget.TryParse(cap, out var target, out _) ? DueTime.Compute(target, ClockDesk.Calendar(burst, clock), [new(since, null, null)]).At : null;
}
