namespace Workflow.Engine.Definitions;

/// <summary>Rules about a whole definition whose parts have been read; <c>docs/definitions.md</c> lists them all.</summary>
public static class DefinitionRules
{
    public static void Check(DefinitionCheck check)
    {
        var definition = check.Definition;
        FlowRules.CheckMode(definition.Document, "", check);
        foreach (var node in definition.Nodes.Values.OrderBy(node => node.Pointer, StringComparer.Ordinal)) CheckNode(node, check);
        CheckIds(check);
        if (definition.IsTask && string.IsNullOrWhiteSpace(definition.Name))
            check.Error("/name", "a name that people recognise", "nothing");
    }

    private static void CheckNode(Node node, DefinitionCheck check)
    {
        // What is odd in a workflow that is used is said once, where it stands itself; what is wrong with it is wrong here too.
        var found = UsageAround(node) is null ? check : check with { Problems = new() };
        FlowRules.Check(node, found);
        VariableRules.Check(node, found);
        WorkflowRules.Check(node, found);
        ConditionRules.Check(node, found);
        ScriptRules.Check(node, found);
        node.Type.Check(node, found);
        if (found != check) check.Problems.AddErrors(found.Problems);
    }

    private static void CheckIds(DefinitionCheck check)
    {
        foreach (var twice in check.Definition.Nodes.Values.GroupBy(node => (UsageAround(node), node.ActivityId)).Where(group => group.Count() > 1))
        {
            // Twice in one list of activities is an error that the reader has reported.
            var places = twice.OrderBy(node => node.Pointer, StringComparer.Ordinal).DistinctBy(node => node.ParentPort is null ? node.Parent ?? node : node).ToList();
            if (places.Count == 1) continue;
            check.ErrorInTask($"{places[^1].Pointer}/id", "an id that no other activity has", $"'{twice.Key.ActivityId}', also at {places[0].Pointer}");
        }
    }

    /// <summary>The innermost usage of another workflow around a node: that workflow's ids, inputs and outputs are its own.</summary>
    internal static Node? UsageAround(Node node)
    {
        var at = node.Parent;
        while (at is not null && at.Type.UsedWorkflow is null) at = at.Parent;
        return at;
    }
}
