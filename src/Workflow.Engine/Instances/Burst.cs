using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>
/// Work from one stimulus until every token waits or ends: a first-in first-out queue over the tree of tokens.
/// Whatever changes is recorded as a fact and applied at once.
/// </summary>
internal sealed class Burst(WorkflowDefinition definition, WorkflowInstance before, Stimulus stimulus, World world)
{
    /// <summary>More activities than this in one burst is a loop without a wait; the burst faults instead of running for ever.</summary>
    public const int MaxActivities = 10_000;

    private readonly ImmutableArray<Fact>.Builder facts = ImmutableArray.CreateBuilder<Fact>();
    private readonly LinkedList<(Node Node, int? Parent)> queue = new();
    private int activities;
    private int lastNumber = before.LastNumber;

    public WorkflowDefinition Definition => definition;

    public Stimulus Stimulus => stimulus;

    public World World => world;

    public InstanceDraft Draft { get; } = new(before);

    public ImmutableArray<Fact> Facts => facts.ToImmutable();

    public int NextNumber() => ++lastNumber;

    public void Record(Fact fact)
    {
        Draft.Apply(fact, stimulus.At);
        facts.Add(fact);
    }

    public Token Token(int id) => Draft.FindToken(id) ?? throw new InvariantBrokenException($"token {id} has ended");

    public void Schedule(Node node, int? parent) => queue.AddLast((node, parent));

    /// <summary>Runs until nothing is queued.</summary>
    public void Drain()
    {
        while (queue.First is { } first && !Draft.Status.IsFinal())
        {
            queue.RemoveFirst();
            var (node, parent) = first.Value;
            if (parent is { } id && Draft.FindToken(id) is null) continue;
            var token = NextNumber();
            Record(new Fact.TokenCreated(token, node.Id, parent, DefaultsOf(node.Variables)));
            if (++activities > MaxActivities) Fault(token, node.Id, $"more than {MaxActivities} activities in one burst: a loop without a wait");
            else Run(token, (activity, context) => activity.Execute(context));
        }
        queue.Clear();
    }

    /// <summary>Calls an activity; what it throws becomes an incident on its token.</summary>
    public void Run(int token, Action<Activity, ActivityContext> call)
    {
        var node = NodeOf(token);
        try
        {
            call((Activity)node.Type, new(this, token, node));
        }
        catch (Exception problem) when (problem is not InvariantBrokenException)
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
        CancelChildren(token);
        Release(token);
        Record(new Fact.TokenEnded(token, outcomes));
        if (ended.Parent is { } parent) Run(parent, (activity, context) => activity.ChildCompleted(context, node, outcomes));
        else Record(new Fact.InstanceEnded(InstanceStatus.Finished));
    }

    public void Cancel(int token)
    {
        CancelChildren(token);
        Release(token);
        Record(new Fact.TokenEnded(token, null));
    }

    public void CancelChildren(int parent)
    {
        for (var entry = queue.First; entry is not null;)
        {
            var next = entry.Next;
            if (entry.Value.Parent == parent) queue.Remove(entry);
            entry = next;
        }
        while (Draft.Tokens.Find(token => token.Parent == parent) is { } child) Cancel(child.Id);
    }

    public bool HasActiveChildren(int parent) =>
        queue.Any(entry => entry.Parent == parent) || Draft.Tokens.Exists(token => token.Parent == parent);

    public int? ActiveChild(int parent, string node) => Draft.Tokens.Find(token => token.Parent == parent && token.Node == node)?.Id;

    public void Send(int token, Signal signal)
    {
        for (var at = Token(token).Parent; at is { } id; at = Draft.FindToken(id)?.Parent)
        {
            var handled = false;
            Run(id, (activity, context) => handled = activity.Signalled(context, signal));
            if (handled) return;
        }
        throw new ActivityFaultException($"nothing around '{NodeOf(token).Id}' answers {signal.GetType().Name}");
    }

    public JsonElement? ReadVariable(int token, string idOrName)
    {
        var (owner, name) = Locate(token, idOrName);
        var values = owner is { } id ? Token(id).Variables : Draft.Variables;
        return values.TryGetValue(name, out var value) ? value : null;
    }

    public void SetVariable(int token, string idOrName, JsonElement value)
    {
        var (owner, name) = Locate(token, idOrName);
        Record(new Fact.VariableSet(owner, name, value));
    }

    public static ImmutableDictionary<string, JsonElement> DefaultsOf(ImmutableArray<Variable> variables) =>
        variables.IsEmpty
            ? ImmutableDictionary<string, JsonElement>.Empty
            : variables.Where(variable => variable.Default is not null).ToImmutableDictionary(variable => variable.Name, variable => variable.Default!.Value);

    private (int? Owner, string Name) Locate(int token, string idOrName)
    {
        for (int? at = token; at is { } id; at = Token(id).Parent)
            if (Declared(NodeOf(id).Variables, idOrName) is { } name) return (id, name);
        return (null, Declared(definition.Variables, idOrName) ?? idOrName);
    }

    private static string? Declared(ImmutableArray<Variable> variables, string idOrName)
    {
        foreach (var variable in variables)
            if (variable.Id == idOrName || variable.Name == idOrName) return variable.Name;
        return null;
    }

    /// <summary>Gives back what a token holds: its waits and its open work items.</summary>
    private void Release(int token)
    {
        while (Draft.Bookmarks.Find(bookmark => bookmark.Token == token) is { } bookmark) Record(new Fact.BookmarkRemoved(bookmark.Id));
        while (Draft.WorkItems.Find(item => item.Token == token && item.IsOpen) is { } item)
        {
            Record(new Fact.ItemWithdrawn(item.Number));
            ClockDesk.EndItemClocks(this, item.Number);
        }
    }

    private void Fault(int token, string node, string message)
    {
        Record(new Fact.TokenFaulted(token, new(NextNumber(), token, node, message, stimulus.At)));
        if (definition.IsTask || definition.ContinuesWithIncidents) return;
        foreach (var root in Draft.Tokens.Where(candidate => candidate.Parent is null).ToList()) Cancel(root.Id);
        Record(new Fact.InstanceEnded(InstanceStatus.Faulted));
    }

    private Node NodeOf(int token) => definition.Nodes[Token(token).Node];
}
