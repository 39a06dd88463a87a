namespace Workflow.Engine.Definitions;

/// <summary>Rules about other workflows that one names: they should be there.</summary>
internal static class WorkflowRules
{
    /// <summary>The input by which activities name the workflow that they start.</summary>
    private const string IdInput = "workflowDefinitionId";

    public static void Check(Node node, DefinitionCheck check)
    {
        if (check.Workflows is not { } find || node.LiteralText(IdInput) is not { Length: > 0 } id || id == check.Definition.Id.DefinitionId) return;
        if (find(new(id, null, null, "")) is null) check.Warn(node.Inputs[IdInput].Pointer, "the id of a workflow that is known here", $"'{id}'");
    }
}
