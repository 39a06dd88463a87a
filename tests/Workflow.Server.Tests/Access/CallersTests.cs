using System.Security.Claims;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Access;

[Collection(Stores.Collection)]
public class CallersTests(Stores stores)
{
    private static readonly string[] Teams = ["patrol-a", "patrol-b"];
    private static readonly ClaimsPrincipal Li = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "li"), new(ClaimTypes.Name, "li")], "test"));

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_change_of_teams_counts_at_the_next_request(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database);
        var organisation = new OrganisationStore(database);
        var callers = new Callers(database, TimeProvider.System);
        (await callers.FindAsync(Li, CancellationToken.None)).TeamIds.ShouldBeEmpty();

        await organisation.ReplaceAsync(Of([.. Teams.Reverse()]), CancellationToken.None);
        var caller = await callers.FindAsync(Li, CancellationToken.None);
        (caller.Actor.Name, caller.Scopes).ShouldSatisfyAllConditions(of => of.Name.ShouldBe("Li Na"), of => of.Scopes.ShouldBe(["/5101/"]));
        caller.TeamIds.ShouldBe(Teams);

        await organisation.ReplaceAsync(Of("patrol-b"), CancellationToken.None);
        (await callers.FindAsync(Li, CancellationToken.None)).TeamIds.ShouldBe(["patrol-b"]);
    }

    private static Organisation Of(params string[] teams) => new(
        [new() { Code = "510100000000", Name = "成都市", Kind = AreaKind.City, Path = "/5101/", JurisdictionName = "成都市", DistrictName = "成都市" }],
        [.. Teams.Select(id => new TeamRow { Id = id, Name = id, Kind = TeamKind.Inspection })],
        [.. Teams.Select(id => new TeamAreaRow { TeamId = id, AreaCode = "510100000000" })],
        [new() { UserId = "li", Name = "Li Na" }],
        [.. teams.Select(id => new TeamMemberRow { TeamId = id, UserId = "li" })]);
}
