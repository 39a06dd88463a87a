using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>
/// The JSON Schema (draft-07, which editors complete best) of a workflow document: the frame is <see cref="DocumentSchema"/>, the activities are those
/// of a catalogue. It describes today's spelling, short or in full; the older spellings that are read too are left to <c>workflow format</c>.
/// </summary>
public static class DefinitionSchema
{
    public static JsonObject Build(ActivityCatalog catalog)
    {
        var schema = DocumentSchema.Frame();
        var definitions = schema["definitions"]!.AsObject();
        var activity = definitions["activity"]!.AsObject();
        var names = new JsonArray();
        var cases = new JsonArray();
        foreach (var type in catalog.Types)
        {
            var shape = type.Descriptor;
            names.Add(new JsonObject { ["const"] = shape.Type, ["description"] = shape.Summary });
            cases.Add(new JsonObject
            {
                ["if"] = new JsonObject { ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = shape.Type } }, ["required"] = new JsonArray("type") },
                ["then"] = Reference(shape.Type),
            });
            definitions[shape.Type] = Activity(type);
        }
        // Any other type is one of another engine, or a workflow that is used as an activity.
        names.Add(new JsonObject { ["type"] = "string" });
        activity["properties"]!["type"] = new JsonObject { ["description"] = "The type of the activity.", ["anyOf"] = names };
        activity["allOf"] = cases;
        return schema;
    }

    private static JsonObject Activity(ActivityType type)
    {
        var shape = type.Descriptor;
        var members = new JsonObject();
        foreach (var input in shape.Inputs) members[input.Name] = Input(input);
        if (shape.ListMember is { } list) members[list] = new JsonObject { ["description"] = "The activities in it.", ["type"] = "array", ["items"] = Reference("activity") };
        if (shape.PortList is { } ports) members[ports] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["activity"] = Reference("activity") } } };
        if (shape.HasConnections) members["connections"] = Reference("connections");
        if (shape.HasCases) members["cases"] = Reference("cases");
        foreach (var port in shape.ChildPorts) members[port] = Reference("activity");
        foreach (var output in shape.Outputs) members[output] = Reference("output");
        foreach (var plain in shape.PlainMembers) members[plain] = DocumentSchema.HasPart(plain) ? Reference(plain) : new JsonObject();

        var schema = new JsonObject { ["title"] = shape.Type, ["description"] = Description(type), ["properties"] = members };
        var required = shape.Inputs.Where(input => input.IsRequired).Select(input => input.Name).Concat(shape.RequiredPorts).Select(name => (JsonNode)name).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        return schema;
    }

    private static string Description(ActivityType type)
    {
        var json = JsonElement.Parse("{}");
        var ports = type.Outcomes(new() { Id = "", ActivityId = "", Name = "", Type = type, Pointer = "", Json = json });
        return ports is ["Done"] or [] ? type.Descriptor.Summary : $"{type.Descriptor.Summary} Ports: {string.Join(", ", ports)}.";
    }

    /// <summary>A bare value of the type, or Elsa's wrapping with an expression.</summary>
    private static JsonObject Input(InputDescriptor input)
    {
        var type = TypeName.Parse(input.TypeName);
        var schema = new JsonObject { ["description"] = $"{input.Summary} ({type.Alias})".TrimStart() };
        if (type.Kind == TypeKind.Any) return schema;
        schema["anyOf"] = new JsonArray(input.Options.Count > 0 ? new() { ["enum"] = new JsonArray([.. input.Options.Select(option => (JsonNode)option)]) } : Literal(type), Reference("input"));
        return schema;
    }

    private static JsonObject Literal(TypeName type) => type.Kind switch
    {
        TypeKind.Boolean => new() { ["type"] = "boolean" },
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => new() { ["type"] = "integer" },
        TypeKind.Real or TypeKind.Decimal => new() { ["type"] = "number" },
        TypeKind.List => new() { ["type"] = "array", ["items"] = Literal(type.Item!) },
        TypeKind.Json => new() { ["type"] = new JsonArray("object", "array") },
        TypeKind.Any => [],
        _ => new() { ["type"] = "string" },
    };

    private static JsonObject Reference(string part) => new() { ["$ref"] = $"#/definitions/{part}" };
}
