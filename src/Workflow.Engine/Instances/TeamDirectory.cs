using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>A team covers an area.</summary>
/// <param name="Shift">In which shift; null in every one.</param>
public sealed record TeamCover(string AreaCode, string TeamId, Shift? Shift = null);

/// <summary>Teams, the areas that they cover, who belongs to them, and what arbiters have ruled: one value of the organisation, loaded whole and replaced when it changes.</summary>
public sealed class TeamDirectory(IEnumerable<Team> teams, IEnumerable<TeamCover> coverage)
{
    public static readonly TeamDirectory Empty = new([], []);

    private readonly FrozenDictionary<string, Team> byId = teams.ToFrozenDictionary(team => team.Id);
    private FrozenDictionary<(string AreaCode, TeamKind Kind), ImmutableArray<(Team Team, Shift? Shift)>>? owners;

    public FrozenDictionary<string, Member> Members { get; init; } = FrozenDictionary<string, Member>.Empty;

    public FrozenDictionary<string, TeamStaff> Staff { get; init; } = FrozenDictionary<string, TeamStaff>.Empty;

    public FrozenDictionary<RoutingKey, RoutingRule> Rules { get; init; } = FrozenDictionary<RoutingKey, RoutingRule>.Empty;

    /// <summary>Areas by code, as places without a position.</summary>
    public FrozenDictionary<string, Place> Areas { get; init; } = FrozenDictionary<string, Place>.Empty;

    /// <summary>The calendars of teams and areas that have one of their own, by the id of the team or the code of the area.</summary>
    public OwnCalendars Calendars { get; init; } = OwnCalendars.None;

    public Team? Find(string id) => byId.GetValueOrDefault(id);

    public IEnumerable<Team> All => byId.Values;

    public TeamStaff StaffOf(string teamId) => Staff.GetValueOrDefault(teamId, TeamStaff.Nobody);

    /// <summary>The team for which somebody acts: of this kind if they belong to one, else their first; null when they belong to none.</summary>
    public Team? TeamOf(Member member, TeamKind kind)
    {
        ArgumentNullException.ThrowIfNull(member);
        var own = member.Teams.Select(Find).OfType<Team>().ToList();
        return own.Find(team => team.Kind == kind) ?? own.FirstOrDefault();
    }

    /// <summary>Who takes what is meant for somebody: they themselves, or while they are away their substitute, unless that one is away too.</summary>
    public (Person To, Person? For) Standing(Person person, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Members.GetValueOrDefault(person.UserId)?.AbsenceAt(at)?.Substitute is { } substitute
            && Members.TryGetValue(substitute.UserId, out var member) && member.AbsenceAt(at) is null ? (member.Person, person) : (person, null);
    }

    /// <summary>The team of this kind that covers the place most closely at a time: its own area first, then the areas around it.</summary>
    /// <param name="isBarred">Teams that are passed over; null for none.</param>
    public Team? OwnerOf(Place place, TeamKind kind, DateTimeOffset at, Func<Team, bool>? isBarred = null)
    {
        foreach (var covers in Around(place, kind))
            foreach (var (team, shift) in covers)
                if ((shift is null || shift.DayAt(at) is not null) && isBarred?.Invoke(team) != true) return team;
        return null;
    }

    /// <summary>The team of this kind that covers exactly this area at a time.</summary>
    public Team? At(string areaCode, TeamKind kind, DateTimeOffset at) =>
        Owners.TryGetValue((areaCode, kind), out var covers) ? covers.FirstOrDefault(cover => cover.Shift is null || cover.Shift.DayAt(at) is not null).Team : null;

    /// <summary>Where a team works: the place itself when the team covers it, otherwise the first area of the team's.</summary>
    public Place PlaceOf(Team team, Place place)
    {
        ArgumentNullException.ThrowIfNull(team);
        ArgumentNullException.ThrowIfNull(place);
        var areas = coverage.Where(cover => cover.TeamId == team.Id).Select(cover => cover.AreaCode).Order(StringComparer.Ordinal).ToList();
        return place.AreaPath.Split('/').Any(areas.Contains) ? place : areas.Select(Areas.GetValueOrDefault).FirstOrDefault(area => area is not null) ?? place;
    }

    /// <summary>Who owns the place in each shift, by the teams that cover it most closely; one without a shift where one team owns it all the time, none where nobody does.</summary>
    public IReadOnlyList<(Team Team, Shift? Shift)> OwnersOf(Place place, TeamKind kind)
    {
        var found = new List<(Team Team, Shift? Shift)>();
        foreach (var covers in Around(place, kind))
        {
            foreach (var cover in covers)
                if (!found.Exists(known => known.Shift is null || known.Shift.Id == cover.Shift?.Id)) found.Add(cover);
            if (found.Exists(owner => owner.Shift is null)) break;
        }
        return found;
    }

    /// <summary>保密: whether what is hidden from the area of a place is hidden from a team: it covers this area, a part of it or more than it, and does not inspect.</summary>
    public bool IsInspected(Team team, Place place)
    {
        ArgumentNullException.ThrowIfNull(team);
        ArgumentNullException.ThrowIfNull(place);
        return team.Kind != TeamKind.Inspection
            && coverage.Any(cover => cover.TeamId == team.Id && Areas.GetValueOrDefault(cover.AreaCode) is { } area && place.Meets(area.AreaPath));
    }

    /// <summary>Whether it is hidden from somebody: one of their teams is inspected.</summary>
    public bool IsInspected(Person person, Place place)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Members.GetValueOrDefault(person.UserId)?.Teams.Select(Find).OfType<Team>().Any(team => IsInspected(team, place)) == true;
    }

    // Of a shift before all day: who takes the night has it from whoever has it otherwise.
    private FrozenDictionary<(string AreaCode, TeamKind Kind), ImmutableArray<(Team Team, Shift? Shift)>> Owners => owners ??= coverage.Where(cover => byId.ContainsKey(cover.TeamId))
        .GroupBy(cover => (cover.AreaCode, byId[cover.TeamId].Kind), cover => (Team: byId[cover.TeamId], cover.Shift))
        .ToFrozenDictionary(group => group.Key, group => group.OrderBy(cover => cover.Shift is null).ThenBy(cover => cover.Shift?.Id, StringComparer.Ordinal)
            .ThenBy(cover => cover.Team.Id, StringComparer.Ordinal).ToImmutableArray());

    private IEnumerable<ImmutableArray<(Team Team, Shift? Shift)>> Around(Place place, TeamKind kind)
    {
        var path = place.AreaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var level = path.Length - 1; level >= 0; level--)
            if (Owners.TryGetValue((path[level], kind), out var covers)) yield return covers;
    }
}
