using System.Collections.Immutable;
using System.Text.Json;

namespace Workflow.Engine.Expressions;

/// <summary>How the value of an input is found. Parsed once with the definition, evaluated in a burst.</summary>
public abstract record Expression
{
    private Expression()
    {
    }

    /// <summary>A value that stands in the document.</summary>
    public sealed record Literal(JsonElement Value) : Expression;

    /// <summary>The value of a variable, by id or name, looked up from the innermost container outwards.</summary>
    public sealed record Variable(string Name) : Expression;

    /// <summary>An input of the workflow.</summary>
    public sealed record Input(string Name) : Expression;

    public static readonly ImmutableArray<string> SupportedTypes = ["Literal", "Object", "Variable", "Input"];

    public JsonElement? Evaluate(Func<string, JsonElement?> variable, Func<string, JsonElement?> input) => this switch
    {
        Literal literal => literal.Value,
        Variable reference => variable(reference.Name),
        Input reference => input(reference.Name),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
