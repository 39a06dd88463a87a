using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>Starts, stops and ends the SLA clocks of an instance and fires what is due on them.</summary>
internal static class ClockDesk
{
    public static void Start(Burst burst, Node node, ClockScope scope, StageName? stage = null, int? workItem = null)
    {
        (SlaTarget.Fixed Target, string Basis)? given = scope == ClockScope.Task ? DeadlineOf(burst) : null;
        // A deadline that was given counts also where the definition sets none.
        if ((PolicyInForce.Of(burst, node) ?? (given is null ? null : SlaDeclaration.None)) is not { } sla) return;
        var target = given?.Target.ToString() ?? PriorityDesk.TargetOf(sla, burst.Draft.Task?.Priority ?? Priority.Normal);
        var policy = new SlaPolicy("", CalendarChoice.For(burst, sla, workItem), given?.Basis ?? sla.Basis, sla.Resumes) { FollowsHands = sla.Calendar is null }.Aimed(target, sla.DayEnd);
        var calendar = burst.World.Calendars.GetValueOrDefault(policy.Calendar) ?? throw NotLoaded(policy.Calendar);
        var clock = new SlaClock(burst.NextNumber(), scope, node.Id, policy, calendar.Version, burst.Stimulus.At)
        {
            Stage = stage?.ToString(),
            WorkItem = workItem,
            Spans = [new(burst.Stimulus.At, null, null)],
            Rungs = sla.Rungs,
            History = PolicyInForce.VersionFor(burst) is { } version ? new() { PolicyVersion = version } : null,
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
            else
            {
                // A pause ends with the stage: what its cap would let go on waits for the stage.
                if (clock.IsPaused) Resume(burst, clock);
                if (clock.IsPaused || clock.State == ClockState.Running) burst.Record(new Fact.ClockStopped(clock.Id, SlaClock.StageLeft, Counted(burst, clock)));
            }
    }

    /// <summary>
    /// At the end of a burst: stops the clocks of which everything that they cover is suspended for reasons that they name, and lets go on those of which that no
    /// longer holds (see <see cref="Standstill"/>).
    /// </summary>
    public static void Settle(Burst burst)
    {
        if (burst.Draft.Task is null || !burst.Draft.Clocks.Exists(clock => clock.IsPaused) && !burst.Draft.WorkItems.Exists(item => item.Status == WorkItemStatus.Suspended)) return;
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.State == ClockState.Running || clock.IsPaused).ToList())
        {
            var still = Standstill.At(burst, clock, burst.Stimulus.At);
            if (still is not null && clock.State == ClockState.Running)
                burst.Record(new Fact.ClockStopped(clock.Id, still.Pause.Reason, Counted(burst, clock)) { Until = still.Until, Pause = still.Note });
            else if (still is null && clock.IsPaused) Resume(burst, clock);
            else if (still is not null) Hold(burst, clock);
        }
    }

    /// <summary>Has a clock that stands still go on at the cap that is the first one now.</summary>
    public static void Hold(Burst burst, SlaClock clock)
    {
        if (Standstill.UntilOf(burst, clock) is var until && until != clock.ResumesAt) burst.Record(new Fact.ClockHeldUntil(clock.Id, until));
    }

    /// <summary>
    /// A pause of the item was approved: the clocks that stop for it have stood still since the request. What is due is corrected, a breach that the later due
    /// time has overtaken is taken back, and what is due by the new time happens.
    /// </summary>
    public static void Credit(Burst burst, WorkItem item, DateTimeOffset since, Person by, string? reason)
    {
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.IsOpen && Covers(clock, item)).ToList())
        {
            var spans = Standstill.Between(burst, clock, since, burst.Stimulus.At).Aggregate(clock.Spans, ClockSpan.Cut);
            if (spans.SequenceEqual(clock.Spans)) continue;
            var credited = clock with { Spans = spans };
            burst.Record(new Fact.PauseCredited(clock.Id, spans, Counted(burst, credited), by, reason, Read(burst, credited)));
            BreachAnew(burst, clock.Id);
        }
        CatchUp(burst);
    }

    /// <summary>Gives a clock the target of another priority, from its original start, with what was approved on top where it is the same kind of time.</summary>
    public static void Retarget(Burst burst, SlaClock clock, SlaPolicy policy, Person? by, string reason)
    {
        burst.Record(new Fact.ClockRetargeted(clock.Id, clock.Policy.Target, policy, by, reason, Read(burst, clock with { Policy = policy })));
        BreachAnew(burst, clock.Id);
    }

    /// <summary>The open clock that an item is judged by: its own, else that of its stage.</summary>
    public static SlaClock? Of(Burst burst, WorkItem item) =>
        burst.Draft.Clocks.FindLast(clock => clock.IsOpen && clock.WorkItem == item.Number)
        ?? burst.Draft.Clocks.FindLast(clock => clock.IsOpen && clock.Scope == ClockScope.Stage && clock.Stage == item.Stage?.ToString());

    public static void Extend(Burst burst, SlaClock clock, SlaTarget by, Person approver, string reason)
    {
        var target = SlaTarget.Add(clock.Target, by)?.ToString() ?? throw new InvariantBrokenException($"clock {clock.Id} cannot be extended by {by}");
        var extended = clock with { Policy = clock.Policy with { Target = target } };
        burst.Record(new Fact.ClockExtended(clock.Id, clock.Policy.Target, target, Read(burst, extended)) { By = approver, Reason = reason });
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
    /// Fires every breach, every rung and every end of a pause that is due at the time of the stimulus, earliest first, each once. Runs before any stimulus is
    /// handled, so that no command can overtake a due time that the timer has not reported yet. A command at the very due time is in
    /// time; only a timer reports what is due at that instant.
    /// </summary>
    public static void CatchUp(Burst burst)
    {
        ClockRecount.CatchUp(burst);
        var until = burst.Stimulus is Stimulus.TimerFired ? burst.Stimulus.At : burst.Stimulus.At.AddTicks(-1);
        while (burst.Draft.Clocks.Where(clock => clock.NextDue <= until).MinBy(clock => (clock.NextDue, clock.Id)) is { } clock)
        {
            if (clock.State == ClockState.Stopped) GoOnAtCap(burst, clock, clock.ResumesAt!.Value);
            else if (clock.BreachedAt is null && clock.Due == clock.NextDue) burst.Record(new Fact.ClockBreached(clock.Id, clock.Due!.Value));
            else RungDesk.Fire(burst, clock, clock.Rungs.First(rung => rung.FiredAt is null && rung.DueAt == clock.NextDue));
        }
    }

    /// <summary>
    /// A due time has moved: a breach of the one before is taken back, one of the new one follows. Rungs that have fired have fired. A clock that runs is found by those who look for
    /// what is due; one that was stopped after its due time is not.
    /// </summary>
    public static void BreachAnew(Burst burst, int id)
    {
        var clock = burst.Draft.Clocks.Find(clock => clock.Id == id)!;
        if (clock.BreachedAt == clock.Due) return;
        if (clock.BreachedAt is { } breached) burst.Record(new Fact.BreachAnnulled(id, breached));
        if (clock.State == ClockState.Stopped && clock.Due < clock.Spans[^1].To) burst.Record(new Fact.ClockBreached(id, clock.Due!.Value));
    }

    /// <summary>When a clock is due. One that stands still is due as before its pause: what the pause adds is counted when it goes on, as a change of its own.</summary>
    public static ClockReading Read(Burst burst, SlaClock clock) => Read(clock.Unstopped, Calendar(burst, clock));

    public static bool Covers(SlaClock clock, WorkItem item) => clock.Scope switch
    {
        ClockScope.WorkItem => clock.WorkItem == item.Number,
        ClockScope.Stage => clock.Stage == item.Stage?.ToString(),
        _ => true,
    };

    public static BusinessCalendar Calendar(Burst burst, SlaClock clock) => clock.CalendarIn(burst.World.Calendars) ?? throw NotLoaded(clock.Policy.Calendar);

    private static void GoOnAtCap(Burst burst, SlaClock clock, DateTimeOffset at)
    {
        var running = ClockFacts.Capped(clock);
        running = running with { Spans = running.Spans.Add(new(at, null, null)) };
        burst.Record(new Fact.PauseCapped(clock.Id, at, Read(running, Calendar(burst, clock))));
    }

    private static void Resume(Burst burst, SlaClock clock)
    {
        var running = clock with { Spans = clock.Spans.Add(new(burst.Stimulus.At, null, null)) };
        burst.Record(new Fact.ClockResumed(clock.Id, Read(running, Calendar(burst, clock))));
    }

    private static void End(Burst burst, SlaClock clock)
    {
        var end = clock.State == ClockState.Running ? burst.Stimulus.At : clock.Spans[^1].To!.Value;
        burst.Record(new Fact.ClockEnded(clock.Id, clock.BreachedAt is null && (clock.Due is null || end <= clock.Due), Counted(burst, clock)));
    }

    private static TimeSpan Counted(Burst burst, SlaClock clock) =>
        DueTime.Counted(clock.Target, Calendar(burst, clock), clock.Spans, burst.Stimulus.At);

    private static ClockReading Read(SlaClock clock, BusinessCalendar calendar)
    {
        var due = DueTime.Compute(clock.Target, calendar, clock.Spans);
        var rungs = ImmutableDictionary.CreateBuilder<string, DateTimeOffset>();
        foreach (var rung in clock.Rungs)
            if (RungTime.TryParse(rung.At, out var time, out _) && time.At(clock.Target, calendar, clock.Spans) is { } at)
                rungs[rung.Id] = rung.InWorkingTime ? CalendarWalk.NextWorking(calendar, at) : at;
        return new(due.At, due.IsProvisional, due.Ledger, rungs.ToImmutable());
    }

    private static InvariantBrokenException NotLoaded(string calendar) => new($"calendar '{calendar}' is not loaded");
}
