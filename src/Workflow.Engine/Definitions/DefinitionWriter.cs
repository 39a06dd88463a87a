using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflow.Engine.Definitions;

/// <summary>
/// Writes a document in today's spelling, as Elsa's designer does: inputs with their type and expression, connections with both ends as objects, variables
/// with a text as default, types by alias. What it does not know it keeps as it is, and it keeps the order of members; so writing twice changes nothing,
/// and the document reads as the same definition.
/// </summary>
public sealed class DefinitionWriter(ActivityCatalog catalog)
{
    private static readonly string[] DocumentMembers =
    [
        "$schema", "id", "definitionId", "tenantId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes",
        "customProperties", "isReadonly", "isSystem", "isLatest", "isPublished", "options", "root",
    ];

    private static readonly string[] ActivityMembers =
        ["type", "version", "id", "nodeId", "name", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously", "variables"];

    private static readonly string[] PlaceholderMembers = ["originalActivityJson", "missingTypeName", "missingTypeVersion"];

    public JsonObject Write(JsonElement document)
    {
        var scope = VariableNames.Of(document, null);
        var written = JsonWriting.Members(document, DocumentMembers, (name, value) => name switch
        {
            "variables" => JsonWriting.List(value, VariableWriter.Variable),
            "inputs" or "outputs" => JsonWriting.List(value, VariableWriter.Argument),
            "root" => Activity(value, scope),
            _ => JsonWriting.Copy(value),
        });
        return MoveUsable(written);
    }

    /// <summary>Elsa moved this option into the options.</summary>
    private static JsonObject MoveUsable(JsonObject document)
    {
        const string Name = "usableAsActivity";
        if (document[Name] is not { } usable || (document["options"] is not null and not JsonObject)) return document;
        document.Remove(Name);
        if (document["options"] is not JsonObject options) document["options"] = options = [];
        if (options[Name] is null) options[Name] = usable;
        return document;
    }

    private JsonNode? Activity(JsonElement given, VariableNames? outer)
    {
        var json = NodeReader.WithoutPlaceholder(given);
        var known = new List<string>(ActivityMembers);
        var written = json.Text("type") is { } typeName && catalog.Find(typeName) is { } type ? Known(type.Descriptor, json, outer, known) : JsonWriting.Copy(json);
        // What somebody has added to a placeholder since.
        if (written is JsonObject activity)
            foreach (var member in given.EnumerateObject().Where(member => !known.Concat(PlaceholderMembers).Contains(member.Name, StringComparer.OrdinalIgnoreCase)))
                activity.TryAdd(member.Name, JsonWriting.Copy(member.Value));
        return written;
    }

    private JsonObject Known(ActivityDescriptor shape, JsonElement json, VariableNames? outer, List<string> known)
    {
        var scope = VariableNames.Of(json, outer);
        known.AddRange([.. shape.Inputs.Select(input => input.Name), .. shape.Outputs, .. shape.ChildPorts, .. shape.PlainMembers]);
        if (shape.ListMember is { } list) known.Add(list);
        if (shape.HasCases) known.Add("cases");
        if (shape.HasConnections) known.Add("connections");
        var written = JsonWriting.Members(json, known, (name, value) => Member(shape, name, value, scope));
        if (shape.HasConnections) ConnectionWriter.Restore(written);
        return written;
    }

    private JsonNode? Member(ActivityDescriptor shape, string name, JsonElement value, VariableNames? scope)
    {
        if (name == "type") return shape.Type;
        if (name == "variables") return JsonWriting.List(value, VariableWriter.Variable);
        if (name == shape.ListMember) return JsonWriting.List(value, child => Activity(child, scope));
        if (shape.HasCases && name == "cases") return JsonWriting.List(value, one => Case(one, scope));
        if (shape.HasConnections && name == "connections") return ConnectionWriter.Write(value);
        if (shape.ChildPorts.Contains(name)) return Activity(value, scope);
        if (shape.Inputs.FirstOrDefault(input => input.Name == name) is { } input) return InputWriter.Input(value, input, scope);
        return shape.Outputs.Contains(name) ? InputWriter.Output(value) : JsonWriting.Copy(value);
    }

    private JsonObject Case(JsonElement one, VariableNames? scope) => JsonWriting.Members(one, ["label", "condition", "activity"], (name, value) => name switch
    {
        "condition" => InputWriter.Expression(value, scope),
        "activity" => Activity(value, scope),
        _ => JsonWriting.Copy(value),
    });
}
