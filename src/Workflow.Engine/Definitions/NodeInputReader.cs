using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>Reads the inputs and outputs of one activity, as its descriptor declares them.</summary>
internal sealed class NodeInputReader(ExpressionReader expressions, ProblemList problems)
{
    private static readonly HashSet<string> CommonMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        "type", "version", "id", "nodeId", "name", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously", "variables", "$type", "_type",
        // Written by older versions of Elsa and read by none.
        "source", "line", "applicationProperties",
    };

    public ImmutableDictionary<string, NodeInput> Read(JsonElement json, string pointer, ActivityDescriptor shape)
    {
        var inputs = ImmutableDictionary.CreateBuilder<string, NodeInput>(StringComparer.OrdinalIgnoreCase);
        foreach (var input in shape.Inputs)
        {
            var at = $"{pointer}/{input.Name}";
            if (json.Member(input.Name) is { } value)
            {
                if (ReadOne(value, input, at) is { } read) inputs[input.Name] = read;
            }
            else if (input.IsRequired) problems.Error(at, $"a value of type {input.TypeName}", "nothing");
        }
        return inputs.ToImmutable();
    }

    /// <summary>Elsa binds an output to a variable or a workflow output by <c>memoryReference</c>.</summary>
    public static ImmutableDictionary<string, string> ReadOutputs(JsonElement json, ActivityDescriptor shape)
    {
        var outputs = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var output in shape.Outputs)
            if (json.Member(output)?.Member("memoryReference")?.Text("id") is { } target) outputs[output] = target;
        return outputs.ToImmutable();
    }

    public static void ReportUnknownMembers(JsonElement json, string pointer, ActivityDescriptor shape, ProblemList problems)
    {
        if (shape.IsOpen) return;
        foreach (var member in json.EnumerateObject())
        {
            bool Named(string? name) => string.Equals(name, member.Name, StringComparison.OrdinalIgnoreCase);
            var known = CommonMembers.Contains(member.Name) || Named(shape.ListMember) || Named(shape.PortList) || (shape.HasConnections && (Named("connections") || Named("start")))
                || (shape.HasCases && Named("cases")) || shape.Inputs.Any(input => Named(input.Name)) || shape.ChildPorts.Any(Named) || shape.Outputs.Any(Named)
                || shape.PlainMembers.Any(Named);
            if (!known) problems.Warn($"{pointer}/{JsonMembers.Escape(member.Name)}", $"a member of {shape.Type}", $"'{member.Name}', which is ignored");
        }
    }

    public static bool IsWrapped(JsonElement value) =>
        value.Member("expression") is not null || value.Member("typeName") is not null || value.Member("memoryReference") is not null;

    /// <summary>Elsa wraps an input as <c>{typeName, expression}</c>; a bare JSON value is a literal.</summary>
    private NodeInput? ReadOne(JsonElement value, InputDescriptor input, string pointer)
    {
        var isWrapped = IsWrapped(value);
        if (isWrapped && value.Member("expression") is null)
        {
            if (input.IsRequired) problems.Error(pointer, $"a value of type {input.TypeName}", "no expression");
            return null;
        }
        var at = isWrapped ? $"{pointer}/expression" : pointer;
        var expression = isWrapped ? expressions.Read(value.Member("expression")!.Value, at) : new Expression.Literal(value.Unwrapped().Clone());
        if (expression is null) return null;
        if (expression is Expression.Literal literal) expression = ReadLiteral(literal.Value, input, isWrapped ? $"{at}/value" : at);
        return new(expression, pointer) { ValuePointer = isWrapped && value.Member("expression")!.Value.ValueKind == JsonValueKind.Object ? $"{at}/value" : at };
    }

    /// <summary>A literal is kept as a value of the input's type: <c>"3"</c> for a number is 3.</summary>
    private Expression.Literal ReadLiteral(JsonElement value, InputDescriptor input, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (input.IsRequired) problems.Error(pointer, $"a value of type {input.TypeName}", "nothing");
            return new(value);
        }
        if (input.Mismatch(value) is not { } wanted) return new(Values.Convert(value, input.TypeName)!.Value);
        if (!input.IsTolerant) problems.Error(pointer, wanted, value.Describe());
        return new(value);
    }
}
