using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.Proof;

/// <summary>
/// Finds out the plain way what is wrong with the first stage of a task: raises the task, tries everything that people, timers and events can do in every state with every
/// value of every variable, and looks at all states that come. It shares nothing with the proof but <see cref="Transition"/>.
/// </summary>
internal sealed class EveryState(WorkflowDefinition definition, IReadOnlyList<string> variables)
{
    public const int Most = 60;

    private readonly Dictionary<string, (WorkflowInstance State, List<string> Next)> states = [];

    public bool HasFault { get; private set; }

    public int Count => states.Count;

    /// <returns>What is wrong; null when there are too many states.</returns>
    public SortedSet<string>? Find()
    {
        var start = new Stimulus.Started(new(Guid.Parse("0199e000-0000-7000-8000-000000000001")), ImmutableDictionary<string, JsonElement>.Empty, new("1", "", An.Guixi, Priority.Normal)) { At = DateTimeOffset.UnixEpoch };
        var open = new Queue<string>();
        foreach (var values in Values(An.Instance(definition).State))
            if (After(values, start) is { } first) Add(first, open);
        while (open.TryDequeue(out var key))
        {
            if (states.Count > Most) return null;
            var (state, next) = states[key];
            if (!HasEnded(state))
                foreach (var step in Steps(state)) next.Add(Add(step.After, open));
        }
        var wrong = new SortedSet<string>();
        if (HasFault) return [.. wrong, "fault"];
        if (!AllCanEnd()) wrong.Add("end");
        if (states.Values.Any(one => !HasEnded(one.State) && Endless(one.State))) wrong.Add("deadline");
        return wrong;
    }

    private string Add(WorkflowInstance state, Queue<string> open)
    {
        var key = Key(state, null);
        if (states.TryAdd(key, (state, []))) open.Enqueue(key);
        return key;
    }

    private IEnumerable<(WorkflowInstance After, bool IsSure)> Steps(WorkflowInstance state) =>
        from possible in Stimuli(state).ToList()
        from values in Values(state)
        let after = After(values, possible.Stimulus)
        where after is not null
        select (after, possible.IsSure);

    /// <summary>The state with every value of every variable.</summary>
    private IEnumerable<WorkflowInstance> Values(WorkflowInstance state)
    {
        // A task that has not begun takes its variables from the definition.
        for (var bits = 0; bits < 1 << variables.Count; bits++)
            yield return state with { Variables = variables.Index().ToImmutableDictionary(one => one.Item, one => JsonSerializer.SerializeToElement((bits >> one.Index & 1) == 1)) };
    }

    private WorkflowInstance? After(WorkflowInstance state, Stimulus stimulus)
    {
        var applied = stimulus is Stimulus.Started ? WithDefaults(state.Variables) : definition;
        if (Transition.Apply(applied, state.Revision == 0 ? state with { Variables = ImmutableDictionary<string, JsonElement>.Empty } : state, stimulus, An.World) is not Step.Advanced step) return null;
        if (step.Facts.Any(fact => fact is Fact.TokenFaulted)) HasFault = true;
        return HasFault ? null : step.After;
    }

    private WorkflowDefinition WithDefaults(ImmutableDictionary<string, JsonElement> values)
    {
        var document = System.Text.Json.Nodes.JsonNode.Parse(definition.Document.GetRawText())!;
        foreach (var variable in document["variables"]!.AsArray())
            if (values.TryGetValue(variable!["name"]!.GetValue<string>(), out var value)) variable["value"] = value.GetBoolean();
        return An.Reader.Compile(document.ToJsonString(), new())!;
    }

    private IEnumerable<(Stimulus Stimulus, bool IsSure)> Stimuli(WorkflowInstance state)
    {
        foreach (var wait in state.Bookmarks)
            if (wait.DueAt is { } due) yield return (new Stimulus.TimerFired(new(TimerKind.Bookmark, wait.Id)) { At = due }, true);
            else yield return (new Stimulus.EventReceived(wait.Key, null) { At = state.UpdatedAt }, false);
        foreach (var item in state.WorkItems.Where(item => item.IsOpen))
            if (item.State is WorkItemState.Offered) yield return (new Stimulus.WorkItemClaimed(item.Number, item.Revision) { At = state.UpdatedAt, By = An.Wang }, HasClock(item));
            else
                foreach (var outcome in item.Content.Outcomes)
                    yield return (new Stimulus.WorkItemCompleted(item.Number, item.Revision, outcome, null) { At = state.UpdatedAt, By = An.Wang }, HasClock(item));
    }

    private bool AllCanEnd()
    {
        var ending = states.Where(one => HasEnded(one.Value.State)).Select(one => one.Key).ToHashSet();
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var (key, (_, next)) in states)
                if (next.Any(ending.Contains)) grew |= ending.Add(key);
        }
        return ending.Count == states.Count;
    }

    /// <summary>Whether something waits here that nothing but the outside can end: followed by its number through everything that comes by itself.</summary>
    private bool Endless(WorkflowInstance state) =>
        state.Bookmarks.Where(wait => wait.DueAt is null && definition.Nodes[wait.Node].Plain("customProperties") is null).Select(wait => wait.Id)
            .Concat(state.WorkItems.Where(item => item.IsOpen && !HasClock(item)).Select(item => item.Number)).Any(number => !Ends(state, number));

    private bool Ends(WorkflowInstance from, int number)
    {
        var seen = new HashSet<string>();
        var open = new Queue<WorkflowInstance>([from]);
        while (open.TryDequeue(out var state))
        {
            if (HasEnded(state) || !(state.Bookmarks.Any(wait => wait.Id == number) || state.WorkItems.Any(item => item.Number == number && item.IsOpen))) return true;
            foreach (var step in Steps(state).Where(step => step.IsSure))
                if (seen.Add(Key(step.After, number))) open.Enqueue(step.After);
        }
        return false;
    }

    private bool HasClock(WorkItem item) => definition.Nodes[item.Node].Plain("sla") is not null;

    private static bool HasEnded(WorkflowInstance state) => state.Task!.Visits[0].EndedAt is not null;

    /// <summary>Everything but times and numbers, in the order in which it began; numbers of tokens become places in that order.</summary>
    private static string Key(WorkflowInstance state, int? marked)
    {
        if (HasEnded(state)) return "ended";
        var places = state.Tokens.Index().ToDictionary(token => token.Item.Id, token => token.Index);
        var tokens = state.Tokens.Select(token => $"{token.Node}<{(token.Parent is { } parent ? places[parent] : -1)} {string.Join(',', token.Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))}");
        var waits = state.Bookmarks.Select(wait => $"{wait.Node}@{places[wait.Token]}{(wait.Id == marked ? "!" : "")}");
        var items = state.WorkItems.Where(item => item.IsOpen).Select(item => $"{item.Node}@{places[item.Token]} {item.State.GetType().Name}{(item.Number == marked ? "!" : "")}");
        return string.Join(';', tokens.Concat(waits).Concat(items));
    }
}
