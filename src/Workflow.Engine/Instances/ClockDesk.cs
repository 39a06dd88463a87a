using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.JointWork;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>Starts, stops and ends the SLA clocks of an instance and fires what is due on them.</summary>
internal static class ClockDesk
{
    public static void Start(Burst burst, Node node, ClockScope scope, StageName? stage = null, int? workItem = null)
    {
        (SlaTarget.Fixed Target, string Basis)? given = scope == ClockScope.Task ? DeadlineOf(burst) : null;
        // A deadline that was given counts also where the definition sets none.
        if ((SlaDeclaration.Of(node) ?? (given is null ? null : SlaDeclaration.None)) is not { } sla) return;
        var priority = burst.Draft.Task?.Priority ?? Priority.Normal;
        var target = given?.Target.ToString() ?? sla.TargetFor(priority == Priority.Urgent ? "urgent" : "normal");
        var policy = new SlaPolicy(target, sla.Calendar, given?.Basis ?? sla.Basis, sla.Resumes) { DayEnd = SlaTarget.TryParse(target, out var parsed, out _) && parsed is SlaTarget.Days ? sla.DayEnd : null };
        var calendar = Calendar(burst, sla.Calendar);
        var clock = new SlaClock(burst.NextNumber(), scope, node.Id, policy, calendar.Version, burst.Stimulus.At)
        {
            Stage = stage?.ToString(),
            WorkItem = workItem,
            Spans = [new(burst.Stimulus.At, null, null)],
            Rungs = sla.Rungs,
        };
        burst.Record(new Fact.ClockStarted(clock.With(Read(clock, calendar))));
    }

    /// <summary>The deadline that a task came with, as a part, as an order or by one; null for a task that came with none.</summary>
    private static (SlaTarget.Fixed Target, string Basis)? DeadlineOf(Burst burst) => burst.Draft.Task switch
    {
        { Part: { } part } => (new(part.Due), $"交办时限（{part.ParentNumber}）"),
        { Order: { } order } => (new(order.Due), $"督办时限（{order.Leader.Name}）"),
        { DueBy: { } due } => (new(due), "来件要求时限（due by order）"),
        _ => null,
    };

    /// <summary>A stage begins: its clock goes on, or a new one starts.</summary>
    public static void EnterStage(Burst burst, Node node, StageName stage)
    {
        var waiting = burst.Draft.Clocks.Find(clock => clock.Node == node.Id && clock.State == ClockState.Stopped);
        if (waiting is null) Start(burst, node, ClockScope.Stage, stage);
        else Resume(burst, waiting);
    }

    /// <summary>A stage ends: a clock that may go on later waits, another one ends.</summary>
    public static void LeaveStage(Burst burst, Node node)
    {
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.Node == node.Id && clock.IsOpen).ToList())
            if (!clock.Policy.Resumes) End(burst, clock);
            else if (clock.State == ClockState.Running) burst.Record(new Fact.ClockStopped(clock.Id, "stage-left", Counted(burst, clock)));
    }

    /// <summary>
    /// Stops the item's own clock while the item is suspended for a reason that the clock names, and its stage's while that holds of every open item of the
    /// stage; lets them go on otherwise.
    /// </summary>
    public static void Pause(Burst burst, WorkItem item)
    {
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.IsOpen && clock.Scope != ClockScope.Task && Covers(clock, item)).ToList())
        {
            var reasons = SlaDeclaration.Of(burst.Definition.Nodes[clock.Node])?.PauseReasons ?? [];
            var held = burst.Draft.WorkItems.Where(other => other.IsOpen && Covers(clock, other)).ToList();
            var isPaused = held.Count > 0 && held.TrueForAll(other => other.State is WorkItemState.Suspended suspended && reasons.Contains(suspended.Reason));
            if (isPaused && clock.State == ClockState.Running) burst.Record(new Fact.ClockStopped(clock.Id, ((WorkItemState.Suspended)held[0].State).Reason, Counted(burst, clock)));
            else if (!isPaused && clock.State == ClockState.Stopped && reasons.Contains(clock.Spans[^1].StopReason!)) Resume(burst, clock);
        }
    }

    /// <summary>The open clock that an item is judged by: its own, else that of its stage.</summary>
    public static SlaClock? Of(Burst burst, WorkItem item) =>
        burst.Draft.Clocks.FindLast(clock => clock.IsOpen && clock.WorkItem == item.Number)
        ?? burst.Draft.Clocks.FindLast(clock => clock.IsOpen && clock.Scope == ClockScope.Stage && clock.Stage == item.Stage?.ToString());

    public static void Extend(Burst burst, SlaClock clock, SlaTarget by)
    {
        var target = SlaTarget.Add(clock.Target, by)?.ToString() ?? throw new InvariantBrokenException($"clock {clock.Id} cannot be extended by {by}");
        var extended = clock with { Policy = clock.Policy with { Target = target } };
        burst.Record(new Fact.ClockExtended(clock.Id, clock.Policy.Target, target, Read(extended, Calendar(burst, clock.Policy.Calendar))));
    }

    public static void EndItemClocks(Burst burst, int workItem)
    {
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.WorkItem == workItem && clock.IsOpen).ToList()) End(burst, clock);
    }

    public static void EndAll(Burst burst)
    {
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.IsOpen).ToList()) End(burst, clock);
    }

    /// <summary>
    /// Fires every breach and rung that is due at the time of the stimulus, earliest first, each once. Runs before any stimulus is
    /// handled, so that no command can overtake a due time that the timer has not reported yet. A command at the very due time is in
    /// time; only a timer reports what is due at that instant.
    /// </summary>
    public static void CatchUp(Burst burst)
    {
        var until = burst.Stimulus is Stimulus.TimerFired ? burst.Stimulus.At : burst.Stimulus.At.AddTicks(-1);
        while (burst.Draft.Clocks.Where(clock => clock.NextDue <= until).MinBy(clock => (clock.NextDue, clock.Id)) is { } clock)
        {
            if (clock.BreachedAt is null && clock.Due == clock.NextDue) burst.Record(new Fact.ClockBreached(clock.Id, clock.Due!.Value));
            else Fire(burst, clock, clock.Rungs.First(rung => rung.FiredAt is null && rung.DueAt == clock.NextDue));
        }
    }

    private static void Fire(Burst burst, SlaClock clock, Rung rung)
    {
        burst.Record(new Fact.RungFired(clock.Id, rung.Id));
        switch (rung.Do)
        {
            case RungAction.Urge:
                foreach (var item in burst.Draft.WorkItems.Where(item => item.IsOpen && Covers(clock, item)).ToList()) burst.Record(new Fact.ItemUrged(item.Number));
                break;
            case RungAction.Press:
                OrderDesk.Press(burst, Enum.Parse<OrderRung>(rung.To!, true));
                break;
            case RungAction.Escalate:
                burst.Record(new Fact.TaskEscalated(Enum.Parse<TeamKind>(rung.To!, true)));
                break;
        }
    }

    private static bool Covers(SlaClock clock, WorkItem item) => clock.Scope switch
    {
        ClockScope.WorkItem => clock.WorkItem == item.Number,
        ClockScope.Stage => clock.Stage == item.Stage?.ToString(),
        _ => true,
    };

    private static void Resume(Burst burst, SlaClock clock)
    {
        var running = clock with { Spans = clock.Spans.Add(new(burst.Stimulus.At, null, null)) };
        burst.Record(new Fact.ClockResumed(clock.Id, Read(running, Calendar(burst, clock.Policy.Calendar))));
    }

    private static void End(Burst burst, SlaClock clock)
    {
        var end = clock.State == ClockState.Running ? burst.Stimulus.At : clock.Spans[^1].To!.Value;
        burst.Record(new Fact.ClockEnded(clock.Id, clock.BreachedAt is null && (clock.Due is null || end <= clock.Due), Counted(burst, clock)));
    }

    private static TimeSpan Counted(Burst burst, SlaClock clock) =>
        DueTime.Counted(clock.Target, Calendar(burst, clock.Policy.Calendar), clock.Spans, burst.Stimulus.At);

    private static ClockReading Read(SlaClock clock, BusinessCalendar calendar)
    {
        var due = DueTime.Compute(clock.Target, calendar, clock.Spans);
        var rungs = ImmutableDictionary.CreateBuilder<string, DateTimeOffset>();
        foreach (var rung in clock.Rungs)
            if (RungTime.TryParse(rung.At, out var time, out _) && time.At(clock.Target, calendar, clock.Spans) is { } at) rungs[rung.Id] = at;
        return new(due.At, due.IsProvisional, due.Ledger, rungs.ToImmutable());
    }

    private static BusinessCalendar Calendar(Burst burst, string id) =>
        burst.World.Calendars.TryGetValue(id, out var calendar) ? calendar : throw new InvariantBrokenException($"calendar '{id}' is not loaded");
}
