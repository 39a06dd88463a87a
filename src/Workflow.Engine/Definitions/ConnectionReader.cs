using System.Collections.Immutable;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>
/// Reads the connections of a flowchart. Besides <c>{source: {activity, port}, target: {activity, port}}</c> it reads Elsa's older spellings:
/// flat ends (<c>source, sourcePort</c>), one object instead of a list, <c>{"$values": […]}</c>, names in any case.
/// </summary>
internal static class ConnectionReader
{
    public static ImmutableArray<Flow> Read(JsonElement json, string pointer, ImmutableArray<Node> children, ProblemList problems)
    {
        var flows = ImmutableArray.CreateBuilder<Flow>();
        foreach (var (connection, at) in Items(json, $"{pointer}/connections", problems))
        {
            var source = Find(connection, "source", at, children, problems);
            var target = Find(connection, "target", at, children, problems);
            if (source is not null && target is not null) flows.Add(new(source.Id, PortOf(connection) ?? "Done", target.Id));
        }
        return flows.ToImmutable();
    }

    private static IEnumerable<(JsonElement Connection, string Pointer)> Items(JsonElement json, string pointer, ProblemList problems)
    {
        if (json.Member("connections") is not { } connections) return [];
        if (connections.Member("$values") is { ValueKind: JsonValueKind.Array } wrapped) return wrapped.EnumerateArray().Select((item, index) => (item, $"{pointer}/$values/{index}"));
        if (connections.ValueKind == JsonValueKind.Array) return connections.EnumerateArray().Select((item, index) => (item, $"{pointer}/{index}"));
        if (connections.ValueKind == JsonValueKind.Object) return [(connections, pointer)];
        problems.Error(pointer, "a list of connections", connections.Describe());
        return [];
    }

    private static Node? Find(JsonElement connection, string end, string pointer, ImmutableArray<Node> children, ProblemList problems)
    {
        var (id, at) = connection.Member(end) switch
        {
            { ValueKind: JsonValueKind.Object } full => (full.Text("activity"), $"{pointer}/{end}/activity"),
            { ValueKind: JsonValueKind.String } flat => (flat.GetString(), $"{pointer}/{end}"),
            _ => (null, $"{pointer}/{end}"),
        };
        var found = children.FirstOrDefault(child => child.ActivityId == id);
        if (found is null) problems.Error(at, "the id of an activity of this flowchart", id is null ? "nothing" : $"'{id}'");
        return found;
    }

    private static string? PortOf(JsonElement connection) =>
        (connection.Member("source")?.Text("port") ?? connection.Text("sourcePort")) is { Length: > 0 } port ? port : null;
}
