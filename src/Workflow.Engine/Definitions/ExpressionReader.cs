using System.Text.Json;
using Workflow.Engine.Expressions;
using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Definitions;

/// <summary>Reads Elsa's <c>{"type": …, "value": …}</c>; a missing type means Literal.</summary>
public sealed class ExpressionReader(ProblemList problems)
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<string?>(null);

    /// <returns>The expression, or null with a problem reported.</returns>
    public Expression? Read(JsonElement json, string pointer)
    {
        if (json.ValueKind == JsonValueKind.Undefined) return new Expression.Literal(Null);
        if (json.ValueKind != JsonValueKind.Object) return new Expression.Literal(json.Clone());

        var type = json.Text("type") ?? "Literal";
        var value = json.Member("value") ?? Null;
        switch (type.ToUpperInvariant())
        {
            case "LITERAL":
                return new Expression.Literal(value.Unwrapped().Clone());
            case "OBJECT" or "JSON":
                return ReadObject(value, pointer);
            case "VARIABLE":
                return Reference(value, "id", "name") is { } variable ? new Expression.Variable(variable) : Missing("a variable with an id or a name", value, pointer);
            case "INPUT":
                return Reference(value, "name", "id") is { } input ? new Expression.Input(input) : Missing("an input with a name", value, pointer);
            case "JAVASCRIPT":
                return ReadScript(value, pointer);
            default:
                problems.Error($"{pointer}/type", $"an expression of type {string.Join(", ", Expression.SupportedTypes)}", $"'{type}'");
                return null;
        }
    }

    private Expression.JavaScript? ReadScript(JsonElement value, string pointer)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        {
            problems.Error($"{pointer}/value", "JavaScript text", value.Describe());
            return null;
        }
        if (Script.Parse(value.GetString() ?? "", out var problem) is { } script) return new(script);
        problems.Error($"{pointer}/value", problem!.Expected, problem.FoundWhere);
        return null;
    }

    private Expression.Literal? ReadObject(JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.String) return new(value.Unwrapped().Clone());
        if (string.IsNullOrWhiteSpace(value.GetString())) return new(Null);
        try
        {
            return new(JsonElement.Parse(value.GetString()!).Unwrapped());
        }
        catch (JsonException)
        {
            var problem = JsonText.Explain(value.GetString()!);
            problems.Error($"{pointer}/value", $"JSON text with {problem.Expected}", problem.FoundWhere);
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
        return NonEmpty(value.Text(first)) ?? NonEmpty(value.Text(second));
    }

    private static string? NonEmpty(string? text) => text is { Length: > 0 } ? text : null;

    private Expression? Missing(string wanted, JsonElement value, string pointer)
    {
        problems.Error($"{pointer}/value", wanted, value.Describe());
        return null;
    }
}
