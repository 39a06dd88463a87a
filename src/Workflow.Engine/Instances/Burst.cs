using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Instances;

/// <summary>
/// Work from one stimulus until every token waits or ends: a first-in first-out queue over the tree of tokens.
/// Whatever changes is recorded as a fact and applied at once.
/// <para>
/// What was queued under an activity that is cancelled is dropped, and in a task also what was queued under one that completes. Elsa lets the latter
/// run on, so in other workflows it does, detached: nobody hears of its end, and the instance ends when the last of it has.
/// </para>
/// </summary>
internal sealed class Burst(WorkflowDefinition published, WorkflowInstance before, Stimulus stimulus, World world)
{
    private readonly ImmutableArray<Fact>.Builder facts = ImmutableArray.CreateBuilder<Fact>();
    private readonly BurstQueue queue = new();
    private int activities;
    private int lastNumber = before.LastNumber;
    private WorkflowDefinition definition = published;
    private bool hasFaulted;
    private bool isCancelled;
    private bool isTriggerTaken;
    private (string Node, Person Person)? reservation;

    public WorkflowDefinition Definition => definition;

    public Stimulus Stimulus => stimulus;

    public World World => world;

    public InstanceDraft Draft { get; } = new(before);

    public BurstValues Values => field ??= new(this);

    public BurstEffects Effects => field ??= new(this);

    public bool HasFacts => facts.Count > 0;

    public int FactCount => facts.Count;

    public ImmutableArray<Fact> Facts => facts.ToImmutable();

    public IReadOnlyList<Fact> Recorded => facts;

    /// <summary>What is to begin, in order.</summary>
    public IEnumerable<Queued> Queued => queue.All;

    public StartTrigger? TakeTrigger(string node)
    {
        if (isTriggerTaken || stimulus is not Stimulus.Started { Trigger: { } trigger } || trigger.Node != node) return null;
        isTriggerTaken = true;
        return trigger;
    }

    public int NextNumber() => ++lastNumber;

    /// <summary>The next item of this node in this burst is offered to one person.</summary>
    public void Reserve(string node, Person person) => reservation = (node, person);

    public Person? TakeReservation(string node)
    {
        if (reservation is not { } reserved || reserved.Node != node) return null;
        reservation = null;
        return reserved.Person;
    }

    public StepEntry Entry { get; } = new();

    /// <summary>Steps that the scripts of this burst have used.</summary>
    public long ScriptSteps { get; set; }

    public BurstSeeds Seeds { get; } = new(before);

    public void Record(Fact fact)
    {
        Draft.Apply(fact, stimulus.At);
        facts.Add(fact);
    }

    public Token Token(int id) => Draft.FindToken(id) ?? throw new InvariantBrokenException($"token {id} has ended");

    public Node NodeOf(int token) => definition.Nodes[Token(token).Node];

    public void Schedule(Node node, int? parent, ImmutableDictionary<string, JsonElement>? variables = null)
    {
        if (queue.Count >= world.Limits.Activities)
        {
            if (parent is { } container) queue.Drop(container);
            throw InstanceLimits.Exceeded($"{world.Limits.Activities} activities at once", nameof(InstanceLimits.Activities));
        }
        queue.Add(new(node, parent, variables));
    }

    /// <summary>Runs until nothing is queued.</summary>
    public void Drain()
    {
        RunQueued();
        if (definition.IsTask || world.RepairsStalls) RepairStalls();
        Settle();
    }

    /// <summary>Calls an activity; what it throws becomes an incident on its token.</summary>
    public void Run(int token, Action<Activity, ActivityContext> call) => Run(token, NodeOf(token), call);

    private void Run(int token, Node node, Action<Activity, ActivityContext> call)
    {
        try
        {
            call((Activity)node.Type, new(this, token, node));
        }
        catch (Exception problem) when (problem is not (InvariantBrokenException or HardStopException or LoadsNeededException))
        {
            if (Draft.FindToken(token) is null) throw new InvariantBrokenException($"{node.Id} failed after it had ended: {problem.Message}");
            var fault = problem as ActivityFaultException;
            Fault(token, fault?.Node ?? node.Id, fault?.Message ?? $"{problem.GetType().Name}: {problem.Message}");
        }
    }

    public void Complete(int token, ImmutableArray<string> outcomes)
    {
        var ended = Token(token);
        var node = NodeOf(token);
        End(token, outcomes);
        if (ended.Parent is { } parent) Run(parent, (activity, context) => activity.ChildCompleted(context, node, outcomes));
    }

    public void Cancel(int token) => End(token, null);

    /// <summary>Cancels a token and lets its container go on without it.</summary>
    public void GiveUp(int token)
    {
        if (Draft.FindToken(token) is not { } given) return;
        var node = NodeOf(token);
        Cancel(token);
        if (given.Parent is { } parent) Run(parent, (activity, context) => activity.ChildCancelled(context, node));
        else if (!given.IsDetached) isCancelled = true;
    }

    /// <summary>Runs an activity again from its beginning; what it held is given back.</summary>
    public void Restart(int token)
    {
        var again = Token(token);
        var node = NodeOf(token);
        Cancel(token);
        Schedule(node, again.Parent, again.Variables);
    }

    /// <summary>Ends the instance by the will of a person.</summary>
    public void CancelAll()
    {
        queue.Clear();
        while (Draft.Tokens.Count > 0) Cancel(Draft.Tokens[^1].Id);
        isCancelled = true;
    }

    public void Migrate(WorkflowDefinition target)
    {
        Record(new Fact.InstanceMigrated(target.Id));
        definition = target;
    }

    /// <summary>Cancels the children of a token, those that are queued included.</summary>
    public void CancelChildren(int parent)
    {
        queue.Drop(parent);
        CancelActive(parent);
    }

    public bool HasQueued => queue.Count > 0;

    public bool HasActiveChildren(int parent) => queue.HasAny(parent) || Draft.HasChildren(parent);

    public bool IsQueued(int parent, string node) => queue.Contains(parent, node);

    public int? ActiveChild(int parent, string node) => Draft.FindChild(parent, node)?.Id;

    /// <returns>False when no container deals with the signal.</returns>
    public bool Send(int token, Signal signal)
    {
        for (var at = Token(token).Parent; at is { } id; at = Draft.FindToken(id)?.Parent)
        {
            var handled = false;
            Run(id, (activity, context) => handled = activity.Signalled(context, signal));
            if (handled) return true;
        }
        return false;
    }

    /// <summary>Completes an activity and ends everything else but what has faulted: a fault has to be decided by a person first.</summary>
    public void Finish(int by)
    {
        queue.Clear();
        End(by, ["Done"]);
        var kept = new HashSet<int>();
        foreach (var faulted in Draft.Tokens.Where(token => token.IsFaulted))
            for (var at = (int?)faulted.Id; at is { } id && kept.Add(id); at = Token(id).Parent) { }
        while (Draft.Tokens.Find(token => !kept.Contains(token.Id)) is { } token) Cancel(token.Id);
    }

    /// <summary>Completes an activity and its container, and ends the workflow as if it had completed.</summary>
    public void CompleteRoot(int by, ImmutableArray<string> outcomes)
    {
        var container = Token(by).Parent;
        var outermost = by;
        while (Token(outermost).Parent is { } around) outermost = around;
        End(by, ["Done"]);
        if (container is { } parent) End(parent, outcomes);
        // In what runs detached the outermost container is not the root.
        if (Draft.FindToken(outermost) is not null) Cancel(outermost);
        if (Draft.Tokens.Find(token => token.Parent is null && !token.IsDetached) is { } root) Cancel(root.Id);
    }

    /// <summary>Gives back what a token holds: its waits and its open work items. What it asked for and no longer wants is withdrawn.</summary>
    public void GiveBack(int token, bool isCancelled)
    {
        while (Draft.FindWait(token) is { } bookmark)
        {
            Record(new Fact.BookmarkRemoved(bookmark.Id));
            if (isCancelled) Effects.Withdraw(bookmark);
        }
        while (Draft.FindOpenItem(token) is { } item)
        {
            Record(new Fact.ItemWithdrawn(item.Number));
            ClockDesk.EndItemClocks(this, item.Number);
        }
    }

    private bool IsStoppedByFault => hasFaulted && !definition.IsTask && !definition.ContinuesWithIncidents;

    private void RunQueued()
    {
        while (queue.TryTake(out var next)) Start(next);
    }

    private void RepairStalls()
    {
        while (!IsStoppedByFault && Draft.FirstStalled() is { } stalled)
        {
            Run(stalled.Id, (activity, context) => activity.Stalled(context));
            RunQueued();
        }
    }

    private void Settle()
    {
        // The last incident may have been closed by what ended its activity, not by a decision.
        if (Draft.Status == InstanceStatus.Faulted && !hasFaulted && !Draft.Incidents.Exists(incident => incident.IsOpen)) Record(new Fact.InstanceContinued());
        if (IsStoppedByFault && Draft.Status == InstanceStatus.Running) Record(new Fact.InstanceFaulted());
        else if (Draft.Tokens.Count == 0 && !Draft.Status.IsFinal())
        {
            Record(new Fact.InstanceEnded(isCancelled ? InstanceStatus.Cancelled : InstanceStatus.Finished));
            if (Draft.Parent is { } parent) Effects.Request(null, new TellParent(parent, new(Draft.Id, Draft.Status, Draft.Output)) { By = definition.IsTask ? stimulus.By : null });
            JointWork.OrderDesk.TellOrders(this);
        }
        // The last number may be that of an id that nothing else mentions; the next burst must not give it again.
        if (lastNumber > Draft.LastNumber) Record(new Fact.NumbersGiven(lastNumber));
    }

    private void Start(Queued next)
    {
        var isDetached = next.IsDetached || (next.Parent is { } id && Draft.FindToken(id) is null);
        var token = NextNumber();
        var variables = BurstValues.DefaultsOf(next.Node.Variables);
        Record(new Fact.TokenCreated(token, next.Node.Id, isDetached ? null : next.Parent, next.Variables is null ? variables : variables.SetItems(next.Variables)) { IsDetached = isDetached });
        if (++activities > world.Limits.Activities)
            Fault(token, next.Node.Id, InstanceLimits.Exceeded($"{world.Limits.Activities} activities in one burst", nameof(InstanceLimits.Activities), "one more: a loop without a wait").Message);
        else if (Entry.Through(next.Node) is { } child) Begin(token, next.Node, child);
        else Run(token, next.Node, static (activity, context) => activity.Execute(context));
    }

    private void Begin(int token, Node node, Node child) => Run(token, node, (activity, context) => activity.BeginWith(context, child));

    private void End(int token, ImmutableArray<string>? outcomes)
    {
        if (outcomes is null || definition.IsTask) queue.Drop(token);
        else queue.Detach(token);
        CancelActive(token);
        GiveBack(token, isCancelled: outcomes is null);
        Record(new Fact.TokenEnded(token, outcomes));
    }

    private void CancelActive(int parent)
    {
        while (Draft.FindChild(parent) is { } child) Cancel(child.Id);
    }

    private void Fault(int token, string node, string message)
    {
        Record(new Fact.TokenFaulted(token, new(NextNumber(), token, node, message, stimulus.At)));
        hasFaulted = true;
    }
}
