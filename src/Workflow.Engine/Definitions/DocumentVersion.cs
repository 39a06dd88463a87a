using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflow.Engine.Definitions;

/// <summary>What a document says about which version it is. While it is a draft it says nothing; the number is given when it is published.</summary>
public static class DocumentVersion
{
    /// <summary>What Elsa writes about a version beside its number; none of it is true of the next one.</summary>
    private static readonly HashSet<string> Said = new(["version", "isLatest", "isPublished"], StringComparer.OrdinalIgnoreCase);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as one that can become another version.</summary>
    public static JsonElement Without(JsonElement document) => Rebuild(document, null);

    /// <summary>The document as this version. The number stands behind the id.</summary>
    public static JsonElement With(JsonElement document, int version) => Rebuild(document, version);

    private static JsonElement Rebuild(JsonElement document, int? version)
    {
        var name = document.Text("definitionId") is null ? "id" : "definitionId";
        var written = new JsonObject();
        foreach (var member in document.EnumerateObject().Where(member => !Said.Contains(member.Name)))
        {
            var isId = string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase);
            // Beside a definition's id, "id" is that of one version.
            if (!isId && string.Equals(member.Name, "id", StringComparison.OrdinalIgnoreCase)) continue;
            written[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            if (isId && version is not null) written["version"] = version;
        }
        return JsonElement.Parse(written.ToJsonString(Plain));
    }
}
