using System.Text.Json.Nodes;

namespace Workflow.Engine.Storage;

/// <summary>
/// Shape 2 kept a recount of a clock (another calendar, policy or team) as a move, <c>{ at, rule, before, after, basis, change }</c>, in its fact and in the history of the clock. Shape 3 has
/// one list: the change that the recount made has the basis and what was approved. A move that moved nothing is no change.
/// </summary>
internal static class RecountShape
{
    public static JsonNode Upgrade(string name, JsonNode json)
    {
        if (name == StoredShapes.State)
            foreach (var clock in json["clocks"]?.AsArray() ?? []) UpgradeClock(clock!.AsObject());
        else if (name == StoredShapes.Facts)
            foreach (var fact in json.AsArray().Where(fact => (string?)fact!["fact"] == "clock-recounted")) UpgradeFact(fact!.AsObject());
        return json;
    }

    private static void UpgradeFact(JsonObject fact)
    {
        if (fact["move"] is not JsonObject move) return;
        fact.Remove("move");
        var change = new JsonObject { ["at"] = Copy(move["at"]), ["why"] = WhyOf(move), ["before"] = Copy(move["before"]), ["after"] = Copy(move["after"]) };
        if (move["change"] is { } approved) (change["by"], change["text"]) = (Copy(approved["approverName"]), Copy(approved["reason"]));
        Explain(change, move);
        fact["change"] = change;
    }

    private static void UpgradeClock(JsonObject clock)
    {
        if (clock["history"] is not JsonObject history || history["moves"] is not JsonArray moves) return;
        foreach (var move in moves.Select(move => move!.AsObject()))
            if (clock["changes"]?.AsArray().FirstOrDefault(change => (string?)change!["at"] == (string?)move["at"] && (string?)change["why"] == WhyOf(move) && change["basis"] is null) is JsonObject change)
                Explain(change, move);
        history.Remove("moves");
        if (history["turns"] is not JsonArray { Count: > 0 } && history["policyVersion"] is null) clock.Remove("history");
    }

    private static void Explain(JsonObject change, JsonObject move)
    {
        change["basis"] = Copy(move["basis"]);
        if (move["change"] is { } approved) change["approved"] = Copy(approved);
    }

    private static string? WhyOf(JsonObject move) => (string?)move["rule"] switch
    {
        "calendar-changed" => "calendarChanged",
        "policy-changed" => "policyChanged",
        "handed-over" => "handedOver",
        var other => other,
    };

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();
}
