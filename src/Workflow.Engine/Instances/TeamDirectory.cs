using System.Collections.Frozen;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>Somebody of the organisation, with the ids of their teams.</summary>
public sealed record Member(Person Person, IReadOnlyList<string> Teams);

/// <summary>Teams, the areas that they cover, who belongs to them, and what arbiters have ruled: one value of the organisation, loaded whole and replaced when it changes.</summary>
public sealed class TeamDirectory(IEnumerable<Team> teams, IEnumerable<(string AreaCode, string TeamId)> coverage)
{
    public static readonly TeamDirectory Empty = new([], []);

    private readonly FrozenDictionary<string, Team> byId = teams.ToFrozenDictionary(team => team.Id);
    private FrozenDictionary<(string AreaCode, TeamKind Kind), Team>? owners;

    public FrozenDictionary<string, Member> Members { get; init; } = FrozenDictionary<string, Member>.Empty;

    public FrozenDictionary<RoutingKey, RoutingRule> Rules { get; init; } = FrozenDictionary<RoutingKey, RoutingRule>.Empty;

    /// <summary>Areas by code, as places without a position.</summary>
    public FrozenDictionary<string, Place> Areas { get; init; } = FrozenDictionary<string, Place>.Empty;

    public Team? Find(string id) => byId.GetValueOrDefault(id);

    public IEnumerable<Team> All => byId.Values;

    /// <summary>The team for which somebody acts: of this kind if they belong to one, else their first; null when they belong to none.</summary>
    public Team? TeamOf(Member member, TeamKind kind)
    {
        ArgumentNullException.ThrowIfNull(member);
        var own = member.Teams.Select(Find).OfType<Team>().ToList();
        return own.Find(team => team.Kind == kind) ?? own.FirstOrDefault();
    }

    /// <summary>The team of this kind that covers the place most closely: its own area first, then the areas around it.</summary>
    /// <param name="isBarred">Teams that are passed over; null for none.</param>
    public Team? OwnerOf(Place place, TeamKind kind, Func<Team, bool>? isBarred = null)
    {
        var path = place.AreaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var level = path.Length - 1; level >= 0; level--)
            if (At(path[level], kind) is { } team && isBarred?.Invoke(team) != true) return team;
        return null;
    }

    /// <summary>The team of this kind that covers exactly this area.</summary>
    public Team? At(string areaCode, TeamKind kind)
    {
        owners ??= coverage.Where(cover => byId.ContainsKey(cover.TeamId))
            .GroupBy(cover => (cover.AreaCode, byId[cover.TeamId].Kind), cover => byId[cover.TeamId])
            .ToFrozenDictionary(group => group.Key, group => group.MinBy(team => team.Id, StringComparer.Ordinal)!);
        return owners.GetValueOrDefault((areaCode, kind));
    }

    /// <summary>Where a team works: the place itself when the team covers it, otherwise the first area of the team's.</summary>
    public Place PlaceOf(Team team, Place place)
    {
        ArgumentNullException.ThrowIfNull(team);
        ArgumentNullException.ThrowIfNull(place);
        var areas = coverage.Where(cover => cover.TeamId == team.Id).Select(cover => cover.AreaCode).Order(StringComparer.Ordinal).ToList();
        return place.AreaPath.Split('/').Any(areas.Contains) ? place : areas.Select(Areas.GetValueOrDefault).FirstOrDefault(area => area is not null) ?? place;
    }
}
