using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Features;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Confidentiality;

/// <summary>From whom a task is hidden is asked of rows by the queries and of the directory by the engine. They are held against each other for everybody and every area.</summary>
[Collection(Stores.Collection)]
public sealed class HidingRuleTests(Stores stores)
{
    private static readonly string[] Paths = ["/5101/", "/5101/510107/", "/5101/510107/510107064/", "/5101/510107/510107065/", "/5101/510108/", "/5101/5101/"];

    private static readonly (string Id, TeamKind Kind, string[] Covers)[] Teams =
    [
        ("city-tech", TeamKind.TechGrid, [Paths[0]]), ("city-inspection", TeamKind.Inspection, [Paths[0]]), ("district", TeamKind.Enforcement, [Paths[1]]),
        ("street", TeamKind.CommunityGrid, [Paths[2]]), ("two-streets", TeamKind.CommunityGrid, [Paths[3], Paths[4]]), ("nowhere", TeamKind.TechGrid, []),
    ];

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_queries_and_the_engine_hide_from_the_same_people(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database);
        var people = Teams.Select(team => new[] { team.Id }).Concat(Teams.SelectMany((one, index) => Teams.Skip(index + 1).Select(other => new[] { one.Id, other.Id }))).ToDictionary(teams => string.Join('+', teams));
        await new OrganisationStore(database).ReplaceAsync(Of(people), CancellationToken.None);
        await using var db = database.CreateDbContext();
        var now = TimeProvider.System.GetUtcNow();
        db.AddRange(Paths.Select(path => Row(path, now)));
        await db.SaveChangesAsync();
        var directory = await new OrganisationLibrary().LoadAsync(db, null, CancellationToken.None);
        var callers = new Callers(database, TimeProvider.System);

        var hidden = 0;
        foreach (var user in people.Keys)
        {
            var caller = await callers.FindAsync(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user)], "test")), CancellationToken.None);
            var shown = await Hiding.Shown(db.Tasks, caller).Select(row => row.AreaPath).ToListAsync();
            foreach (var place in Paths.Select(path => new Place(path, path, path, "")))
            {
                var isInspected = directory.IsInspected(new Engine.Instances.Person(user, user), place);

                (!shown.Contains(place.AreaPath), Hiding.Concerns(place, caller)).ShouldBe((isInspected, isInspected), $"{user} in {place.AreaPath}");
                if (isInspected) hidden++;
            }
        }
        hidden.ShouldBeInRange(1, people.Count * Paths.Length - 1);
    }

    private static Organisation Of(Dictionary<string, string[]> people) => new(
        [.. Paths.Select(path => new AreaRow { Code = path, Name = path, Kind = AreaKind.Street, Path = path, JurisdictionName = "", DistrictName = "" })],
        [.. Teams.Select(team => new TeamRow { Id = team.Id, Name = team.Id, Kind = team.Kind })],
        [.. Teams.SelectMany(team => team.Covers.Select(path => new TeamAreaRow { TeamId = team.Id, AreaCode = path }))],
        [.. people.Keys.Select(user => new MemberRow { UserId = user, Name = user })],
        [.. people.SelectMany(person => person.Value.Select(team => new TeamMemberRow { TeamId = team, UserId = person.Key }))]);

    private static TaskRow Row(string path, DateTimeOffset now) => new()
    {
        InstanceId = new(Guid.CreateVersion7(now)), Number = path, Subject = "inspection", DefinitionId = "d", DefinitionName = "d", AreaCode = path, AreaName = path, AreaPath = path, JurisdictionCode = null, StreetCode = null,
        JurisdictionName = "", Priority = Priority.Normal, RaisedById = null, Stage = null, StartedAt = now, ClosedAt = null, NextDue = null, OpenDue = DateTimeOffset.MaxValue, OpenSince = now,
        HiddenUntil = now.AddDays(1), IsWarned = false, IsBreached = false, EscalatedTo = "", Revision = 1,
    };
}
