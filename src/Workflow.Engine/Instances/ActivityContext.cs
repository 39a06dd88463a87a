using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Expressions.Scripting;
using Node = Workflow.Engine.Definitions.Node;

namespace Workflow.Engine.Instances;

/// <summary>What an activity sees and may do, for one token in one burst.</summary>
public sealed class ActivityContext
{
    private readonly Burst burst;
    private readonly int token;

    internal ActivityContext(Burst burst, int token, Node node)
    {
        this.burst = burst;
        this.token = token;
        Node = node;
    }

    public Node Node { get; }

    public WorkflowDefinition Definition => burst.Definition;

    /// <summary>The time of the stimulus: the only time there is.</summary>
    public DateTimeOffset At => burst.Stimulus.At;

    public World World => burst.World;

    /// <summary>Stages, work items and clocks; throws for an instance that is not a task.</summary>
    public TaskContext Task => new(burst, token, Node);

    /// <summary>False once this activity's token has ended or was cancelled.</summary>
    public bool IsAlive => burst.Draft.FindToken(token) is not null;

    /// <summary>True when a call of this activity has failed; what was scheduled before still goes on.</summary>
    public bool IsFaulted => burst.Token(token).IsFaulted;

    /// <summary>The value of an input; null when it is absent.</summary>
    public JsonElement? Input(string name)
    {
        if (!Node.Inputs.TryGetValue(name, out var input)) return null;
        var declared = Node.Type.Descriptor.Inputs.First(descriptor => string.Equals(descriptor.Name, name, StringComparison.OrdinalIgnoreCase));
        var value = Evaluate(input.Expression, declared.Samples);
        if (value is not { } found || found.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return null;
        return Values.Convert(found, declared.TypeName)
            ?? (declared.IsTolerant ? found : throw new ActivityFaultException($"input '{name}': expected a value of type {declared.TypeName}, found {found.Describe()}"));
    }

    /// <summary>The value of a condition.</summary>
    public JsonElement? Evaluate(Expression expression) => Evaluate(expression, InputDescriptor.Conditions);

    /// <summary>Runs a script that sees what this activity sees.</summary>
    /// <returns>What it gave, and the outcomes that it chose, if any.</returns>
    public (JsonElement? Result, ImmutableArray<string> Outcomes) Run(Script script)
    {
        if (World.Choices is not { } choices) return Scripted(host => host.Run(script));
        var outcomes = Node.LikelyOutcomes;
        return (null, [outcomes[choices.Take(burst, token, outcomes.Count)]]);
    }

    /// <summary>Says that a way hangs on data that came in. While states are explored each answer is given in turn.</summary>
    public bool Found(bool found) => World.Choices is { } choices ? choices.Take(burst, token, 2) == 0 : found;

    private JsonElement? Evaluate(Expression expression, IReadOnlyList<JsonElement?> samples)
    {
        if (expression is Expression.Literal literal) return literal.Value;
        return World.Choices is { } choices ? samples[choices.Take(burst, token, samples.Count)] : Scripted(host => expression.Evaluate(host, host.Run)).Result;
    }

    private (JsonElement? Result, ImmutableArray<string> Outcomes) Scripted(Func<ActivityScripts, JsonElement?> evaluate)
    {
        var host = new ActivityScripts(burst, token);
        try
        {
            return (evaluate(host), host.Outcomes);
        }
        catch (Exception problem) when (problem is ScriptErrorException or ScriptLimitException)
        {
            throw new ActivityFaultException($"script: {problem.Message}");
        }
    }

    public string? Text(string name) => Input(name) is { } value ? Values.ToText(value) : null;

    public JsonElement? State(string key) => burst.Token(token).State.TryGetValue(key, out var value) ? value : null;

    public void SetState<T>(string key, T value) => burst.Record(new Fact.TokenStateSet(token, key, Values.From(value)));

    public int Count(string key) => burst.Token(token).Counts.GetValueOrDefault(key);

    public void SetCount(string key, int value)
    {
        if (Count(key) != value) burst.Record(new Fact.TokenCountsSet(token, ImmutableDictionary<string, int>.Empty.Add(key, value)));
    }

    /// <summary>Sets counters; those that already have the value are left out.</summary>
    public void SetCounts(IReadOnlyDictionary<string, int> values)
    {
        var counts = burst.Token(token).Counts;
        var changed = ImmutableDictionary.CreateBuilder<string, int>();
        foreach (var (key, value) in values)
            if (counts.GetValueOrDefault(key) != value) changed.Add(key, value);
        if (changed.Count > 0) burst.Record(new Fact.TokenCountsSet(token, changed.ToImmutable()));
    }

    /// <summary>Sets a variable where it is declared, converted to its type, or as a variable of the workflow.</summary>
    public void SetVariable(string idOrName, JsonElement value) => burst.Values.Set(token, idOrName, value);

    public JsonElement? Variable(string idOrName) => burst.Values.Read(token, idOrName);

    /// <summary>Gives an output of this activity: scripts of this burst see it, and what the definition binds it to receives it.</summary>
    public void SetOutput(string name, JsonElement? value)
    {
        if (value is { } given) burst.Values.SetOutput(token, name, given);
    }

    /// <summary>Sets an output of the workflow.</summary>
    public void SetWorkflowOutput(string name, JsonElement value) => burst.Values.SetWorkflowOutput(token, name, value);

    /// <summary>Writes a line into the journal.</summary>
    public void WriteLine(string text) => burst.Record(new Fact.LineWritten(Node.Id, text));

    public string? CorrelationId
    {
        get => burst.Draft.CorrelationId;
        set => burst.Record(new Fact.CorrelationSet(value));
    }

    public string? InstanceName
    {
        get => burst.Draft.Name;
        set => burst.Record(new Fact.NameSet(value));
    }

    /// <summary>Runs a child after what is already queued. This activity's <see cref="Activity.ChildCompleted"/> hears of its end.</summary>
    public void Schedule(Node child) => burst.Schedule(child, token);

    /// <summary>Runs a child that sees these variables besides its own.</summary>
    public void Schedule(Node child, ImmutableDictionary<string, JsonElement> variables) => burst.Schedule(child, token, variables);

    /// <summary>Children that run or are queued.</summary>
    public bool HasActiveChildren => burst.HasActiveChildren(token);

    /// <summary>A child that is queued and has not begun.</summary>
    public bool IsQueued(string childNode) => burst.IsQueued(token, childNode);

    /// <summary>Nodes of the children that run, oldest first; one that runs twice is named twice.</summary>
    public IReadOnlyList<string> ActiveChildren => burst.Draft.Children(token);

    public bool IsActive(string childNode) => burst.ActiveChild(token, childNode) is not null;

    public void CancelChild(string childNode)
    {
        if (burst.ActiveChild(token, childNode) is { } child) burst.Cancel(child);
    }

    public void CancelChildren() => burst.CancelChildren(token);

    /// <summary>Waits until a stimulus of this kind and key comes, or until <paramref name="dueAt"/>.</summary>
    public void Wait(string kind, string key, DateTimeOffset? dueAt = null)
    {
        NeedRoomToWait();
        burst.Record(new Fact.BookmarkCreated(new(burst.NextNumber(), token, Node.Id, kind, key, At, dueAt) { Generation = burst.Effects.Generation }));
    }

    /// <summary>Asks for an effect and waits for its result, see <see cref="Resumption.FromEffect"/>.</summary>
    public int Request<T>(T effect)
        where T : notnull
    {
        NeedRoomToWait();
        var number = burst.Effects.Request(token, effect);
        Wait(BookmarkKind.Effect, number.ToString(CultureInfo.InvariantCulture));
        return number;
    }

    /// <summary>Asks for an effect and goes on.</summary>
    public int Post<T>(T effect)
        where T : notnull => burst.Effects.Request(token, effect);

    /// <summary>Starts another instance.</summary>
    /// <param name="waits">True to wait for its end, see <see cref="Resumption.FromChild"/>.</param>
    /// <returns>The id of the instance, which will be there after this burst.</returns>
    public InstanceId StartChild(string definitionId, int? version, ImmutableDictionary<string, JsonElement> input, string? correlationId, bool waits)
    {
        var depth = 1 + (burst.Draft.Parent?.Depth ?? 0);
        if (waits && depth > World.Limits.WaitingInstances)
            throw InstanceLimits.Exceeded(
                $"{World.Limits.WaitingInstances} instances that wait for one another", nameof(InstanceLimits.WaitingInstances), "one more: workflows that start each other in a circle");
        if (waits) NeedRoomToWait();
        var number = burst.NextNumber();
        var child = new EffectId(burst.Draft.Id, number).Derive();
        burst.Effects.Request(token, number, new StartChild(child, definitionId, version, input, correlationId, waits ? new(burst.Draft.Id, number, depth) : null));
        if (waits) Wait(BookmarkKind.Child, number.ToString(CultureInfo.InvariantCulture));
        return child;
    }

    /// <summary>Waits of this activity.</summary>
    public bool HasWaits => burst.Draft.FindWait(token) is not null;

    /// <summary>What started the instance, when it was what this activity waits for. Given once: a loop back to the activity waits again.</summary>
    public StartTrigger? TakeTrigger() => burst.TakeTrigger(Node.Id);

    /// <summary>The waiting activity that started the instance.</summary>
    public string? TriggerNode => (burst.Stimulus as Stimulus.Started)?.Trigger?.Node;

    public InstanceId InstanceId => burst.Draft.Id;

    /// <summary>An id that nothing else has, derived from the instance.</summary>
    public string NewId() => new EffectId(burst.Draft.Id, burst.NextNumber()).ToString();

    /// <summary>Ends this activity. Children and waits that are left are cancelled.</summary>
    public void Complete(params ReadOnlySpan<string> outcomes) => burst.Complete(token, outcomes.IsEmpty ? ["Done"] : [.. outcomes]);

    /// <summary>Tells the containers, innermost first.</summary>
    /// <returns>False when none of them deals with the signal.</returns>
    public bool Send(Signal signal) => burst.Send(token, signal);

    /// <summary>Ends the workflow at once; whatever runs or waits in it is cancelled.</summary>
    public void FinishWorkflow() => burst.Finish(token);

    /// <summary>Ends the workflow as if its root had completed.</summary>
    public void CompleteWorkflow(ImmutableArray<string> outcomes) => burst.CompleteRoot(token, outcomes);

    public static ActivityFaultException Fault(string message) => new(message);

    /// <summary>An activity that asks for one wait too many keeps none: what it asked for in this burst is not done.</summary>
    private void NeedRoomToWait()
    {
        if (burst.Draft.Bookmarks.Count < World.Limits.Waits) return;
        burst.GiveBack(token, isCancelled: true);
        throw InstanceLimits.Exceeded($"{World.Limits.Waits} waits of one instance", nameof(InstanceLimits.Waits));
    }
}
