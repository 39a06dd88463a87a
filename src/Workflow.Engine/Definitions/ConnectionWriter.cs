using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflow.Engine.Definitions;

/// <summary>Writes connections as <c>{source: {activity, port}, target: {activity, port}}</c>.</summary>
internal static class ConnectionWriter
{
    public static JsonNode? Write(JsonElement connections) =>
        connections.ValueKind == JsonValueKind.Object && connections.Member("source") is not null ? new JsonArray(Connection(connections)) : JsonWriting.List(connections, Connection);

    /// <summary>The connections that Elsa set aside for an activity it did not know are connections like the others.</summary>
    public static void Restore(JsonObject flowchart)
    {
        if (flowchart["customProperties"] is not JsonObject custom || custom[ConnectionReader.NotFound] is not JsonArray aside) return;
        custom.Remove(ConnectionReader.NotFound);
        if (flowchart["connections"] is not JsonArray connections) flowchart["connections"] = connections = [];
        foreach (var connection in aside) connections.Add(connection is JsonObject ? Connection(JsonSerializer.SerializeToElement(connection)) : connection?.DeepClone());
    }

    private static JsonObject Connection(JsonElement json)
    {
        var written = JsonWriting.Members(json, ["source", "target", "sourcePort", "targetPort", "vertices"], (name, value) => name switch
        {
            "source" => End(value, json.Text("sourcePort"), "Done"),
            "target" => End(value, json.Text("targetPort"), "In"),
            _ => JsonWriting.Copy(value),
        });
        written.Remove("sourcePort");
        written.Remove("targetPort");
        return written;
    }

    private static JsonNode? End(JsonElement end, string? flatPort, string otherwise)
    {
        var port = flatPort is { Length: > 0 } ? flatPort : otherwise;
        if (end.ValueKind == JsonValueKind.String) return new JsonObject { ["activity"] = end.GetString(), ["port"] = port };
        if (end.ValueKind != JsonValueKind.Object) return JsonWriting.Copy(end);
        var written = JsonWriting.Members(end, ["activity", "port"], (_, value) => JsonWriting.Copy(value));
        // An empty port of an object is no port, as the reader has it; only an absent one leaves the flat port its say.
        if (end.Text("port") is not { Length: > 0 }) written["port"] = end.Text("port") is null ? port : otherwise;
        return written;
    }
}
