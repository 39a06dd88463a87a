using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>
/// When a clock stands still: while it covers open items and each of them is suspended for a reason that the clock names (see
/// <see cref="ItemPause.HoldsAt"/>). The clock of the task also stands still while a stage does, unless the reason says that it goes on.
/// Derived from what the items remember, so that it can be asked of any time that has passed.
/// </summary>
/// <param name="Until">When the first of the pauses has lasted as long as it may; null for never.</param>
internal sealed record Standstill(WorkItem Item, ItemPause Pause, DateTimeOffset? Until)
{
    public PauseNote Note => new(Item.Number, Pause.Basis, Pause.By.Name, Pause.Decision?.By.Name, Pause.Note) { Evidence = Pause.Evidence };

    /// <summary>Null when the clock runs then.</summary>
    public static Standstill? At(Burst burst, SlaClock clock, DateTimeOffset at)
    {
        Standstill? held = null;
        foreach (var item in burst.Draft.WorkItems)
        {
            if (item.OfferedAt > at || item.EndedAt <= at || !ClockDesk.Covers(clock, item)) continue;
            if (item.PauseAt(at) is not { } pause || Naming(burst, clock, item, pause.Reason) is null) return null;
            held ??= new(item, pause, pause.CapsAt);
            if (pause.CapsAt < (held.Until ?? DateTimeOffset.MaxValue)) held = held with { Until = pause.CapsAt };
        }
        return held;
    }

    /// <summary>When a clock that stands still goes on by itself: at the first cap of the pauses that hold it, which may have passed.</summary>
    public static DateTimeOffset? UntilOf(Burst burst, SlaClock clock) => burst.Draft.WorkItems
        .Where(item => item.IsOpen && ClockDesk.Covers(clock, item))
        .Min(item => item.History?.Pauses is [.., { EndedAt: null } pause] ? pause.CapsAt : null);

    /// <summary>The times of [from, to) in which the clock stood still, as gaps in order.</summary>
    public static IEnumerable<ClockSpan> Between(Burst burst, SlaClock clock, DateTimeOffset from, DateTimeOffset to)
    {
        var turns = burst.Draft.WorkItems.Where(item => ClockDesk.Covers(clock, item)).SelectMany(Turns).Where(turn => turn > from && turn < to).Append(from).Append(to).Distinct().Order().ToList();
        foreach (var (begin, end) in turns.Zip(turns.Skip(1)))
            if (At(burst, clock, begin) is { } still)
                yield return new(begin, end, still.Pause.Reason) { Pause = still.Note with { IsCapped = still.Until == end } };
    }

    /// <summary>The reason as the clock takes it; null when it does not stop for it.</summary>
    public static PauseReason? Naming(Burst burst, SlaClock clock, WorkItem item, string reason)
    {
        // An instant that was given stays, whatever stops the clock.
        if (clock.Target is SlaTarget.Fixed) return null;
        var own = Declared(burst, clock)?.Pausing(reason, burst.World.Pauses);
        if (own is not null || clock.Scope != ClockScope.Task) return own;
        var stage = burst.Draft.Clocks.FindLast(other => other.Scope == ClockScope.Stage && other.Stage == item.Stage?.ToString());
        return stage is not null && Declared(burst, stage)?.Pausing(reason, burst.World.Pauses) is { TaskGoesOn: false } ofStage ? ofStage : null;
    }

    private static SlaDeclaration? Declared(Burst burst, SlaClock clock) =>
        burst.Definition.Nodes.TryGetValue(clock.Node, out var node) ? SlaDeclaration.Of(node) : null;

    private static IEnumerable<DateTimeOffset> Turns(WorkItem item)
    {
        yield return item.OfferedAt;
        if (item.EndedAt is { } ended) yield return ended;
        foreach (var pause in item.History?.Pauses ?? [])
        {
            yield return pause.At;
            if (pause.EndedAt is { } over) yield return over;
            if (pause.CapsAt is { } capped) yield return capped;
        }
    }
}
