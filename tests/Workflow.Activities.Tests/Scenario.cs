using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests;

/// <summary>
/// One instance and the stimuli that move it, as the shell would: each state is written down and read again before the next stimulus.
/// After every burst the promises of the core are checked, see <see cref="Promises"/>.
/// </summary>
internal sealed class Scenario(WorkflowDefinition definition, InstanceId? id = null)
{
    private readonly Promises promises = new(definition);

    public WorkflowDefinition Definition => promises.Definition;

    public WorkflowInstance State { get; private set; } = new(id ?? new(Guid.Parse("0199e000-0000-7000-8000-000000000001")), definition.Id);

    /// <summary>As it is now: calendars and policies may change under a task.</summary>
    public World World { get; set; } = An.World;

    /// <summary>The time of the next stimulus.</summary>
    public DateTimeOffset Now { get; set; } = Calendars.At("2026-09-14T10:00+08:00");

    /// <summary>What the last burst recorded.</summary>
    public ImmutableArray<Fact> Facts { get; private set; } = [];

    /// <summary>What all bursts recorded.</summary>
    public List<Fact> Journal { get; } = [];

    /// <summary>The bursts, as the journal has them.</summary>
    public List<(Stimulus Stimulus, ImmutableArray<Fact> Facts)> Bursts { get; } = [];

    /// <summary>Nodes that the last burst started, in order.</summary>
    public string Ran => string.Join(' ', Facts.OfType<Fact.TokenCreated>().Select(created => created.Node));

    /// <summary>Nodes that wait for an event or a time, in order of creation.</summary>
    public string Waiting => string.Join(' ', State.Bookmarks.Select(bookmark => bookmark.Node));

    /// <summary>Nodes with an open work item.</summary>
    public string Open => string.Join(' ', State.WorkItems.Where(item => item.IsOpen).Select(item => item.Node));

    /// <summary>Stages so far, such as <c>Response1 Done</c>.</summary>
    public IEnumerable<string> Visits => State.Task!.Visits.Select(visit => $"{visit.Stage}{visit.Round} {visit.Outcome}".TrimEnd());

    public Step Try(Stimulus stimulus)
    {
        var step = Transition.Apply(definition, State, stimulus, World);
        Promises.CheckPure(step, Transition.Apply(definition, State, stimulus, World));
        if (step is not Step.Advanced advanced) return step;

        State = promises.CheckBurst(State, advanced);
        Facts = advanced.Facts;
        Journal.AddRange(Facts);
        if (!Facts.IsEmpty) Bursts.Add((stimulus, Facts));
        return step;
    }

    /// <summary>Goes on from a state that was stored.</summary>
    public static Scenario From(WorkflowDefinition definition, WorkflowInstance stored)
    {
        var scenario = new Scenario(definition) { State = stored, Now = stored.UpdatedAt };
        scenario.promises.GoOn(stored);
        return scenario;
    }

    /// <summary>What the stimulus would record if it came now; nothing when it would be refused.</summary>
    public ImmutableArray<Fact> Again(Stimulus stimulus) => Transition.Apply(definition, State, stimulus, World) is Step.Advanced advanced ? advanced.Facts : [];

    public Scenario Do(Stimulus stimulus)
    {
        if (Try(stimulus) is Step.Rejected { Why: var why }) throw new InvalidOperationException($"{stimulus.GetType().Name} was refused: {why}");
        return this;
    }

    public Rejection Refused(Stimulus stimulus) => Try(stimulus).ShouldBeOfType<Step.Rejected>().Why;

    public Scenario Start(string inputs = "{}", Priority priority = Priority.Normal) => Do(new Stimulus.Started(
        State.Id, An.Json(inputs).EnumerateObject().ToImmutableDictionary(input => input.Name, input => input.Value.Clone()),
        definition.IsTask ? new("CD-2026-000001", "测试", An.Guixi, priority) : null) { At = Now });

    public Stimulus Event(string name, string? payload = null) => new Stimulus.EventReceived(name, payload is null ? null : An.Json(payload)) { At = Now };

    public Scenario Send(string name, string? payload = null) => Do(Event(name, payload));

    public WorkItem Item(string node) => State.WorkItems.Last(item => item.Node == node);

    public Stimulus Claim(string node, Actor by) => new Stimulus.WorkItemClaimed(Item(node).Number, Item(node).Revision) { At = Now, By = by };

    public Stimulus Release(string node, Actor by) => new Stimulus.WorkItemReleased(Item(node).Number, Item(node).Revision) { At = Now, By = by };

    public Stimulus Complete(string node, Actor by, string outcome = "Done", string? values = null) =>
        new Stimulus.WorkItemCompleted(Item(node).Number, Item(node).Revision, outcome, values is null ? null : An.Json(values)) { At = Now, By = by };

    public Stimulus Attach(string node, Actor by, EvidenceKind kind = EvidenceKind.Photo, string sha256 = "ab") =>
        new Stimulus.EvidenceAttached(Item(node).Number, new("e-" + sha256, kind, "image/jpeg", 1, sha256, "x.jpg", Now, by.Person)) { At = Now, By = by };

    public Stimulus Decline(string node, Actor by, string proposed) => new Stimulus.WorkItemDeclined(Item(node).Number, Item(node).Revision, "不属本队", proposed) { At = Now, By = by };

    public Stimulus Rule(string node, Actor by, string team) => new Stimulus.WorkItemRuled(Item(node).Number, Item(node).Revision, team, "以管理辖区为准") { At = Now, By = by };

    public Stimulus Transfer(string node, Actor by, string? team = null, Actor? person = null) =>
        new Stimulus.WorkItemTransferred(Item(node).Number, Item(node).Revision, team, person?.UserId, "转办") { At = Now, By = by };

    public Stimulus Delegate(string node, Actor by, Actor to) => new Stimulus.WorkItemDelegated(Item(node).Number, Item(node).Revision, to.UserId, "先去看看") { At = Now, By = by };

    public Stimulus GiveBack(string node, Actor by) => new Stimulus.WorkItemGivenBack(Item(node).Number, Item(node).Revision, "看过了") { At = Now, By = by };

    public Stimulus Return(string node, Actor by, string to) => new Stimulus.WorkItemReturned(Item(node).Number, Item(node).Revision, to, "材料不全") { At = Now, By = by };

    public Stimulus Withdraw(string node, Actor by) => new Stimulus.WorkItemTakenBack(Item(node).Number, Item(node).Revision, "填错了") { At = Now, By = by };

    public Stimulus Suspend(string node, Actor by, string reason, string? note = null, params string[] evidence) =>
        new Stimulus.WorkItemSuspended(Item(node).Number, Item(node).Revision, reason, note) { At = Now, By = by, Evidence = [.. evidence] };

    public Stimulus DecidePause(string node, Actor by, bool isApproved = true) => new Stimulus.PauseDecided(Item(node).Number, Item(node).Revision, isApproved, "依规定") { At = Now, By = by };

    public Stimulus ChangePriority(Actor by, Priority to = Priority.Urgent) => new Stimulus.PriorityChanged(to, "领导关注") { At = Now, By = by };

    public Stimulus Resume(string node, Actor by) => new Stimulus.WorkItemResumed(Item(node).Number, Item(node).Revision) { At = Now, By = by };

    public Stimulus AskExtension(string node, Actor by, string amount) => new Stimulus.ExtensionAsked(Item(node).Number, Item(node).Revision, amount, "设备未到") { At = Now, By = by };

    public Stimulus DecideExtension(string node, Actor by, bool isApproved = true) => new Stimulus.ExtensionDecided(Item(node).Number, Item(node).Revision, isApproved, null) { At = Now, By = by };

    public Stimulus Urge(string node, Actor by) => new Stimulus.WorkItemUrged(Item(node).Number, "请尽快") { At = Now, By = by };

    public Stimulus Copy(string node, Actor by, params Actor[] to) => new Stimulus.WorkItemCopied(Item(node).Number, [.. to.Select(actor => actor.UserId)]) { At = Now, By = by };

    public Stimulus Comment(string node, Actor by) => new Stimulus.WorkItemCommented(Item(node).Number, "已联系街道") { At = Now, By = by };

    /// <summary>Claims and completes.</summary>
    public Scenario Work(string node, Actor by, string outcome = "Done", string? values = null) => Do(Claim(node, by)).Do(Complete(node, by, outcome, values));

    /// <summary>What is due next, as the shell's timer rows say.</summary>
    public (DateTimeOffset At, TimerKey Key)? NextTimer
    {
        get
        {
            var waits = State.Bookmarks.Select(bookmark => (At: bookmark.DueAt, Key: new TimerKey(TimerKind.Bookmark, bookmark.Id)));
            var clocks = State.Clocks.Select(clock => (At: clock.NextDue, Key: new TimerKey(TimerKind.Clock, clock.Id)));
            var ladders = State.WorkItems.Select(item => (At: item.Ladder?.Next?.DueAt, Key: new TimerKey(TimerKind.Ladder, item.Number)));
            var timers = waits.Concat(clocks).Concat(ladders).Where(timer => timer.At is not null).Select(timer => (At: timer.At!.Value, timer.Key)).ToList();
            return timers.Count == 0 ? null : timers.MinBy(timer => (timer.At, timer.Key.Kind, timer.Key.Number));
        }
    }

    public Stimulus Timer(TimerKey key) => new Stimulus.TimerFired(key) { At = Now };

    /// <summary>Fires every timer at its time until then.</summary>
    public Scenario Until(string time)
    {
        var until = Calendars.At(time);
        while (NextTimer is { } next && next.At <= until)
        {
            Now = next.At > Now ? next.At : Now;
            Do(Timer(next.Key));
        }
        Now = until;
        return this;
    }
}
