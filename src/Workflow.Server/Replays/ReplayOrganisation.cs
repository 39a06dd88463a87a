using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Replays;

/// <summary>The people of a log as an organisation: a city with one area, a team for each group, and the resources as members of the groups that they worked for.</summary>
internal sealed class ReplayOrganisation
{
    private const int IdLength = 128;

    private readonly ReplayPlace place;
    private readonly TeamKind kind;
    private readonly string jurisdiction;

    /// <param name="kind">Of the team activities of the definition.</param>
    public ReplayOrganisation(ReplayMap map, TeamKind kind)
    {
        (place, this.kind, jurisdiction) = (map.Place, kind, $"{map.Place.Code}-1");
        Place = new(jurisdiction, place.Name, $"{place.Code}/{jurisdiction}/", place.Name);
    }

    /// <summary>Where every task of the replay is.</summary>
    public Place Place { get; }

    /// <summary>Whoever the log says has done something; where it does not say, somebody without a name.</summary>
    public Actor ActorOf(LogEvent done) => new(UserId(done.Resource), done.Resource ?? "—", [TeamId(done.Group)]);

    public string TeamId(string? group) => Id(group ?? "");

    /// <summary>Adds what is not there yet.</summary>
    public async Task AddToAsync(Database database, OrganisationStore store, EventLog log, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await OrganisationStore.LockAsync(db, cancel);
        var before = await OrganisationStore.ReadAsync(db, cancel);
        await store.ChangeAsync(db, before, With(before, [.. log.Cases.SelectMany(one => one.Events)]), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private Organisation With(Organisation before, List<LogEvent> events)
    {
        var groups = events.Select(done => done.Group).Append(null).Distinct().OrderBy(group => group, StringComparer.Ordinal).ToList();
        var people = events.Select(done => done.Resource).Distinct().OrderBy(resource => resource, StringComparer.Ordinal).ToList();
        var memberships = events.Select(done => (done.Group, done.Resource)).Distinct().OrderBy(pair => pair.Group, StringComparer.Ordinal).ThenBy(pair => pair.Resource, StringComparer.Ordinal);
        return before with
        {
            Areas = Added(before.Areas, [Area(place.Code, place.City, AreaKind.City), Area(jurisdiction, place.Name, AreaKind.Jurisdiction)], row => row.Code),
            Teams = Added(before.Teams, groups.Select(group => new TeamRow { Id = TeamId(group), Name = group ?? place.Name, Kind = kind }), row => row.Id),
            Coverage = Added(before.Coverage, [new TeamAreaRow { TeamId = TeamId(null), AreaCode = jurisdiction }], row => (row.TeamId, row.AreaCode)),
            Members = Added(before.Members, people.Select(person => new MemberRow { UserId = UserId(person), Name = person ?? "—" }), row => row.UserId),
            Memberships = Added(before.Memberships, memberships.Select(pair => new TeamMemberRow { TeamId = TeamId(pair.Group), UserId = UserId(pair.Resource) }), row => (row.TeamId, row.UserId)),
        };
    }

    private AreaRow Area(string code, string name, AreaKind area) => new()
    {
        Code = code, Name = name, Kind = area, Path = area == AreaKind.City ? $"{code}/" : Place.AreaPath, JurisdictionName = area == AreaKind.City ? name : place.Name,
        DistrictName = area == AreaKind.City ? name : place.Name, DistrictCode = code,
    };

    private string UserId(string? resource) => Id($"person/{resource}");

    /// <summary>A long name is told by its hash.</summary>
    private string Id(string name) => $"{place.Code}/{name}" is { Length: <= IdLength } id ? id : $"{place.Code}/{InstanceId.From(name)}";

    private static List<T> Added<T, TKey>(IReadOnlyList<T> before, IEnumerable<T> rows, Func<T, TKey> keyOf)
    {
        var known = before.Select(keyOf).ToHashSet();
        return [.. before, .. rows.Where(row => known.Add(keyOf(row)))];
    }
}
