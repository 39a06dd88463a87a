using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>Reads what a workflow or a container declares: variables, inputs, outputs.</summary>
internal static class VariableReader
{
    public static ImmutableArray<Variable> Read(JsonElement owner, string pointer, ProblemList problems)
    {
        var variables = ImmutableArray.CreateBuilder<Variable>();
        foreach (var (json, at) in owner.ItemsAt("variables", pointer, problems))
        {
            var name = NonEmpty(json.Text("name")) ?? NonEmpty(json.Text("id"));
            if (name is null) problems.Error($"{at}/name", "the name of the variable", json.Member("name")?.Describe() ?? "nothing");
            else variables.Add(ReadOne(json, name, at, problems));
        }
        ReportTwice(variables.Select(variable => variable.Name), "variable", $"{pointer}/variables", problems);
        return variables.ToImmutable();
    }

    public static ImmutableArray<DefinitionInput> ReadInputs(JsonElement document, ProblemList problems)
    {
        var inputs = ImmutableArray.CreateBuilder<DefinitionInput>();
        foreach (var (json, at) in document.ItemsAt("inputs", "", problems))
            if (NonEmpty(json.Text("name")) is { } name) inputs.Add(new(name, TypeOf(json, "type", at, problems).Alias, json.Text("displayName"), json.IsTrue("isRequired")));
            else problems.Error($"{at}/name", "the name of the input", json.Member("name")?.Describe() ?? "nothing");
        ReportTwice(inputs.Select(input => input.Name), "input", "/inputs", problems);
        return inputs.ToImmutable();
    }

    public static ImmutableArray<string> ReadOutputs(JsonElement document, ProblemList problems)
    {
        var outputs = ImmutableArray.CreateBuilder<string>();
        foreach (var (json, at) in document.ItemsAt("outputs", "", problems))
            if (NonEmpty(json.Text("name")) is { } name) outputs.Add(name);
            else problems.Error($"{at}/name", "the name of the output", json.Member("name")?.Describe() ?? "nothing");
        ReportTwice(outputs, "output", "/outputs", problems);
        return outputs.ToImmutable();
    }

    /// <summary>The default of one variable, as it is read.</summary>
    public static JsonElement? DefaultOf(JsonElement variable) => Default(variable, TypeOf(variable, "typeName", "", new()), "", new());

    private static Variable ReadOne(JsonElement json, string name, string at, ProblemList problems)
    {
        var type = TypeOf(json, "typeName", at, problems);
        return new(NonEmpty(json.Text("id")) ?? name, name, type.Alias, Default(json, type, at, problems)) { IsMemoryOnly = IsMemoryOnly(json) };
    }

    /// <summary>Elsa keeps what has a workflow storage driver. A document written by hand does not mention drivers: its variables are kept.</summary>
    private static bool IsMemoryOnly(JsonElement json) =>
        json.EnumerateObject().Any(member => string.Equals(member.Name, "storageDriverTypeName", StringComparison.OrdinalIgnoreCase)
            && (member.Value.ValueKind != JsonValueKind.String || member.Value.GetString()!.Contains("MemoryStorageDriver", StringComparison.Ordinal)));

    /// <summary>Elsa drops what has a type that it does not know; here it is kept and may hold anything.</summary>
    private static TypeName TypeOf(JsonElement json, string member, string at, ProblemList problems)
    {
        var type = TypeName.Parse(NonEmpty(json.Text(member)));
        if (!type.IsKnown)
        {
            problems.Warn($"{at}/{member}", "a type that is known here, such as String, Int32, Boolean, Object or List<String>", $"'{type.Alias}', which is taken as Object");
            type = TypeName.Object;
        }
        return json.IsTrue("isArray") ? TypeName.ListOf(type) : type;
    }

    /// <summary>Elsa writes every default as text, people write JSON; either is converted to the variable's type here, once.</summary>
    private static JsonElement? Default(JsonElement json, TypeName type, string at, ProblemList problems)
    {
        if (json.Member("value")?.Unwrapped() is not { } value) return null;
        if (type.Kind != TypeKind.Text && value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString())) return null;
        JsonElement? converted = type.Kind switch
        {
            TypeKind.Any => Values.ToJson(value),
            TypeKind.Text => Values.From(Values.ToText(value)),
            _ => Values.Convert(value, type),
        };
        if (converted is null) problems.Warn($"{at}/value", $"a value of type {type.Alias}", $"{value.Describe()}, which is left out");
        return converted?.Clone();
    }

    private static void ReportTwice(IEnumerable<string> names, string what, string pointer, ProblemList problems)
    {
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            problems.Error(pointer, $"each {what} name once", $"'{twice.Key}' {twice.Count()} times");
    }

    private static string? NonEmpty(string? text) => text is { Length: > 0 } ? text : null;
}
