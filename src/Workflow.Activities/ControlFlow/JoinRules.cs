using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;

namespace Workflow.Activities.ControlFlow;

/// <summary>
/// Finds joins that wait for branches which can never all come, because a decision before them takes only one. In the counter-based mode such a join
/// is skipped, and what follows it never runs; in the token-based mode it waits for ever.
/// </summary>
internal static class JoinRules
{
    public static void Check(Node flowchart, FlowchartMode mode, DefinitionCheck check)
    {
        var graph = FlowGraph.Of(flowchart);
        var joins = flowchart.Activities.Where(child => graph.Reachable.Contains(child.Id) && graph.ForwardInbound(child).Length > 1 && NeedsAll(child, mode)).ToList();
        if (mode == FlowchartMode.TokenBased)
            foreach (var child in flowchart.Activities.Where(child => TokenFlow.ModeOf(child) == MergeMode.Converge)) CheckConverge(graph, child, check);
        if (joins.Count == 0) return;

        foreach (var choice in flowchart.Activities.Where(child => graph.Reachable.Contains(child.Id) && TakesOnePort(child)))
        {
            var ways = choice.Type.Outcomes(choice).Select(port => (Port: port, Reached: Reach(graph, choice, port))).ToList();
            for (var index = joins.Count - 1; index >= 0; index--)
                if (Exclusive(graph, joins[index], choice, ways) is var (one, other))
                {
                    Report(joins[index], choice, $"'{Source(graph, one)}' and '{Source(graph, other)}' come after different outcomes of '{choice.ActivityId}'", mode, IsOnCircle(graph, choice), check);
                    joins.RemoveAt(index);
                }
        }
    }

    private static void Report(Node join, Node choice, string found, FlowchartMode mode, bool canComeAgain, DefinitionCheck check)
    {
        const string Expected = "branches that can all come to this join";
        if (mode == FlowchartMode.CounterBased) check.ErrorInTask(join.Pointer, Expected, $"{found}; it never runs");
        else if (canComeAgain) check.Warn(join.Pointer, Expected, $"{found}; it waits until '{choice.ActivityId}' has gone both ways");
        else check.Error(join.Pointer, Expected, $"{found}; it waits for ever");
    }

    /// <summary>A converge waits for the flows that lead back to it too; none of them can come before it has run.</summary>
    private static void CheckConverge(FlowGraph graph, Node node, DefinitionCheck check)
    {
        foreach (var (index, flow) in graph.Flowchart.Flows.Index())
            if (flow.Target == node.Id && graph.IsBackward(index) && !graph.BypassesTarget(index))
                check.Error(node.Pointer, "flows that can all come before it runs", $"one from '{Source(graph, index)}' that comes only after it; it waits for ever");
    }

    private static bool NeedsAll(Node node, FlowchartMode mode) =>
        mode == FlowchartMode.CounterBased
            ? node.Type is FlowJoin && FlowJoin.ModeOf(node) == FlowJoinMode.WaitAll
            : TokenFlow.ModeOf(node) is MergeMode.Merge or MergeMode.Converge;

    private static bool TakesOnePort(Node node) =>
        node.Type.HasFixedOutcomes(node) && !node.Type.Descriptor.TakesEveryPort && node.Type.Outcomes(node).Count > 1
        && (node.Type is not FlowSwitch || (node.Literal("mode") is null && !node.Inputs.ContainsKey("mode")) || Values.ToEnum<SwitchMode>(node.LiteralText("mode")) == SwitchMode.MatchFirst);

    /// <summary>Two inbound flows of the join that no outcome of the choice allows both; null when there are none.</summary>
    private static (int One, int Other)? Exclusive(FlowGraph graph, Node join, Node choice, List<(string Port, HashSet<string> Reached)> ways)
    {
        var inbound = graph.ForwardInbound(join).Select(flow => (Flow: flow, Ports: Allowing(graph.Flowchart.Flows[flow]))).Where(flow => flow.Ports.Count > 0).ToList();
        foreach (var (index, one) in inbound.Index())
            foreach (var other in inbound.Skip(index + 1))
                if (!one.Ports.Overlaps(other.Ports)) return (one.Flow, other.Flow);
        return null;

        HashSet<string> Allowing(Engine.Definitions.Flow flow) =>
            [.. ways.Where(way => way.Reached.Contains(flow.Source) && (flow.Source != choice.Id || flow.Port == way.Port)).Select(way => way.Port)];
    }

    /// <summary>What can be reached when the choice always takes this port.</summary>
    private static HashSet<string> Reach(FlowGraph graph, Node choice, string port)
    {
        var seen = new HashSet<string> { graph.Start!.Id };
        var open = new Stack<string>(seen);
        while (open.TryPop(out var current))
            foreach (var flow in graph.Outbound(current).Select(index => graph.Flowchart.Flows[index]))
                if ((current != choice.Id || flow.Port == port) && seen.Add(flow.Target)) open.Push(flow.Target);
        return seen;
    }

    private static bool IsOnCircle(FlowGraph graph, Node node)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([node.Id]);
        while (open.TryPop(out var current))
            foreach (var target in graph.Outbound(current).Select(index => graph.Flowchart.Flows[index].Target))
            {
                if (target == node.Id) return true;
                if (seen.Add(target)) open.Push(target);
            }
        return false;
    }

    private static string Source(FlowGraph graph, int flow) => graph.ById[graph.Flowchart.Flows[flow].Source].ActivityId;
}
