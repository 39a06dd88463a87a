using System.Diagnostics;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Instances;

/// <summary>What the facts about a running clock change in it. Every move of a due time is one of its <see cref="SlaClock.Changes"/>.</summary>
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
        Fact.ClockRetargeted retargeted => retargeted.Clock,
        Fact.PauseCredited credited => credited.Clock,
        Fact.PauseCapped capped => capped.Clock,
        Fact.ClockRecounted recounted => recounted.Clock,
        Fact.BreachAnnulled annulled => annulled.Clock,
        Fact.ClockHeldUntil held => held.Clock,
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    public static SlaClock Apply(SlaClock clock, Fact fact, DateTimeOffset at) => fact switch
    {
        Fact.ClockStopped stopped => CloseSpan(clock, at, stopped.Why, stopped.Pause) with { State = ClockState.Stopped, Counted = stopped.Counted, ResumesAt = stopped.Until },
        Fact.ClockResumed resumed => Moved(clock, GoOn(clock, at).With(resumed.Reading), new(at, ClockChangeReason.Resumed, null, null)),
        Fact.PauseCapped capped => Moved(clock, GoOn(Capped(clock), capped.At).With(capped.Reading), new(capped.At, ClockChangeReason.PauseCapped, null, null)),
        Fact.ClockEnded ended => (clock.State == ClockState.Running ? CloseSpan(clock, at, null) : clock) with { State = ended.IsMet ? ClockState.Met : ClockState.Missed, Counted = ended.Counted, ResumesAt = null },
        Fact.ClockExtended extended => Moved(clock, (clock with { Policy = clock.Policy with { Target = extended.After } }).With(extended.Reading), new(at, ClockChangeReason.Extended, null, null) { By = extended.By?.Name, Text = extended.Reason }),
        Fact.ClockRetargeted retargeted => Moved(clock, (clock with { Policy = retargeted.After }).With(retargeted.Reading), new(at, ClockChangeReason.PriorityChanged, null, null) { By = retargeted.By?.Name, Text = retargeted.Reason }),
        Fact.PauseCredited credited => Moved(clock, (clock with { Spans = credited.Spans, Counted = credited.Counted }).With(credited.Reading), new(at, ClockChangeReason.PauseApproved, null, null) { By = credited.By.Name, Text = credited.Reason }),
        Fact.ClockRecounted recounted => Moved(clock, recounted.Terms.On(clock).With(recounted.Reading), recounted.Change),
        Fact.BreachAnnulled => clock with { BreachedAt = null },
        Fact.ClockHeldUntil held => clock with { ResumesAt = held.Until },
        Fact.ClockBreached breached => clock with { BreachedAt = breached.DueAt },
        Fact.RungFired fired => clock with { Rungs = [.. clock.Rungs.Select(rung => rung.Id == fired.Rung ? rung with { FiredAt = at } : rung)] },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private static SlaClock GoOn(SlaClock clock, DateTimeOffset at) => clock with { Spans = clock.Spans.Add(new(at, null, null)), State = ClockState.Running, ResumesAt = null };

    /// <summary>The clock whose pause has lasted as long as it may.</summary>
    internal static SlaClock Capped(SlaClock clock) => clock.Spans[^1].Pause is { } pause
        ? clock with { Spans = clock.Spans.SetItem(clock.Spans.Length - 1, clock.Spans[^1] with { Pause = pause with { IsCapped = true } }) }
        : clock;

    private static SlaClock Moved(SlaClock before, SlaClock after, ClockChange change)
    {
        var isRetargeted = before.Policy.Target != after.Policy.Target;
        return before.Due == after.Due && !isRetargeted
            ? after
            : after with { Changes = after.Changes.Add(change with { Before = before.Due, After = after.Due, Target = isRetargeted ? after.Policy.Target : null }) };
    }

    private static SlaClock CloseSpan(SlaClock clock, DateTimeOffset at, string? why, PauseNote? pause = null) =>
        clock with { Spans = clock.Spans.SetItem(clock.Spans.Length - 1, clock.Spans[^1] with { To = at, StopReason = why, Pause = pause }) };
}
