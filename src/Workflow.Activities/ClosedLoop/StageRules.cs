using Workflow.Engine.Definitions;

namespace Workflow.Activities.ClosedLoop;

/// <summary>Whether a stage can end, from its graph: from every activity that can run there must be a way to an end.</summary>
internal static class StageRules
{
    public static void CheckCanEnd(Node body, DefinitionCheck check)
    {
        foreach (var child in body.Children) CheckCanEnd(child, check);
        if (!body.Type.Descriptor.HasConnections || body.Activities.IsEmpty) return;

        var graph = FlowGraph.Of(body);
        var ending = EndingNodes(graph);
        var stuck = body.Activities.FirstOrDefault(child => graph.Reachable.Contains(child.Id) && !ending.Contains(child.Id));
        if (stuck is not null)
            check.Error(stuck.Pointer, "a way from this activity to the end of its stage", $"only a loop without a way out: {string.Join(" → ", Loop(graph, stuck.Id))}");
    }

    /// <summary>Activities from which an end can be reached: an outcome without a flow, or an activity that ends the stage.</summary>
    private static HashSet<string> EndingNodes(FlowGraph graph)
    {
        var flows = graph.Flowchart.Flows;
        var ending = graph.Flowchart.Activities.Where(child => IsEnd(graph, child)).Select(child => child.Id).ToHashSet();
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var flow in flows) grew |= ending.Contains(flow.Target) && ending.Add(flow.Source);
        }
        return ending;
    }

    private static bool IsEnd(FlowGraph graph, Node child)
    {
        if (child.Type.Descriptor.IsTerminal) return true;
        var used = graph.Outbound(child.Id).Select(index => graph.Flowchart.Flows[index].Port).ToHashSet();
        return child.Type.Outcomes(child).Any(outcome => !used.Contains(outcome));
    }

    /// <summary>The shortest way from an activity back to itself or to one already seen.</summary>
    private static List<string> Loop(FlowGraph graph, string start)
    {
        var path = new List<string> { start };
        for (var current = start; ;)
        {
            current = graph.Flowchart.Flows[graph.Outbound(current)[0]].Target;
            path.Add(current);
            if (path.IndexOf(current) < path.Count - 1) return path;
        }
    }
}
