using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflow.Engine.Definitions;

/// <summary>What the writers of the parts of a document share.</summary>
internal static class JsonWriting
{
    /// <summary>All members in their order; those that are known under their own name, whatever case they were written in, and written anew.</summary>
    public static JsonObject Members(JsonElement json, IReadOnlyList<string> known, Func<string, JsonElement, JsonNode?> write)
    {
        var written = new JsonObject();
        if (json.ValueKind != JsonValueKind.Object) return written;
        var names = json.EnumerateObject().Select(member => member.Name).ToList();
        foreach (var member in json.EnumerateObject())
        {
            // The reader takes the exact name before one in another case, and of those the first; only what it takes is renamed.
            var name = known.FirstOrDefault(name => string.Equals(name, member.Name, StringComparison.OrdinalIgnoreCase));
            var isTaken = name is not null && member.Name == (names.Contains(name) ? name : names.First(other => string.Equals(name, other, StringComparison.OrdinalIgnoreCase)));
            written[isTaken ? name! : member.Name] = isTaken && member.Value.ValueKind != JsonValueKind.Null ? write(name!, member.Value) : Copy(member.Value);
        }
        return written;
    }

    /// <summary>A list without its wrapper; what is no list is kept.</summary>
    public static JsonNode? List(JsonElement json, Func<JsonElement, JsonNode?> write)
    {
        var list = json.ListOrSelf();
        return list.ValueKind == JsonValueKind.Array ? new JsonArray([.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object ? write(item) : Copy(item))]) : Copy(json);
    }

    public static JsonNode? Copy(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Object => JsonObject.Create(json.Clone()),
        JsonValueKind.Array => JsonArray.Create(json.Clone()),
        _ => JsonValue.Create(json.Clone()),
    };

    public static string? Text(this JsonNode? json) => json is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static bool IsFalse(this JsonNode? json) => json is JsonValue value && value.GetValueKind() == JsonValueKind.False;

    public static void RenameType(this JsonObject json, string member)
    {
        if (json[member].Text() is { } type) json[member] = Expressions.TypeName.Parse(type).Alias;
    }
}
