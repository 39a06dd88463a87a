using System.Text.Json;

namespace Workflow.Engine.Expressions;

/// <summary>Reads Elsa's <c>{"type": …, "value": …}</c>; a missing type means Literal.</summary>
public static class ExpressionReader
{
    /// <returns>The expression, or null with <paramref name="expected"/> and <paramref name="found"/> set.</returns>
    public static Expression? Read(JsonElement json, out string expected, out string found)
    {
        expected = found = "";
        if (json.ValueKind != JsonValueKind.Object) return new Expression.Literal(json.Clone());

        var type = Member(json, "type") is { ValueKind: JsonValueKind.String } name ? name.GetString()! : "Literal";
        var value = Member(json, "value") ?? default;
        switch (type.ToUpperInvariant())
        {
            case "LITERAL":
                return new Expression.Literal(value.ValueKind == JsonValueKind.Undefined ? JsonSerializer.SerializeToElement<string?>(null) : value.Clone());
            case "OBJECT" or "JSON":
                return ReadObject(value, ref expected, ref found);
            case "VARIABLE":
                return Reference(value, "id", "name") is { } variable ? new Expression.Variable(variable) : Missing("a variable with an id or a name", value, ref expected, ref found);
            case "INPUT":
                return Reference(value, "name", "id") is { } input ? new Expression.Input(input) : Missing("an input with a name", value, ref expected, ref found);
            default:
                expected = $"an expression of type {string.Join(", ", Expression.SupportedTypes)}";
                found = type;
                return null;
        }
    }

    private static Expression.Literal? ReadObject(JsonElement value, ref string expected, ref string found)
    {
        if (value.ValueKind != JsonValueKind.String) return new Expression.Literal(value.ValueKind == JsonValueKind.Undefined ? JsonSerializer.SerializeToElement<string?>(null) : value.Clone());
        try
        {
            return new Expression.Literal(JsonElement.Parse(value.GetString()!));
        }
        catch (JsonException problem)
        {
            expected = "JSON text";
            found = problem.Message;
            return null;
        }
    }

    /// <summary>Elsa writes the referenced object, a JSON string of it, or (by hand) its bare name.</summary>
    private static string? Reference(JsonElement value, string first, string second)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!;
            if (!text.TrimStart().StartsWith('{')) return text.Length == 0 ? null : text;
            try
            {
                value = JsonElement.Parse(text);
            }
            catch (JsonException)
            {
                return null;
            }
        }
        if (value.ValueKind != JsonValueKind.Object) return null;
        return Text(value, first) ?? Text(value, second);
    }

    private static string? Text(JsonElement value, string member) =>
        Member(value, member) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } found ? found : null;

    private static JsonElement? Member(JsonElement json, string name)
    {
        foreach (var property in json.EnumerateObject())
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase)) return property.Value;
        return null;
    }

    private static Expression? Missing(string wanted, JsonElement value, ref string expected, ref string found)
    {
        expected = wanted;
        found = value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText();
        return null;
    }
}
