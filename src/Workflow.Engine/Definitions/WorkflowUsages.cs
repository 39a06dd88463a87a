using System.Collections.Immutable;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>What a document says about the workflow that it uses as an activity.</summary>
/// <param name="VersionId">The id of one exact version; null when it is not named.</param>
/// <param name="TypeName">The activity type, which Elsa derives from the workflow's name.</param>
public sealed record WorkflowReference(string? DefinitionId, string? VersionId, int? Version, string TypeName);

/// <summary>Finds the document of a workflow that another one uses; null when there is none.</summary>
public delegate JsonElement? WorkflowLookup(WorkflowReference reference);

/// <summary>Finds the workflows that are used as activities of others while a document is read.</summary>
/// <param name="Around">The workflows that are being read, outermost first.</param>
internal sealed record WorkflowUsages(WorkflowLookup Lookup, ImmutableArray<DefinitionVersion> Around)
{
    /// <summary>Used workflows inside one another so far.</summary>
    public int Depth => Around.Length - 1;

    public WorkflowUsages Inside(DefinitionVersion workflow) => this with { Around = Around.Add(workflow) };

    /// <summary>The way from a workflow that is being read back to it; null when it is not being read.</summary>
    public string? Circle(DefinitionVersion workflow) =>
        Around.IndexOf(workflow) is >= 0 and var start ? string.Join(" → ", Around[start..].Add(workflow).Select(one => one.DefinitionId)) : null;

    public JsonElement? Find(JsonElement usage, string typeName, string pointer, ProblemList problems)
    {
        var definitionId = usage.Text("workflowDefinitionId");
        var version = usage.Member("version") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var parsed) ? parsed : (int?)null;
        if (Lookup(new(definitionId, usage.Text("workflowDefinitionVersionId"), version, typeName)) is { } found) return found;
        if (definitionId is not null) problems.Error($"{pointer}/workflowDefinitionId", "a workflow that is known here", $"'{definitionId}'");
        return null;
    }
}
