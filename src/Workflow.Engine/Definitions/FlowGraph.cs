using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Workflow.Engine.Definitions;

/// <summary>
/// A flowchart as a graph. A breadth-first walk from the start accepts flows one after another; a flow that would close a cycle
/// among the accepted ones is <em>backward</em>. Only forward flows count for joins. Built once per node and kept with it.
/// </summary>
public sealed class FlowGraph
{
    private readonly FrozenDictionary<string, ImmutableArray<int>> outbound;
    private readonly FrozenDictionary<string, ImmutableArray<int>> forwardInbound;
    private readonly HashSet<int> backward = [];
    private readonly HashSet<int> bypassing;

    private FlowGraph(Node flowchart)
    {
        Flowchart = flowchart;
        Start = FindStart(flowchart);
        outbound = Group(flowchart.Flows.Index().Select(flow => (flow.Item.Source, flow.Index)));
        Reachable = Walk();
        forwardInbound = Group(flowchart.Flows.Index()
            .Where(flow => Reachable.Contains(flow.Item.Source) && !backward.Contains(flow.Index))
            .Select(flow => (flow.Item.Target, flow.Index)));
        bypassing = [.. backward.Where(index => Bypasses(flowchart.Flows[index]))];
        Keys = [.. flowchart.Flows.Select((flow, index) => KeyOf(flowchart, flow, index))];
        ById = flowchart.Activities.ToFrozenDictionary(child => child.Id);
    }

    public Node Flowchart { get; }

    public Node? Start { get; }

    public FrozenDictionary<string, Node> ById { get; }

    public IReadOnlySet<string> Reachable { get; }

    /// <summary>Names each flow by its ends, so that a state means the same under another version of the definition.</summary>
    public ImmutableArray<string> Keys { get; }

    /// <summary>Indexes into <c>Flowchart.Flows</c>, in the order of the document.</summary>
    public ImmutableArray<int> Outbound(string node) => outbound.GetValueOrDefault(node, []);

    public ImmutableArray<int> ForwardInbound(string node) => forwardInbound.GetValueOrDefault(node, []);

    public bool IsBackward(int flow) => backward.Contains(flow);

    /// <summary>True for a backward flow whose source can be reached without going through its target: it would jump into the middle of a loop.</summary>
    public bool BypassesTarget(int flow) => bypassing.Contains(flow);

    public static FlowGraph Of(Node flowchart) => flowchart.Derive(static node => new FlowGraph(node));

    /// <summary>The flow of a key; null when this version has none.</summary>
    public int? FlowOf(string key) => Keys.IndexOf(key) is var index and >= 0 ? index : null;

    /// <summary>Nodes from which <paramref name="node"/> can be reached by forward flows.</summary>
    public HashSet<string> Ancestors(string node) => Ancestors(node, without: null);

    private HashSet<string> Ancestors(string node, string? without)
    {
        var found = new HashSet<string>();
        var open = new Queue<string>([node]);
        while (open.TryDequeue(out var current))
            foreach (var source in ForwardInbound(current).Select(flow => Flowchart.Flows[flow].Source))
                if (source != without && found.Add(source)) open.Enqueue(source);
        return found;
    }

    private bool Bypasses(Flow backward) =>
        backward.Target != Start!.Id && backward.Target != backward.Source
        && (backward.Source == Start.Id || Ancestors(backward.Source, without: backward.Target).Contains(Start.Id));

    private static string KeyOf(Node flowchart, Flow flow, int index)
    {
        var twins = flowchart.Flows.Take(index).Count(other => other == flow);
        return twins == 0 ? $"{flow.Source}.{flow.Port}>{flow.Target}" : $"{flow.Source}.{flow.Port}>{flow.Target}#{twins}";
    }

    /// <summary>Elsa's order: an Elsa.Start, the first that can start, the first without inbound flows, the first.</summary>
    private static Node? FindStart(Node flowchart) =>
        flowchart.Activities.FirstOrDefault(child => child.Type.Descriptor.Type == "Elsa.Start")
        ?? flowchart.Activities.FirstOrDefault(child => child.CanStart)
        ?? flowchart.Activities.FirstOrDefault(child => !flowchart.Flows.Any(flow => flow.Target == child.Id))
        ?? flowchart.Activities.FirstOrDefault();

    private HashSet<string> Walk()
    {
        var seen = new HashSet<string>();
        if (Start is null) return seen;
        var accepted = new Dictionary<string, List<string>>();
        var open = new Queue<string>([Start.Id]);
        seen.Add(Start.Id);
        while (open.TryDequeue(out var current))
            foreach (var index in Outbound(current))
            {
                var target = Flowchart.Flows[index].Target;
                if (Leads(accepted, target, current))
                {
                    backward.Add(index);
                    continue;
                }
                if (!accepted.TryGetValue(current, out var targets)) accepted[current] = targets = [];
                targets.Add(target);
                if (seen.Add(target)) open.Enqueue(target);
            }
        return seen;
    }

    private static bool Leads(Dictionary<string, List<string>> accepted, string from, string to)
    {
        if (from == to) return true;
        var seen = new HashSet<string> { from };
        var open = new Stack<string>([from]);
        while (open.TryPop(out var current))
            foreach (var next in accepted.GetValueOrDefault(current) ?? [])
            {
                if (next == to) return true;
                if (seen.Add(next)) open.Push(next);
            }
        return false;
    }

    private static FrozenDictionary<string, ImmutableArray<int>> Group(IEnumerable<(string Node, int Flow)> pairs) =>
        pairs.GroupBy(pair => pair.Node, pair => pair.Flow).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
}
