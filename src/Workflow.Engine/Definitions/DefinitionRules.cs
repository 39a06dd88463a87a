using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>Rules about a whole definition whose parts have been read without error.</summary>
public static class DefinitionRules
{
    public static void Check(DefinitionCheck check)
    {
        var (definition, problems) = (check.Definition, check.Problems);
        foreach (var node in definition.Nodes.Values.OrderBy(node => node.Pointer, StringComparer.Ordinal))
        {
            CheckFlows(node, definition, problems);
            node.Type.Check(node, check);
        }
        foreach (var twice in definition.Nodes.Values.GroupBy(node => (Scope(node), node.ActivityId)).Where(group => group.Count() > 1))
            Report(definition, problems, $"{twice.Last().Pointer}/id", "an id that no other activity has", $"'{twice.Key.ActivityId}', also at {twice.First().Pointer}");
        CheckMode(definition.Document, "", problems);
        if (definition.IsTask && string.IsNullOrWhiteSpace(definition.Name))
            problems.Error("/name", "a name that people recognise", "nothing");
    }

    /// <summary>The innermost usage of another workflow around a node: that workflow's ids are its own.</summary>
    private static Node? Scope(Node node)
    {
        var at = node.Parent;
        while (at is not null && at.Type.UsedWorkflow is null) at = at.Parent;
        return at;
    }

    private static void CheckMode(JsonElement json, string pointer, ProblemList problems)
    {
        if (json.Member("customProperties")?.Text(FlowchartModes.Property) is not { } mode || mode == "Default" || FlowchartModes.Of(json) is not null) return;
        problems.Error($"{pointer}/customProperties/{FlowchartModes.Property}", "Default, CounterBased or TokenBased", $"'{mode}'");
    }

    private static void CheckFlows(Node node, WorkflowDefinition definition, ProblemList problems)
    {
        CheckMode(node.Json, node.Pointer, problems);
        if (node.Flows.IsEmpty && node.Activities.Length <= 1) return;
        var byId = node.Activities.ToDictionary(child => child.Id);
        foreach (var (index, flow) in node.Flows.Index())
        {
            var source = byId[flow.Source];
            var outcomes = source.Type.Outcomes(source);
            if (!outcomes.Contains(flow.Port) && source.Type.HasFixedOutcomes(source))
                Report(definition, problems, $"{node.Pointer}/connections/{index}/source/port", $"an outcome of '{flow.Source}': {string.Join(", ", outcomes)}", $"'{flow.Port}'");
        }
        if (!node.Type.Descriptor.HasConnections) return;
        var graph = FlowGraph.Of(node);
        foreach (var (index, flow) in node.Flows.Index().Where(flow => graph.BypassesTarget(flow.Index)))
            problems.Warn($"{node.Pointer}/connections/{index}", $"every way to '{flow.Source}' to go through '{flow.Target}'", "one that does not; following this flow back is a fault");
        foreach (var child in node.Activities.Where(child => !graph.Reachable.Contains(child.Id)))
            Report(definition, problems, child.Pointer, $"a way to this activity from where the flowchart starts ('{graph.Start!.Id}')", "none; it never runs");
    }

    /// <summary>Elsa tolerates work that never runs. In a task it would be a step of the loop that nobody does.</summary>
    private static void Report(WorkflowDefinition definition, ProblemList problems, string pointer, string expected, string found)
    {
        if (definition.IsTask) problems.Error(pointer, expected, found);
        else problems.Warn(pointer, expected, found);
    }
}
