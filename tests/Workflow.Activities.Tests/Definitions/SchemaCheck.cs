using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Workflow.Activities.Tests.Definitions;

/// <summary>As much of JSON Schema draft-07 as our schema uses. A keyword that it does not know is an error, so that nothing passes unread.</summary>
internal sealed class SchemaCheck(JsonObject schema)
{
    private static readonly string[] Annotations = ["$schema", "title", "description", "definitions"];

    /// <summary>Where a document does not conform, and to which keyword.</summary>
    public List<string> Check(JsonNode? json) => Check(schema, json, "");

    private List<string> Check(JsonNode? part, JsonNode? json, string at) =>
        [.. part!.AsObject().Where(keyword => !Annotations.Contains(keyword.Key)).SelectMany(keyword => Check(part.AsObject(), keyword.Key, keyword.Value!, json, at))];

    private List<string> Check(JsonObject part, string keyword, JsonNode value, JsonNode? json, string at) => keyword switch
    {
        "$ref" => Check(Resolve(value.GetValue<string>()), json, at),
        "type" => Is(Kinds(value).Any(kind => IsOf(kind, json)), at, $"type {value.ToJsonString()}"),
        "enum" => Is(value.AsArray().Any(one => JsonNode.DeepEquals(one, json)), at, "enum"),
        "const" => Is(JsonNode.DeepEquals(value, json), at, "const"),
        "anyOf" => Is(value.AsArray().Any(one => Check(one, json, at).Count == 0), at, "anyOf"),
        "allOf" => [.. value.AsArray().SelectMany(one => Check(one, json, at))],
        "if" => Check(value, json, at).Count == 0 ? Check(part["then"], json, at) : [],
        "then" => [],
        "pattern" => Is(json is not JsonValue || json.GetValueKind() != JsonValueKind.String || Regex.IsMatch(json.GetValue<string>(), value.GetValue<string>()), at, "pattern"),
        "minimum" => Is(json?.GetValueKind() != JsonValueKind.Number || json.GetValue<double>() >= value.GetValue<double>(), at, "minimum"),
        "required" => json is JsonObject of ? [.. value.AsArray().Where(name => !of.ContainsKey(name!.GetValue<string>())).Select(name => $"{at}: required {name}")] : [],
        "properties" => json is JsonObject of ? [.. value.AsObject().Where(member => of.ContainsKey(member.Key)).SelectMany(member => Check(member.Value, of[member.Key], $"{at}/{member.Key}"))] : [],
        "additionalProperties" => json is JsonObject of ? [.. of.Where(member => part["properties"]?[member.Key] is null).SelectMany(member => Additional(value, member.Value, $"{at}/{member.Key}"))] : [],
        "items" => json is JsonArray list ? [.. list.Index().SelectMany(item => Check(value, item.Item, $"{at}/{item.Index}"))] : [],
        _ => throw new NotSupportedException($"keyword {keyword}"),
    };

    private List<string> Additional(JsonNode allowed, JsonNode? json, string at) => allowed is JsonObject ? Check(allowed, json, at) : Is(allowed.GetValue<bool>(), at, "additionalProperties");

    private JsonNode Resolve(string reference)
    {
        reference.ShouldStartWith("#/definitions/");
        return schema["definitions"]![reference["#/definitions/".Length..]].ShouldNotBeNull(reference);
    }

    private static IEnumerable<string> Kinds(JsonNode type) => type is JsonArray list ? list.Select(one => one!.GetValue<string>()) : [type.GetValue<string>()];

    private static bool IsOf(string kind, JsonNode? json) => json?.GetValueKind() switch
    {
        null or JsonValueKind.Null => kind == "null",
        JsonValueKind.Number => kind == "number" || (kind == "integer" && json.GetValue<double>() % 1 == 0),
        JsonValueKind.True or JsonValueKind.False => kind == "boolean",
        { } other => kind.Equals(other.ToString(), StringComparison.OrdinalIgnoreCase),
    };

    private static List<string> Is(bool holds, string at, string keyword) => holds ? [] : [$"{at}: {keyword}"];
}
