using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Workflow.Engine.Definitions;

/// <summary>
/// A flowchart as a graph. A breadth-first walk from the start accepts flows one after another; a flow that would close a cycle
/// among the accepted ones is <em>backward</em>. Only forward flows count for joins. What the start does not lead to is walked after it, so that
/// its circles have a backward flow too: an event or a person may start something there. Built once per node and kept with it.
/// </summary>
public sealed class FlowGraph
{
    private readonly ImmutableArray<int>[] outbound;
    private readonly ImmutableArray<int>[] inbound;
    private readonly ImmutableArray<int>[] forwardInbound;
    private readonly (int Source, int Target)[] ends;
    private readonly bool[] joining;
    private readonly bool[]?[] ancestors;
    private readonly bool[] backward;
    private readonly bool[] bypassing;

    private FlowGraph(Node flowchart)
    {
        Flowchart = flowchart;
        ById = flowchart.Activities.ToFrozenDictionary(child => child.Id);
        ends = [.. flowchart.Flows.Select(flow => (ById[flow.Source].Position, ById[flow.Target].Position))];
        Start = FindStart(flowchart);
        outbound = Group(ends.Index().Select(flow => (flow.Item.Source, flow.Index)));
        inbound = Group(ends.Index().Select(flow => (flow.Item.Target, flow.Index)));
        backward = new bool[ends.Length];
        Reachable = Walk();
        forwardInbound = Group(ends.Index().Where(flow => Reachable.Contains(flowchart.Flows[flow.Index].Source) && !backward[flow.Index]).Select(flow => (flow.Item.Target, flow.Index)));
        joining = new bool[ends.Length];
        foreach (var flow in forwardInbound.Where(flows => flows.Length > 1).SelectMany(flows => flows)) joining[flow] = true;
        ancestors = new bool[flowchart.Activities.Length][];
        bypassing = [.. ends.Select((flow, index) => backward[index] && Bypasses(flow.Source, flow.Target))];
        Keys = KeysOf(flowchart);
    }

    public Node Flowchart { get; }

    public Node? Start { get; }

    public FrozenDictionary<string, Node> ById { get; }

    public IReadOnlySet<string> Reachable { get; }

    /// <summary>Names each flow by its ends, so that a state means the same under another version of the definition.</summary>
    public ImmutableArray<string> Keys { get; }

    /// <summary>Indexes into <c>Flowchart.Flows</c>, in the order of the document.</summary>
    public ImmutableArray<int> Outbound(Node node) => node.Parent == Flowchart ? outbound[node.Position] : [];

    public ImmutableArray<int> Outbound(string node) => ById.TryGetValue(node, out var found) ? Outbound(found) : [];

    public ImmutableArray<int> Inbound(Node node) => node.Parent == Flowchart ? inbound[node.Position] : [];

    public ImmutableArray<int> ForwardInbound(Node node) => node.Parent == Flowchart ? forwardInbound[node.Position] : [];

    public Node SourceOf(int flow) => Flowchart.Activities[ends[flow].Source];

    public Node TargetOf(int flow) => Flowchart.Activities[ends[flow].Target];

    /// <summary>True for a forward flow whose target has others: they are brought together there.</summary>
    public bool IsJoining(int flow) => joining[flow];

    public bool IsBackward(int flow) => backward[flow];

    /// <summary>True for a backward flow whose source can be reached without going through its target: it would jump into the middle of a loop.</summary>
    public bool BypassesTarget(int flow) => bypassing[flow];

    public static FlowGraph Of(Node flowchart) => flowchart.Derive(static node => new FlowGraph(node));

    /// <summary>True when forward flows lead from one activity to the other.</summary>
    public bool IsAncestor(string activity, string of) =>
        ById.TryGetValue(activity, out var from) && ById.TryGetValue(of, out var to) && (ancestors[to.Position] ??= Ancestors(to.Position, without: -1))[from.Position];

    /// <summary>
    /// What forward flows lead to from an activity, when nothing of it can be entered but through that activity: it can be ended and run again without
    /// anything else waiting for it. Null when a way comes in from elsewhere.
    /// </summary>
    public IReadOnlySet<string>? Behind(string activity)
    {
        if (!ById.ContainsKey(activity)) return null;
        HashSet<string> behind = [.. Flowchart.Activities.Where(child => IsAncestor(activity, child.Id)).Select(child => child.Id)];
        return behind.Any(child => ForwardInbound(ById[child]).Any(flow => SourceOf(flow).Id is var source && source != activity && !behind.Contains(source))) ? null : behind;
    }

    private bool[] Ancestors(int node, int without)
    {
        var found = new bool[outbound.Length];
        var open = new Stack<int>([node]);
        while (open.TryPop(out var current))
            foreach (var flow in forwardInbound[current])
                if (ends[flow].Source is var source && source != without && !found[source])
                {
                    found[source] = true;
                    open.Push(source);
                }
        return found;
    }

    private bool Bypasses(int source, int target)
    {
        var start = Start!.Position;
        return target != start && target != source && (source == start || Ancestors(source, without: target)[start]);
    }

    private static ImmutableArray<string> KeysOf(Node flowchart)
    {
        var twins = new Dictionary<string, int>();
        var keys = ImmutableArray.CreateBuilder<string>(flowchart.Flows.Length);
        foreach (var flow in flowchart.Flows)
        {
            var key = $"{flow.Source}.{flow.Port}>{flow.Target}";
            var earlier = twins.GetValueOrDefault(key);
            twins[key] = earlier + 1;
            keys.Add(earlier == 0 ? key : $"{key}#{earlier}");
        }
        return keys.MoveToImmutable();
    }

    /// <summary>Elsa's order: an Elsa.Start, the first that can start, the first without inbound flows, the first.</summary>
    private static Node? FindStart(Node flowchart)
    {
        var targets = flowchart.Flows.Select(flow => flow.Target).ToHashSet();
        return flowchart.Activities.FirstOrDefault(child => child.Type.Descriptor.Type == "Elsa.Start")
            ?? flowchart.Activities.FirstOrDefault(child => child.CanStart)
            ?? flowchart.Activities.FirstOrDefault(child => !targets.Contains(child.Id))
            ?? flowchart.Activities.FirstOrDefault();
    }

    /// <returns>What the start leads to.</returns>
    private HashSet<string> Walk()
    {
        if (Start is null) return [];
        var seen = new bool[outbound.Length];
        var accepted = new List<int>[outbound.Length];
        Walk(Start.Position, seen, accepted);
        HashSet<string> reachable = [.. Flowchart.Activities.Where((_, index) => seen[index]).Select(child => child.Id)];
        for (var node = 0; node < seen.Length; node++)
            if (!seen[node]) Walk(node, seen, accepted);
        return reachable;
    }

    private void Walk(int from, bool[] seen, List<int>[] accepted)
    {
        var open = new Queue<int>([from]);
        seen[from] = true;
        while (open.TryDequeue(out var current))
            foreach (var flow in outbound[current])
            {
                var target = ends[flow].Target;
                if (Leads(accepted, target, current))
                {
                    backward[flow] = true;
                    continue;
                }
                (accepted[current] ??= []).Add(target);
                if (seen[target]) continue;
                seen[target] = true;
                open.Enqueue(target);
            }
    }

    private static bool Leads(List<int>[] accepted, int from, int to)
    {
        if (from == to) return true;
        if (accepted[from] is null) return false;
        var seen = new bool[accepted.Length];
        var open = new Stack<int>([from]);
        while (open.TryPop(out var current))
            foreach (var next in accepted[current] ?? [])
            {
                if (next == to) return true;
                if (seen[next]) continue;
                seen[next] = true;
                open.Push(next);
            }
        return false;
    }

    private ImmutableArray<int>[] Group(IEnumerable<(int Node, int Flow)> pairs)
    {
        var flows = new List<int>?[Flowchart.Activities.Length];
        foreach (var (node, flow) in pairs) (flows[node] ??= []).Add(flow);
        return [.. flows.Select(list => list is null ? ImmutableArray<int>.Empty : [.. list])];
    }
}
