using System.Collections.Frozen;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>
/// The admission list of the grids (网格事项准入清单): which kinds of item a team of each kind may be given. What is not on it may not be offered to a
/// community grid at all.
/// </summary>
public sealed class AdmissionList
{
    /// <summary>The input by which a team activity names its kind of item.</summary>
    public const string ItemInput = "item";

    /// <summary>Grid members report and assist, and only that.</summary>
    private const string Restricted = "communityGrid";


    private readonly FrozenDictionary<string, FrozenSet<string>> teamsByItem;

    private AdmissionList(FrozenDictionary<string, FrozenSet<string>> teamsByItem) => this.teamsByItem = teamsByItem;

    /// <summary>Reads <c>{ "items": [ { "id", "name", "teams": [kinds of team] } ] }</c>; null with problems when something is wrong.</summary>
    public static AdmissionList? Read(JsonElement json, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var items = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal);
        if (json.Member("items") is not { ValueKind: JsonValueKind.Array } list)
        {
            problems.Error("/items", "a list of kinds of item", json.Member("items")?.Describe() ?? "nothing");
            return null;
        }
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            var (id, teams) = (item.Text("id"), item.Member("teams"));
            if (string.IsNullOrWhiteSpace(id) || items.ContainsKey(id)) problems.Error($"/items/{index}/id", "an id, each once", id is null ? "nothing" : $"'{id}'");
            else if (teams is not { ValueKind: JsonValueKind.Array } kinds || !kinds.EnumerateArray().All(kind => kind.ValueKind == JsonValueKind.String && SlaDeclaration.TeamKinds.Contains(kind.GetString())))
                problems.Error($"/items/{index}/teams", $"a list of kinds of team: {string.Join(", ", SlaDeclaration.TeamKinds)}", teams?.Describe() ?? "nothing");
            else items[id] = kinds.EnumerateArray().Select(kind => kind.GetString()!).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        }
        return problems.HasErrors ? null : new(items.ToFrozenDictionary());
    }

    /// <summary>What was expected of the kind of item; null when a team of this kind may be given it.</summary>
    /// <param name="item">Null when the activity does not say.</param>
    public string? Mismatch(string? item, string teamKind)
    {
        if (item is null) return string.Equals(teamKind, Restricted, StringComparison.OrdinalIgnoreCase) ? $"a kind of item that {Name(teamKind)} may be given: {Admitted(teamKind)}" : null;
        if (!teamsByItem.TryGetValue(item, out var teams)) return $"a kind of item of the admission list: {string.Join(", ", teamsByItem.Keys.Order())}";
        return teams.Contains(teamKind) ? null : $"a kind of item that {Name(teamKind)} may be given: {Admitted(teamKind)}";
    }

    private string Admitted(string teamKind) =>
        string.Join(", ", teamsByItem.Where(item => item.Value.Contains(teamKind)).Select(item => item.Key).Order()) is { Length: > 0 } admitted ? admitted : "none";

    private static string Name(string teamKind) => $"a team of kind {SlaDeclaration.TeamKinds.FirstOrDefault(kind => string.Equals(kind, teamKind, StringComparison.OrdinalIgnoreCase)) ?? teamKind}";
}
