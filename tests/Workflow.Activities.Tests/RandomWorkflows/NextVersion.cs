using System.Text.Json.Nodes;

namespace Workflow.Activities.Tests.RandomWorkflows;

/// <summary>The next version of a document: something was added, taken away, exchanged, or nothing but the number changed.</summary>
internal static class NextVersion
{
    public static string Of(string document, Random random)
    {
        var json = JsonNode.Parse(document)!.AsObject();
        json["version"] = 2;
        var lists = ListsIn(json["root"]!).ToList();
        if (lists.Count == 0) return json.ToJsonString();
        var container = lists[random.Next(lists.Count)];
        var activities = container["activities"]!.AsArray();
        switch (random.Next(5))
        {
            case 0:
                activities.Insert(random.Next(activities.Count + 1), new JsonObject { ["id"] = "added", ["type"] = "Elsa.WriteLine", ["text"] = "new" });
                break;
            case 1 when activities.Count > 0:
                Remove(container, activities, random.Next(activities.Count));
                break;
            case 2 when activities.Count > 0:
                var exchanged = activities[random.Next(activities.Count)]!.AsObject();
                activities[activities.IndexOf(exchanged)] = new JsonObject { ["id"] = exchanged["id"]!.GetValue<string>(), ["type"] = "Elsa.Delay", ["timeSpan"] = "00:01:00" };
                break;
            case 3 when container["connections"]?.AsArray() is { Count: > 0 } connections:
                connections.RemoveAt(random.Next(connections.Count));
                break;
        }
        return json.ToJsonString();
    }

    private static void Remove(JsonObject container, JsonArray activities, int index)
    {
        var id = activities[index]!["id"]!.GetValue<string>();
        activities.RemoveAt(index);
        if (container["connections"]?.AsArray() is not { } connections) return;
        foreach (var connection in connections.Where(connection => End(connection, "source") == id || End(connection, "target") == id).ToList()) connections.Remove(connection);
    }

    private static string End(JsonNode? connection, string end) => connection![end]!["activity"]!.GetValue<string>();

    private static IEnumerable<JsonObject> ListsIn(JsonNode node) => node switch
    {
        JsonObject one => (one["activities"] is JsonArray ? [one] : Enumerable.Empty<JsonObject>()).Concat(one.Select(member => member.Value).OfType<JsonNode>().SelectMany(ListsIn)),
        JsonArray many => many.OfType<JsonNode>().SelectMany(ListsIn),
        _ => [],
    };
}
