using System.Collections.Immutable;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

internal static class VariableReader
{
    public static ImmutableArray<Variable> Read(JsonElement owner, string pointer, ProblemList problems)
    {
        var variables = ImmutableArray.CreateBuilder<Variable>();
        foreach (var (index, json) in owner.Items("variables", pointer, problems).Index())
        {
            var name = json.Text("name") ?? json.Text("id");
            if (name is null) problems.Error($"{pointer}/variables/{index}/name", "the name of the variable", json.Member("name")?.Describe() ?? "nothing");
            else variables.Add(new(json.Text("id") ?? name, name, json.Text("typeName") ?? "Object", Default(json)) { IsMemoryOnly = IsMemoryOnly(json) });
        }
        foreach (var twice in variables.GroupBy(variable => variable.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            problems.Error($"{pointer}/variables", "each variable name once", $"'{twice.Key}' {twice.Count()} times");
        return variables.ToImmutable();
    }

    /// <summary>Elsa keeps what has a workflow storage driver. A document written by hand does not mention drivers: its variables are kept.</summary>
    private static bool IsMemoryOnly(JsonElement json) =>
        json.EnumerateObject().Any(member => string.Equals(member.Name, "storageDriverTypeName", StringComparison.OrdinalIgnoreCase)
            && (member.Value.ValueKind != JsonValueKind.String || member.Value.GetString()!.Contains("MemoryStorageDriver", StringComparison.Ordinal)));

    /// <summary>Elsa writes every default as text; it is converted to the variable's type here, once.</summary>
    private static JsonElement? Default(JsonElement json)
    {
        if (json.Member("value") is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String || json.Text("typeName") is null or "String") return value.Clone();
        try
        {
            return JsonElement.Parse(value.GetString()!);
        }
        catch (JsonException)
        {
            return value.Clone();
        }
    }
}
