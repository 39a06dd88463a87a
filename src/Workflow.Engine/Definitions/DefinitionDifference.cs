using System.Text.Json;

namespace Workflow.Engine.Definitions;

public enum DifferenceKind
{
    Added,
    Removed,
    Changed,
}

public enum DifferencePart
{
    /// <summary>A member of the document beside the other parts: its name, its options, its forms.</summary>
    Document,

    Input,

    Output,

    Variable,

    Activity,

    Connection,
}

/// <summary>What differs between two versions in one place.</summary>
/// <param name="Id">Of the activity, variable, input or output; the ends of the connection; the name of the member.</param>
/// <param name="Pointer">JSON pointer into the later document; into the earlier one for what was removed.</param>
/// <param name="Container">The activity that it lies in or is declared by; null for what is the document's own.</param>
/// <param name="From">As it was, without what lies in it; null for what was added.</param>
/// <param name="To">As it is.</param>
/// <param name="Members">Of a changed activity, variable, input or output, what of it differs; <c>container</c> when it lies elsewhere now.</param>
public sealed record Difference(
    DifferenceKind Kind, DifferencePart Part, string Id, string Pointer, string? Container, JsonElement? From, JsonElement? To, IReadOnlyList<string> Members);

/// <summary>Compares two versions of a definition part by part. Parts are the same when they have the same id, wherever they lie.</summary>
public static class DefinitionDifference
{
    /// <summary>Compared by themselves, or said by the version's number.</summary>
    private static readonly HashSet<string> OwnMembers = new(
        ["root", "variables", "inputs", "outputs", "version", "id", "definitionId", "isLatest", "isPublished", "createdAt", "toolVersion", "$schema"], StringComparer.OrdinalIgnoreCase);

    /// <returns>In the order of the parts, then of the documents.</returns>
    public static IReadOnlyList<Difference> Between(WorkflowDefinition before, WorkflowDefinition after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. Compare(Parts(before), Parts(after))];
    }

    private sealed record Piece(DifferencePart Part, string Id, string Pointer, string? Container, JsonElement Json, IReadOnlySet<string> Without);

    private static IEnumerable<Difference> Compare(List<Piece> before, List<Piece> after)
    {
        // Activities keep their id when they are moved; everything else belongs to where it is declared.
        static (DifferencePart, string, string?) Key(Piece piece) => (piece.Part, piece.Id, piece.Part == DifferencePart.Activity ? null : piece.Container);
        var (old, now) = (before.DistinctBy(Key).ToDictionary(Key), after.DistinctBy(Key).ToDictionary(Key));
        foreach (var part in Enum.GetValues<DifferencePart>())
        {
            foreach (var (key, piece) in now.Where(pair => pair.Key.Item1 == part))
                if (!old.TryGetValue(key, out var was)) yield return new(DifferenceKind.Added, part, piece.Id, piece.Pointer, piece.Container, null, Own(piece), []);
                else if (Members(was, piece) is { Count: > 0 } members) yield return new(DifferenceKind.Changed, part, piece.Id, piece.Pointer, piece.Container, Own(was), Own(piece), members);
            foreach (var (key, piece) in old.Where(pair => pair.Key.Item1 == part && !now.ContainsKey(pair.Key)))
                yield return new(DifferenceKind.Removed, part, piece.Id, piece.Pointer, piece.Container, Own(piece), null, []);
        }
    }

    private static List<Piece> Parts(WorkflowDefinition definition)
    {
        var (document, none) = (definition.Document, new HashSet<string>());
        var pieces = new List<Piece>();
        foreach (var member in document.EnumerateObject().Where(member => !OwnMembers.Contains(member.Name)))
            pieces.Add(new(DifferencePart.Document, member.Name, $"/{JsonMembers.Escape(member.Name)}", null, member.Value, none));
        pieces.AddRange(Declared(document, "inputs", DifferencePart.Input, "", null));
        pieces.AddRange(Declared(document, "outputs", DifferencePart.Output, "", null));
        pieces.AddRange(Declared(document, "variables", DifferencePart.Variable, "", null));
        Add(definition.Root, pieces);
        return pieces;
    }

    private static void Add(Node node, List<Piece> pieces)
    {
        pieces.Add(new(DifferencePart.Activity, node.Id, node.Pointer, node.Parent?.Id, node.Json, ChildMembers(node.Type.Descriptor)));
        pieces.AddRange(Declared(node.Json, "variables", DifferencePart.Variable, node.Pointer, node.Id));
        foreach (var flow in node.Flows)
            pieces.Add(new(DifferencePart.Connection, $"{flow.Source}:{flow.Port} → {flow.Target}", flow.Pointer, node.Id, EndsOf(flow), new HashSet<string>()));
        // What a used workflow consists of is another definition's.
        if (node.Type.UsedWorkflow is not null) return;
        foreach (var child in node.Activities.Concat(node.Ports.OrderBy(port => port.Key, StringComparer.Ordinal).Select(port => port.Value))) Add(child, pieces);
    }

    private static IEnumerable<Piece> Declared(JsonElement owner, string member, DifferencePart part, string pointer, string? container) =>
        from declared in owner.ItemsAt(member, pointer, null)
        let id = declared.Json.Text("id") ?? declared.Json.Text("name")
        where id is not null
        select new Piece(part, id, declared.Pointer, container, declared.Json, new HashSet<string>());

    /// <summary>Members of an activity that hold other parts.</summary>
    private static HashSet<string> ChildMembers(ActivityDescriptor shape)
    {
        var members = new HashSet<string>(shape.ChildPorts, StringComparer.OrdinalIgnoreCase) { "variables" };
        if (shape.ListMember is { } list) members.Add(list);
        if (shape.HasConnections) members.Add("connections");
        return members;
    }

    private static List<string> Members(Piece before, Piece after)
    {
        var members = new List<string>();
        if (before.Part == DifferencePart.Activity && before.Container != after.Container) members.Add("container");
        var (was, now) = (Own(before), Own(after));
        if (was.ValueKind != JsonValueKind.Object || now.ValueKind != JsonValueKind.Object || before.Part == DifferencePart.Document)
        {
            if (!JsonElement.DeepEquals(was, now)) members.Add("value");
            return members;
        }
        var (old, values) = (Values(was), Values(now));
        members.AddRange(old.Keys.Union(values.Keys).Where(name => !old.TryGetValue(name, out var from) || !values.TryGetValue(name, out var to) || !JsonElement.DeepEquals(from, to)).Order(StringComparer.Ordinal));
        return members;
    }

    private static Dictionary<string, JsonElement> Values(JsonElement json) => json.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);

    /// <summary>Without the activities in it, which are parts of their own.</summary>
    private static JsonElement Own(Piece piece)
    {
        if (piece.Part != DifferencePart.Activity || piece.Json.ValueKind != JsonValueKind.Object) return piece.Json;
        return JsonSerializer.SerializeToElement(piece.Json.EnumerateObject().Where(member => !piece.Without.Contains(member.Name))
            .Select(member => KeyValuePair.Create(member.Name, WithoutActivities(member.Value))).ToDictionary());
    }

    /// <summary>The cases and branches of an activity, each without its own activity.</summary>
    private static JsonElement WithoutActivities(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(item => item.Member("activity")?.Text("type") is not null)
            ? JsonSerializer.SerializeToElement(value.EnumerateArray().Select(item => item.EnumerateObject().Where(member => !member.NameEquals("activity")).ToDictionary(member => member.Name, member => member.Value)))
            : value;

    private static JsonElement EndsOf(Flow flow) => JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["source"] = flow.Source, ["port"] = flow.Port, ["target"] = flow.Target });
}
