namespace Workflow.Engine.Definitions;

/// <summary>
/// Finds circles of a flowchart that nothing ends: no activity on them can wait or stop the flow, and no decision on them can leave them.
/// A token on such a circle turns for ever within one burst.
/// </summary>
internal sealed class FlowCircles
{
    private readonly Dictionary<string, List<string>> forward = [];
    private readonly Dictionary<string, List<string>> back = [];
    private readonly FlowGraph graph;

    private FlowCircles(FlowGraph graph)
    {
        this.graph = graph;
        foreach (var flow in graph.Flowchart.Flows.Where(flow => FlowRules.CanFollow(graph.ById[flow.Source], flow)))
        {
            Add(forward, flow.Source, flow.Target);
            Add(back, flow.Target, flow.Source);
        }

        static void Add(Dictionary<string, List<string>> ways, string from, string to)
        {
            if (!ways.TryGetValue(from, out var list)) ways[from] = list = [];
            list.Add(to);
        }
    }

    /// <summary>One circle for each part of the flowchart that has an endless one.</summary>
    public static IEnumerable<IReadOnlyList<Node>> Endless(FlowGraph graph)
    {
        if (graph.Flowchart.Flows.IsEmpty) yield break;
        var circles = new FlowCircles(graph);
        var open = new Stack<HashSet<string>>();
        open.Push([.. graph.Reachable.Where(id => !Stops(graph.ById[id]))]);
        while (open.TryPop(out var nodes))
            foreach (var part in circles.StrongParts(nodes))
            {
                // A decision that can leave ends every circle through it; what is left of the part may still turn without it.
                if (part.RemoveWhere(id => circles.CanLeave(id, part)) == 0) yield return circles.CircleIn(part);
                else open.Push(part);
            }
    }

    /// <summary>A token that comes here may stay, or ends.</summary>
    private static bool Stops(Node node) => node.Type.Descriptor.IsTerminal || CanStop(node);

    private static bool CanStop(Node node) => node.Type.CanWait(node) || node.Type.Descriptor.IsExit || node.Children.Any(CanStop);

    private bool CanLeave(string id, HashSet<string> part)
    {
        var node = graph.ById[id];
        if (!node.Type.HasFixedOutcomes(node)) return true;
        var outcomes = node.Type.Outcomes(node);
        if (node.Type.Descriptor.TakesEveryPort || outcomes.Count < 2) return false;
        var inside = graph.Outbound(id).Select(index => graph.Flowchart.Flows[index]).Where(flow => part.Contains(flow.Target)).Select(flow => flow.Port).ToHashSet();
        return outcomes.Any(outcome => !inside.Contains(outcome));
    }

    /// <summary>The parts in which every node can reach every other; a single node only when it leads to itself (Kosaraju).</summary>
    private List<HashSet<string>> StrongParts(HashSet<string> nodes)
    {
        var order = new List<string>();
        var seen = new HashSet<string>();
        foreach (var node in nodes) Walk(node, forward, nodes, seen, order);
        seen.Clear();
        var parts = new List<HashSet<string>>();
        foreach (var node in order.AsEnumerable().Reverse())
        {
            var part = new List<string>();
            Walk(node, back, nodes, seen, part);
            if (part.Count > 1 || (part.Count == 1 && Next(part[0], forward).Contains(part[0]))) parts.Add([.. part]);
        }
        return parts;
    }

    /// <summary>Depth first on a stack of its own; adds each node when all behind it are done.</summary>
    private static void Walk(string start, Dictionary<string, List<string>> ways, HashSet<string> within, HashSet<string> seen, List<string> done)
    {
        if (!seen.Add(start)) return;
        var open = new Stack<(string Node, IEnumerator<string> Next)>();
        open.Push((start, Next(start, ways).GetEnumerator()));
        while (open.TryPeek(out var top))
            if (!top.Next.MoveNext())
            {
                done.Add(top.Node);
                open.Pop();
            }
            else if (within.Contains(top.Next.Current) && seen.Add(top.Next.Current)) open.Push((top.Next.Current, Next(top.Next.Current, ways).GetEnumerator()));
    }

    /// <summary>Some circle inside a strong part, beginning with its first activity in the document.</summary>
    private List<Node> CircleIn(HashSet<string> part)
    {
        var start = graph.Flowchart.Activities.First(child => part.Contains(child.Id));
        var from = new Dictionary<string, string>();
        var open = new Queue<string>([start.Id]);
        while (open.TryDequeue(out var current))
            foreach (var next in Next(current, forward).Where(part.Contains))
            {
                if (next == start.Id) return [start, .. Way(from, start.Id, current)];
                if (from.TryAdd(next, current)) open.Enqueue(next);
            }
        throw new System.Diagnostics.UnreachableException();
    }

    private Stack<Node> Way(Dictionary<string, string> from, string start, string end)
    {
        var way = new Stack<Node>();
        for (var at = end; at != start; at = from[at]) way.Push(graph.ById[at]);
        return way;
    }

    private static List<string> Next(string node, Dictionary<string, List<string>> ways) => ways.GetValueOrDefault(node) ?? [];
}
