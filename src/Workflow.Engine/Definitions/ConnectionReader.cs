using System.Collections.Immutable;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>
/// Reads the connections of a flowchart. Besides <c>{source: {activity, port}, target: {activity, port}}</c> it reads Elsa's older spellings:
/// flat ends (<c>source, sourcePort</c>), one object instead of a list, <c>{"$values": […]}</c>, names in any case.
/// </summary>
internal static class ConnectionReader
{
    /// <summary>Where Elsa puts the connections of activities that it did not know; they are connections again once it does.</summary>
    public const string NotFound = "notFoundConnections";

    public static ImmutableArray<Flow> Read(JsonElement json, string pointer, ImmutableArray<Node> children, ProblemList problems, DefinitionLimits limits)
    {
        var byId = children.GroupBy(child => child.ActivityId).ToDictionary(group => group.Key, group => group.First());
        var found = Items(json, pointer, problems).Concat(json.Member("customProperties") is { } custom ? Items(custom, $"{pointer}/customProperties", new(), NotFound) : []).ToList();
        if (found.Count > limits.Connections)
        {
            problems.Error($"{pointer}/connections", $"at most {limits.Connections} connections", $"{found.Count}");
            return [];
        }
        var flows = ImmutableArray.CreateBuilder<Flow>();
        foreach (var (connection, at) in found)
        {
            var source = Find(connection, "source", at, byId, problems);
            var target = Find(connection, "target", at, byId, problems);
            if (source is not null && target is not null) flows.Add(new(source.Id, PortOf(connection) ?? "Done", target.Id) { Pointer = at });
        }
        return flows.ToImmutable();
    }

    private static IEnumerable<(JsonElement Connection, string Pointer)> Items(JsonElement json, string pointer, ProblemList problems, string member = "connections") =>
        json.Member(member) is { ValueKind: JsonValueKind.Object } one && one.Unwrapped().ValueKind == JsonValueKind.Object && one.Member("source") is not null
            ? [(one, $"{pointer}/{member}")]
            : json.ItemsAt(member, pointer, problems);

    private static Node? Find(JsonElement connection, string end, string pointer, Dictionary<string, Node> byId, ProblemList problems)
    {
        var (id, at) = connection.Member(end) is { ValueKind: JsonValueKind.Object } full ? (full.Member("activity"), $"{pointer}/{end}/activity") : (connection.Member(end), $"{pointer}/{end}");
        var text = id is { ValueKind: JsonValueKind.String } given ? given.GetString() : null;
        if (text is not null && byId.TryGetValue(text, out var found)) return found;
        problems.Error(at, "the id of an activity of this flowchart", text is not null ? $"'{text}'" : id?.Describe() ?? "nothing");
        return null;
    }

    private static string? PortOf(JsonElement connection) =>
        (connection.Member("source")?.Text("port") ?? connection.Text("sourcePort")) is { Length: > 0 } port ? port : null;
}
