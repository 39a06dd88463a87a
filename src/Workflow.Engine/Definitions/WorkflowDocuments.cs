using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>Workflow documents that may use one another.</summary>
public sealed class WorkflowDocuments(IReadOnlyList<JsonElement> documents)
{
    /// <summary>Elsa's order: the version's id, then the type with its version, then the newest of the definition.</summary>
    public JsonElement? Find(WorkflowReference reference) =>
        First(document => reference.VersionId is { } id && document.Text("id") == id)
        ?? First(document => TypeName(document) is { } type && type == reference.TypeName && VersionOf(document) == reference.Version)
        ?? First(document => (reference.DefinitionId is { } id && document.Text("definitionId") == id) || (TypeName(document) is { } type && type == reference.TypeName));

    private JsonElement? First(Func<JsonElement, bool> which)
    {
        var found = documents.Where(which).OrderByDescending(VersionOf).ToList();
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The version that a document says it has.</summary>
    public static int VersionOf(JsonElement document) => document.Member("version") is { ValueKind: JsonValueKind.Number } version && version.TryGetInt32(out var number) ? number : 1;

    /// <summary>Elsa names the activity type after the workflow: its words joined, each with a capital.</summary>
    private static string? TypeName(JsonElement document) =>
        document.Text("name") is { } name
            ? string.Concat(name.Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
            : null;
}
