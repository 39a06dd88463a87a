using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>Writes what a workflow or a container declares.</summary>
internal static class VariableWriter
{
    /// <summary>The storage of what is kept with the instance.</summary>
    public const string Kept = "WorkflowInstanceStorageDriver";

    public static JsonNode? Variable(JsonElement json)
    {
        var variable = JsonWriting.Members(json, ["id", "name", "typeName", "isArray", "value", "storageDriverTypeName"], (name, value) => name == "value" ? Default(json, value) : JsonWriting.Copy(value));
        if ((json.Text("name") ?? json.Text("id")) is not { Length: > 0 } shown) return variable;
        if (json.Text("id") is not { Length: > 0 }) variable["id"] = shown;
        if (json.Text("name") is not { Length: > 0 }) variable["name"] = json.Text("id");
        variable.RenameType("typeName");
        variable.TryAdd("typeName", "Object");
        // Elsa keeps only what has a driver; here a variable that does not mention one is kept.
        variable.TryAdd("storageDriverTypeName", Kept);
        return variable;
    }

    public static JsonNode? Argument(JsonElement json)
    {
        var argument = JsonWriting.Members(json, ["type", "name", "displayName", "description", "category", "uiHint", "storageDriverType", "isArray", "isRequired"], (_, value) => JsonWriting.Copy(value));
        argument.RenameType("type");
        return argument;
    }

    /// <summary>Elsa's default is always a text; what is written as JSON is written as the text of what it is read as.</summary>
    private static JsonNode? Default(JsonElement variable, JsonElement value) =>
        value.Unwrapped() is { ValueKind: not JsonValueKind.String } other ? JsonValue.Create(Values.ToText(VariableReader.DefaultOf(variable) ?? other)) : JsonWriting.Copy(value);
}

/// <summary>The variables that are declared around an activity, for references that name one.</summary>
internal sealed record VariableNames(IReadOnlyList<(string Id, string Name)> Declared, VariableNames? Outer)
{
    public static VariableNames? Of(JsonElement owner, VariableNames? outer)
    {
        var declared = owner.Items("variables", "", null).Select(json => (Id: json.Text("id") ?? json.Text("name") ?? "", Name: json.Text("name") ?? json.Text("id") ?? "")).ToList();
        return declared.Count == 0 ? outer : new(declared, outer);
    }

    public (string Id, string Name)? Find(string idOrName)
    {
        foreach (var one in Declared)
            if (one.Id == idOrName || one.Name == idOrName) return one;
        return Outer?.Find(idOrName);
    }
}
