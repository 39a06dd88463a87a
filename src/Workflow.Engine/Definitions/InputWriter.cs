using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>Writes inputs, outputs and expressions in full.</summary>
internal static class InputWriter
{
    public static JsonNode? Input(JsonElement value, InputDescriptor input, VariableNames? scope)
    {
        var typeName = TypeName.Parse(input.TypeName).Alias;
        if (!NodeInputReader.IsWrapped(value)) return new JsonObject { ["typeName"] = typeName, ["expression"] = Literal(value.Unwrapped()) };
        var written = JsonWriting.Members(value, ["typeName", "expression", "memoryReference"], (name, member) => name == "expression" ? Expression(member, scope) : JsonWriting.Copy(member));
        written.RenameType("typeName");
        if (value.Member("typeName") is null && value.Member("expression") is not null)
        {
            written.Remove("typeName");
            written.Insert(0, "typeName", typeName);
        }
        return written;
    }

    public static JsonNode? Output(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return JsonWriting.Copy(value);
        var written = JsonWriting.Members(value, ["typeName", "memoryReference"], (name, member) =>
            name == "memoryReference" && member.ValueKind == JsonValueKind.Object ? JsonWriting.Members(member, ["id"], (_, id) => JsonWriting.Copy(id)) : JsonWriting.Copy(member));
        written.RenameType("typeName");
        return written;
    }

    public static JsonNode? Expression(JsonElement json, VariableNames? scope)
    {
        if (json.ValueKind != JsonValueKind.Object) return Literal(json.Unwrapped());
        var type = json.Text("type") ?? "Literal";
        if (type.Equals("Json", StringComparison.OrdinalIgnoreCase)) type = "Object";
        type = Workflow.Engine.Expressions.Expression.SupportedTypes.FirstOrDefault(name => name.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? type;
        var written = JsonWriting.Members(json, ["type", "value"], (name, value) => name == "type" ? type : Value(type, value, scope));
        if (json.Text("type") is null)
        {
            written.Remove("type");
            written.Insert(0, "type", type);
        }
        // What stands as JSON in a literal is the text of an Object expression in Elsa.
        if (type == "Literal" && json.Member("value")?.Unwrapped() is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } structure)
        {
            written["type"] = "Object";
            written["value"] = structure.GetRawText();
        }
        return written;
    }

    private static JsonObject Literal(JsonElement value) => value.ValueKind is JsonValueKind.Array or JsonValueKind.Object
        ? new() { ["type"] = "Object", ["value"] = value.GetRawText() }
        : new() { ["type"] = "Literal", ["value"] = JsonWriting.Copy(value) };

    private static JsonNode? Value(string type, JsonElement value, VariableNames? scope) => type switch
    {
        "Object" when value.ValueKind != JsonValueKind.String => value.Unwrapped().GetRawText(),
        "Variable" => Reference(value) is { } name ? Variable(name, scope) : JsonWriting.Copy(Values.ToJson(value)),
        "Input" => Reference(value) is { } name ? new JsonObject { ["name"] = name } : JsonWriting.Copy(Values.ToJson(value)),
        _ => JsonWriting.Copy(value),
    };

    private static JsonObject Variable(string name, VariableNames? scope)
    {
        var (id, shown) = scope?.Find(name) ?? (name, name);
        return new() { ["id"] = id, ["name"] = shown };
    }

    /// <summary>A reference by bare name; null for a whole object, or a JSON text of one.</summary>
    private static string? Reference(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && !text.TrimStart().StartsWith('{') ? text : null;
}
