using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ClosedLoop;

/// <summary>
/// Whether a stage can end, from its graph: from every activity that can run there must be a way to an end, and not every end may be a return.
/// </summary>
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

    /// <summary>A stage that ends with Return only would never let its task close.</summary>
    public static void CheckGoesOn(Node body, DefinitionCheck check)
    {
        if (EndsStage(body) && !CanComplete(body) && !HasOtherEnd(body)) check.Error(body.Pointer, "a way to end the stage with Done or CloseOut", "Return at every end");
    }

    private static bool HasOtherEnd(Node node) =>
        node.Type is EndStage ? EndStage.OutcomeOf(node) != StageOutcome.Return : node.Children.Any(HasOtherEnd);

    private static bool CanComplete(Node node)
    {
        var shape = node.Type.Descriptor;
        if (shape.IsTerminal) return false;
        if (!shape.HasConnections) return node.Activities.All(CanComplete) && (shape.ChildPorts.Count == 0 || shape.ChildPorts.Any(PortCanComplete));
        var graph = FlowGraph.Of(node);
        return node.Activities.IsEmpty || node.Activities.Any(child => graph.Reachable.Contains(child.Id) && HasOpenEnd(graph, child) && CanComplete(child));

        bool PortCanComplete(string port) => !node.Ports.TryGetValue(port, out var child) || CanComplete(child);
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

    private static bool IsEnd(FlowGraph graph, Node child) => EndsStage(child) || HasOpenEnd(graph, child);

    private static bool HasOpenEnd(FlowGraph graph, Node child)
    {
        var used = graph.Outbound(child.Id).Select(index => graph.Flowchart.Flows[index].Port).ToHashSet();
        return child.Type.Outcomes(child).Any(outcome => !used.Contains(outcome));
    }

    private static bool EndsStage(Node node) => node.Type.Descriptor.IsTerminal || node.Children.Any(EndsStage);

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
