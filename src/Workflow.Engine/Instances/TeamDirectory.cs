using System.Collections.Frozen;

namespace Workflow.Engine.Instances;

/// <summary>Teams and the areas that they cover: one value of the organisation, loaded whole and replaced when it changes.</summary>
public sealed class TeamDirectory(IEnumerable<Team> teams, IEnumerable<(string AreaCode, string TeamId)> coverage)
{
    public static readonly TeamDirectory Empty = new([], []);

    private readonly FrozenDictionary<string, Team> byId = teams.ToFrozenDictionary(team => team.Id);
    private FrozenDictionary<(string AreaCode, TeamKind Kind), Team>? owners;

    public Team? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The team of this kind that covers the place most closely: its own area first, then the areas around it.</summary>
    public Team? OwnerOf(Place place, TeamKind kind)
    {
        owners ??= coverage.Where(cover => byId.ContainsKey(cover.TeamId))
            .GroupBy(cover => (cover.AreaCode, byId[cover.TeamId].Kind), cover => byId[cover.TeamId])
            .ToFrozenDictionary(group => group.Key, group => group.MinBy(team => team.Id, StringComparer.Ordinal)!);
        var path = place.AreaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var level = path.Length - 1; level >= 0; level--)
            if (owners.TryGetValue((path[level], kind), out var team)) return team;
        return null;
    }
}
