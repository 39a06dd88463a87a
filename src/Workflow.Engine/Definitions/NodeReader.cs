using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>Reads the tree of activities of one document.</summary>
internal sealed class NodeReader(ActivityCatalog catalog, ProblemList problems)
{
    private static readonly HashSet<string> CommonMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        "type", "version", "id", "nodeId", "name", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously",
        "activities", "connections", "variables", "start",
    };

    public Dictionary<string, Node> ById { get; } = new(StringComparer.Ordinal);

    public Node? Read(JsonElement json, string pointer, int depth)
    {
        if (depth > DefinitionReader.MaxDepth)
        {
            problems.Error(pointer, $"at most {DefinitionReader.MaxDepth} levels of activities", "a deeper level");
            return null;
        }
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Error(pointer, "an activity", json.Describe());
            return null;
        }
        if (json.Text("type") is not { } typeName || catalog.Find(typeName) is not { } type)
        {
            problems.Error($"{pointer}/type", "the type of an activity that this engine runs", json.Member("type")?.Describe() ?? "nothing");
            return null;
        }
        var id = json.Text("id");
        if (string.IsNullOrWhiteSpace(id))
        {
            problems.Error($"{pointer}/id", "an id, unique in the document", json.Member("id")?.Describe() ?? "nothing");
            return null;
        }
        var node = Build(json, pointer, depth, type, id);
        if (!ById.TryAdd(id, node)) problems.Error($"{pointer}/id", "an id that no other activity has", $"'{id}', also at {ById[id].Pointer}");
        return node;
    }

    private Node Build(JsonElement json, string pointer, int depth, ActivityType type, string id)
    {
        var shape = type.Descriptor;
        var children = shape.HasActivities ? ReadActivities(json, pointer, depth) : [];
        var ports = ReadPorts(json, pointer, depth, shape);
        var node = new Node
        {
            Id = id,
            Name = json.Text("name") ?? id,
            Type = type,
            Pointer = pointer,
            Json = json.Clone(),
            CanStart = json.IsTrue("canStartWorkflow") || json.Member("customProperties")?.IsTrue("canStartWorkflow") == true,
            Activities = children,
            Ports = ports,
            Flows = shape.HasConnections ? ReadFlows(json, pointer, children) : [],
            Inputs = ReadInputs(json, pointer, shape),
            Outputs = ReadOutputs(json, shape),
            Variables = VariableReader.Read(json, pointer, problems),
        };
        foreach (var child in children) child.Parent = node;
        foreach (var (port, child) in ports) (child.Parent, child.ParentPort) = (node, port);
        ReportUnknownMembers(json, pointer, shape);
        return node;
    }

    private ImmutableArray<Node> ReadActivities(JsonElement json, string pointer, int depth)
    {
        var children = ImmutableArray.CreateBuilder<Node>();
        foreach (var (index, child) in json.Items("activities", pointer, problems).Index())
            if (Read(child, $"{pointer}/activities/{index}", depth + 1) is { } read) children.Add(read);
        return children.ToImmutable();
    }

    private ImmutableDictionary<string, Node> ReadPorts(JsonElement json, string pointer, int depth, ActivityDescriptor shape)
    {
        var ports = ImmutableDictionary.CreateBuilder<string, Node>();
        foreach (var port in shape.ChildPorts)
            if (json.Member(port) is { } child)
            {
                if (Read(child, $"{pointer}/{port}", depth + 1) is { } read) ports[port] = read;
            }
            else if (shape.RequiredPorts.Contains(port)) problems.Error($"{pointer}/{port}", "an activity", "nothing");
        return ports.ToImmutable();
    }

    private ImmutableArray<Flow> ReadFlows(JsonElement json, string pointer, ImmutableArray<Node> children)
    {
        var flows = ImmutableArray.CreateBuilder<Flow>();
        foreach (var (index, connection) in json.Items("connections", pointer, problems).Index())
        {
            var at = $"{pointer}/connections/{index}";
            var (source, sourceAt) = ReadEnd(connection, "source", at);
            var (target, targetAt) = ReadEnd(connection, "target", at);
            var port = connection.Member("source")?.Text("port") ?? connection.Text("sourcePort") ?? "Done";
            var from = children.FirstOrDefault(child => child.Id == source);
            if (from is null) problems.Error(sourceAt, "the id of an activity of this flowchart", source is null ? "nothing" : $"'{source}'");
            if (!children.Any(child => child.Id == target)) problems.Error(targetAt, "the id of an activity of this flowchart", target is null ? "nothing" : $"'{target}'");
            if (from is not null && target is not null) flows.Add(new(source!, port, target));
        }
        return flows.ToImmutable();
    }

    private static (string? Id, string Pointer) ReadEnd(JsonElement connection, string end, string pointer) => connection.Member(end) switch
    {
        { ValueKind: JsonValueKind.Object } full => (full.Text("activity"), $"{pointer}/{end}/activity"),
        { ValueKind: JsonValueKind.String } flat => (flat.GetString(), $"{pointer}/{end}"),
        _ => (null, $"{pointer}/{end}"),
    };

    private ImmutableDictionary<string, NodeInput> ReadInputs(JsonElement json, string pointer, ActivityDescriptor shape)
    {
        var inputs = ImmutableDictionary.CreateBuilder<string, NodeInput>(StringComparer.OrdinalIgnoreCase);
        foreach (var input in shape.Inputs)
        {
            var at = $"{pointer}/{input.Name}";
            if (json.Member(input.Name) is { } value && ReadInput(value, input, at) is { } read) inputs[input.Name] = read;
            else if (input.IsRequired && json.Member(input.Name) is null) problems.Error(at, $"a value of type {input.TypeName}", "nothing");
        }
        return inputs.ToImmutable();
    }

    /// <summary>Elsa wraps an input as <c>{typeName, expression}</c>; a bare JSON value is a literal.</summary>
    private NodeInput? ReadInput(JsonElement value, InputDescriptor input, string pointer)
    {
        var wrapped = value.Member("expression") is not null || value.Member("typeName") is not null;
        if (wrapped && value.Member("expression") is null)
        {
            if (input.IsRequired) problems.Error(pointer, $"a value of type {input.TypeName}", "no expression");
            return null;
        }
        var at = wrapped ? $"{pointer}/expression" : pointer;
        var expression = wrapped ? ExpressionReader.Read(value.Member("expression")!.Value, out var expected, out var found) : Literal(value, out expected, out found);
        if (expression is null)
        {
            problems.Error(at, expected, found);
            return null;
        }
        if (expression is Expression.Literal literal && Mismatch(literal.Value, input) is { } wanted)
            problems.Error(wrapped ? $"{at}/value" : at, wanted, literal.Value.Describe());
        return new(expression, value.Text("typeName") ?? input.TypeName, pointer);
    }

    private static Expression.Literal Literal(JsonElement value, out string expected, out string found)
    {
        expected = found = "";
        return new(value.Clone());
    }

    private static string? Mismatch(JsonElement value, InputDescriptor input) =>
        value.ValueKind == JsonValueKind.Null ? null
        : Values.Convert(value, input.TypeName) is null ? $"a value of type {input.TypeName}"
        : input.Check?.Invoke(value);

    private static ImmutableDictionary<string, string> ReadOutputs(JsonElement json, ActivityDescriptor shape)
    {
        var outputs = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var output in shape.Outputs)
            if (json.Member(output)?.Member("memoryReference")?.Text("id") is { } target) outputs[output] = target;
        return outputs.ToImmutable();
    }

    private void ReportUnknownMembers(JsonElement json, string pointer, ActivityDescriptor shape)
    {
        foreach (var member in json.EnumerateObject())
        {
            bool Named(string name) => string.Equals(name, member.Name, StringComparison.OrdinalIgnoreCase);
            var known = CommonMembers.Contains(member.Name) || shape.Inputs.Any(input => Named(input.Name)) || shape.ChildPorts.Any(Named)
                || shape.Outputs.Any(Named) || shape.PlainMembers.Any(Named);
            if (!known) problems.Warn($"{pointer}/{JsonMembers.Escape(member.Name)}", $"a member of {shape.Type}", $"'{member.Name}', which is ignored");
        }
    }
}
