using System.Text.Json;
using Workflow.Engine.Definitions;

namespace Workflow.Server.Hosting;

/// <summary>The workflow documents of a folder, as the registry of workflows that its documents use.</summary>
internal sealed class DefinitionFolder(IReadOnlyList<JsonElement> documents)
{
    public static DefinitionFolder Read(string folder)
    {
        var documents = new List<JsonElement>();
        foreach (var path in DefinitionFiles.In(folder))
            try
            {
                if (JsonElement.Parse(File.ReadAllBytes(path)) is { ValueKind: JsonValueKind.Object } document) documents.Add(document);
            }
            catch (JsonException)
            {
                // Not a document; whoever runs it hears of it.
            }
        return new(documents);
    }

    /// <summary>Elsa's order: the version's id, then the type with its version, then the newest of the definition.</summary>
    public JsonElement? Find(WorkflowReference reference) =>
        First(document => reference.VersionId is { } id && document.Text("id") == id)
        ?? First(document => TypeName(document) == reference.TypeName && VersionOf(document) == reference.Version)
        ?? First(document => (reference.DefinitionId is { } id && document.Text("definitionId") == id) || TypeName(document) == reference.TypeName);

    private JsonElement? First(Func<JsonElement, bool> which)
    {
        var found = documents.Where(which).OrderByDescending(VersionOf).ToList();
        return found.Count > 0 ? found[0] : null;
    }

    private static int VersionOf(JsonElement document) => document.Member("version") is { ValueKind: JsonValueKind.Number } version && version.TryGetInt32(out var number) ? number : 1;

    /// <summary>Elsa names the activity type after the workflow: its words joined, each with a capital.</summary>
    private static string? TypeName(JsonElement document) =>
        document.Text("name") is { } name
            ? string.Concat(name.Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
            : null;
}
