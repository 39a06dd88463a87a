using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>What a document says about the workflow that it uses as an activity.</summary>
/// <param name="VersionId">The id of one exact version; null when it is not named.</param>
/// <param name="TypeName">The activity type, which Elsa derives from the workflow's name.</param>
public sealed record WorkflowReference(string? DefinitionId, string? VersionId, int? Version, string TypeName);

/// <summary>Finds the document of a workflow that another one uses; null when there is none.</summary>
public delegate JsonElement? WorkflowLookup(WorkflowReference reference);

/// <summary>What the node of a used workflow and the engine have to name alike.</summary>
public static class UsedWorkflow
{
    /// <summary>The port that holds the root of the used workflow.</summary>
    public const string RootPort = "workflow";

    /// <summary>Where its token keeps the inputs.</summary>
    public const string InputKey = "input";

    /// <summary>Where its token keeps an output.</summary>
    public static string OutputKey(string output) => $"output:{output}";
}

/// <summary>Finds the workflows that are used as activities of others while a document is read.</summary>
internal sealed record WorkflowUsages(WorkflowLookup Lookup, int Depth = 0)
{
    public WorkflowUsages Deeper() => this with { Depth = Depth + 1 };

    public JsonElement? Find(JsonElement usage, string typeName, string pointer, ProblemList problems)
    {
        var definitionId = usage.Text("workflowDefinitionId");
        var version = usage.Member("version") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var parsed) ? parsed : (int?)null;
        if (Lookup(new(definitionId, usage.Text("workflowDefinitionVersionId"), version, typeName)) is { } found) return found;
        if (definitionId is not null) problems.Error($"{pointer}/workflowDefinitionId", "a workflow that is known here", $"'{definitionId}'");
        return null;
    }
}
