using System.Diagnostics;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Instances;

/// <summary>What the facts about a running clock change in it.</summary>
internal static class ClockFacts
{
    public static int ClockOf(Fact fact) => fact switch
    {
        Fact.ClockStopped stopped => stopped.Clock,
        Fact.ClockResumed resumed => resumed.Clock,
        Fact.ClockEnded ended => ended.Clock,
        Fact.ClockBreached breached => breached.Clock,
        Fact.RungFired fired => fired.Clock,
        Fact.ClockExtended extended => extended.Clock,
        Fact.ClockRecounted recounted => recounted.Clock,
        Fact.BreachAnnulled annulled => annulled.Clock,
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    public static SlaClock Apply(SlaClock clock, Fact fact, DateTimeOffset at) => fact switch
    {
        Fact.ClockStopped stopped => CloseSpan(clock, at, stopped.Why) with { State = ClockState.Stopped, Counted = stopped.Counted },
        Fact.ClockResumed resumed => (clock with { Spans = clock.Spans.Add(new(at, null, null)) }).With(resumed.Reading) with { State = ClockState.Running },
        Fact.ClockEnded ended => (clock.State == ClockState.Running ? CloseSpan(clock, at, null) : clock) with { State = ended.IsMet ? ClockState.Met : ClockState.Missed, Counted = ended.Counted },
        Fact.ClockExtended extended => (clock with { Policy = clock.Policy with { Target = extended.After } }).With(extended.Reading),
        Fact.ClockRecounted recounted => Recount(clock, recounted),
        Fact.BreachAnnulled => clock with { BreachedAt = null },
        Fact.ClockBreached breached => clock with { BreachedAt = breached.DueAt },
        Fact.RungFired fired => clock with { Rungs = [.. clock.Rungs.Select(rung => rung.Id == fired.Rung ? rung with { FiredAt = at } : rung)] },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private static SlaClock Recount(SlaClock clock, Fact.ClockRecounted recounted)
    {
        var after = recounted.Terms.On(clock).With(recounted.Reading);
        var history = after.History ?? new();
        return after with { History = history with { Moves = history.Moves.Add(recounted.Move) } };
    }

    private static SlaClock CloseSpan(SlaClock clock, DateTimeOffset at, string? why) =>
        clock with { Spans = clock.Spans.SetItem(clock.Spans.Length - 1, clock.Spans[^1] with { To = at, StopReason = why }) };
}
