using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>Rules about one flowchart: ports that exist, flows that can be followed, activities that can run, circles that end.</summary>
internal static class FlowRules
{
    public static void Check(Node node, DefinitionCheck check)
    {
        CheckMode(node.Json, node.Pointer, check);
        if (!node.Type.Descriptor.HasConnections) return;
        var graph = FlowGraph.Of(node);
        foreach (var flow in node.Flows)
        {
            var source = graph.ById[flow.Source];
            if (!CanFollow(source, flow))
                check.ErrorInTask($"{flow.Pointer}/source/port", $"an outcome of '{source.ActivityId}': {string.Join(", ", source.Type.Outcomes(source))}", $"'{flow.Port}'");
        }
        foreach (var (_, flow) in node.Flows.Index().Where(flow => graph.BypassesTarget(flow.Index)))
            check.Warn(flow.Pointer, $"every way to '{graph.ById[flow.Source].ActivityId}' to go through '{graph.ById[flow.Target].ActivityId}'", "one that does not; following this flow back is a fault");
        foreach (var child in node.Activities.Where(child => !graph.Reachable.Contains(child.Id)))
            check.ErrorInTask(child.Pointer, $"a way to this activity from where the flowchart starts ('{graph.Start!.ActivityId}')", "none; it never runs");
        foreach (var circle in FlowCircles.Endless(graph))
            check.Warn(circle[0].Pointer, "a wait on this circle, or a decision that leaves it", $"none: {string.Join(" → ", circle.Append(circle[0]).Select(one => one.ActivityId))}");
    }

    public static void CheckMode(JsonElement json, string pointer, DefinitionCheck check)
    {
        if (json.Member("customProperties")?.Text(FlowchartModes.Property) is not { } mode || mode == "Default" || FlowchartModes.Of(json) is not null) return;
        check.Error($"{pointer}/customProperties/{FlowchartModes.Property}", "Default, CounterBased or TokenBased", $"'{mode}'");
    }

    /// <summary>Whether the source of a flow may end with the outcome that the flow starts at.</summary>
    public static bool CanFollow(Node source, Flow flow) => !source.Type.HasFixedOutcomes(source) || source.Type.Outcomes(source).Contains(flow.Port);
}
