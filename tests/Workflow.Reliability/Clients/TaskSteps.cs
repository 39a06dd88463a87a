using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflow.Reliability.Clients;

/// <summary>An open work item as its task shows it.</summary>
internal sealed record OpenItem(string Id, string TeamKind, bool IsClaimed, int Revision)
{
    public int Number => int.Parse(Id[(Id.IndexOf('-', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
}

/// <summary>What one person does in the task that the clients raise.</summary>
internal sealed record TaskStep(string Who, string Outcome, JsonObject Values, bool NeedsPhoto = false);

internal static class TaskSteps
{
    public const int Count = 4;

    public static OpenItem? OpenItem(JsonElement task) => task.GetProperty("workItems").EnumerateArray()
        .Where(item => item.GetProperty("state").GetString() is "offered" or "claimed")
        .Select(item => new OpenItem(item.GetProperty("id").GetString()!, item.GetProperty("teamKind").GetString()!, item.GetProperty("state").GetString() == "claimed", item.GetProperty("revision").GetInt32()))
        .FirstOrDefault();

    public static TaskStep For(OpenItem item) => item.TeamKind switch
    {
        "communityGrid" => new("grid", "Done", new() { ["finding"] = "seen" }, NeedsPhoto: true),
        "techGrid" => new("tech", "Done", new() { ["category"] = "扬尘", ["conclusion"] = "dust" }),
        "enforcement" => new("enforcement", "Done", new() { ["measure"] = "covered" }),
        "inspection" => new("inspection", "Pass", new() { ["solved"] = true }),
        var other => throw new InvalidOperationException($"expected a team of the demo organisation, found {other}"),
    };
}
