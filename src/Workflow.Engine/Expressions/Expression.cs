using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Expressions.Scripting;

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

    /// <summary>What a script gives.</summary>
    public sealed record JavaScript(Script Script) : Expression;

    public static readonly ImmutableArray<string> SupportedTypes = ["Literal", "Object", "Variable", "Input", "JavaScript"];

    /// <exception cref="ScriptErrorException">The script failed.</exception>
    /// <exception cref="ScriptLimitException">The script reached one of its limits.</exception>
    /// <param name="run">Runs a script that sees <paramref name="host"/>.</param>
    public JsonElement? Evaluate(ScriptHost host, Func<Script, JsonElement?> run) => this switch
    {
        Literal literal => literal.Value,
        Variable reference => host.ReadVariable(reference.Name),
        Input reference => host.ReadInput(reference.Name),
        JavaScript script => run(script.Script),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
