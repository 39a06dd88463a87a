using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>
/// Shortens what <see cref="DefinitionWriter"/> has written to what people write by hand: literals bare, and without what is read the same when it is
/// absent. What it does not know it keeps; the document reads as the same definition.
/// </summary>
public sealed class DefinitionShortener(ActivityCatalog catalog)
{
    public JsonObject Shorten(JsonObject written)
    {
        foreach (var list in new[] { "inputs", "outputs", "variables", "outcomes" }) LeaveOutEmpty(written, list);
        foreach (var member in new[] { "customProperties", "options" }) LeaveOutEmpty(written, member);
        foreach (var argument in Objects(written["inputs"]).Concat(Objects(written["outputs"])))
            foreach (var flag in new[] { "isArray", "isRequired" }) LeaveOut(argument, flag, value => value.IsFalse());
        Variables(written);
        Activity(written["root"]);
        return written;
    }

    private void Activity(JsonNode? given)
    {
        if (given is not JsonObject activity || activity["type"].Text() is not { } typeName || catalog.Find(typeName)?.Descriptor is not { } shape) return;
        var id = activity["id"].Text();
        LeaveOut(activity, "name", value => id is { Length: > 0 } && value.Text() == id);
        LeaveOut(activity, "version", value => value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.ToJsonString() == "1");
        LeaveOutFlags(activity);
        if (activity["customProperties"] is JsonObject custom) LeaveOutFlags(custom);
        foreach (var member in new[] { "customProperties", "metadata", "variables" }) LeaveOutEmpty(activity, member);
        Variables(activity);
        foreach (var input in shape.Inputs) Input(activity, input);
        foreach (var port in shape.ChildPorts) Activity(activity[port]);
        if (shape.ListMember is { } list && activity[list] is JsonArray children)
            foreach (var child in children) Activity(child);
        if (shape.HasConnections) Connections(activity);
        if (shape.HasCases)
            foreach (var one in Objects(activity["cases"]))
            {
                if (Literal(one["condition"]) is { } condition) one["condition"] = condition;
                Activity(one["activity"]);
            }
    }

    private static void Variables(JsonObject owner)
    {
        foreach (var variable in Objects(owner["variables"]))
        {
            LeaveOut(variable, "storageDriverTypeName", value => value.Text() == VariableWriter.Kept);
            LeaveOut(variable, "typeName", value => value.Text() == TypeName.Object.Alias);
            LeaveOut(variable, "isArray", value => value.IsFalse());
            LeaveOut(variable, "id", value => value.Text() is { Length: > 0 } id && id == variable["name"].Text());
        }
    }

    private static void Input(JsonObject activity, InputDescriptor input)
    {
        LeaveOut(activity, input.Name, value => value is null);
        if (activity[input.Name] is not JsonObject wrapped || wrapped["expression"] is not JsonObject expression) return;
        // The activity says of which type its input is; the place in memory is Elsa's own, made anew whenever it reads a document.
        LeaveOut(wrapped, "typeName", value => value.Text() is not null);
        LeaveOut(wrapped, "memoryReference", value => value is JsonObject { Count: 1 } reference && reference["id"].Text() is not null);
        if (wrapped.Count == 1 && Literal(expression) is { } literal) activity[input.Name] = literal;
    }

    private static void Connections(JsonObject flowchart)
    {
        foreach (var connection in Objects(flowchart["connections"]))
        {
            if (connection["source"] is JsonObject source) LeaveOut(source, "port", value => value.Text() == "Done");
            if (connection["target"] is JsonObject target) LeaveOut(target, "port", value => value.Text() == "In");
            LeaveOutEmpty(connection, "vertices");
        }
        LeaveOutEmpty(flowchart, "connections");
    }

    /// <summary>The bare value that is read as the same literal: a text, a number, a Boolean, or a list; null when there is none.</summary>
    private static JsonNode? Literal(JsonNode? given)
    {
        if (given is not JsonObject { Count: 2 } expression || expression["value"] is not JsonValue value) return null;
        if (expression["type"].Text() == "Literal") return value.DeepClone();
        return expression["type"].Text() == "Object" && value.Text() is { } text && JsonText.Parse(text, out _) is { ValueKind: JsonValueKind.Array } list ? JsonWriting.Copy(list) : null;
    }

    private static void LeaveOutFlags(JsonObject owner)
    {
        foreach (var flag in new[] { "canStartWorkflow", "runAsynchronously" }) LeaveOut(owner, flag, value => value.IsFalse());
    }

    private static void LeaveOutEmpty(JsonObject owner, string member) => LeaveOut(owner, member, value => value is JsonArray { Count: 0 } or JsonObject { Count: 0 });

    /// <summary>Leaves a member out, unless one in another case would be read in its place.</summary>
    private static void LeaveOut(JsonObject owner, string member, Func<JsonNode?, bool> isDefault)
    {
        if (owner.TryGetPropertyValue(member, out var value) && isDefault(value) && owner.Count(other => string.Equals(other.Key, member, StringComparison.OrdinalIgnoreCase)) == 1) owner.Remove(member);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => list is JsonArray items ? items.OfType<JsonObject>() : [];
}
