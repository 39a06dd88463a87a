using System.Collections.Immutable;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Staffing;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Organisation;

/// <param name="Certificates">All that are on record, also those that have run out.</param>
/// <param name="Away">The absence of this moment; null while they are there.</param>
internal sealed record StaffView(Person Person, IReadOnlyList<TeamRole> Roles, ImmutableArray<Certificate> Certificates, Absence? Away, bool OnDuty);

/// <param name="Day">On which the shift began.</param>
internal sealed record OnDutyView(Person Person, string Shift, string ShiftName, DateOnly Day, bool Leads);

/// <param name="KeepsRoster">False: nobody is kept from work by a roster.</param>
/// <param name="OnDuty">Who is on duty now, leaders first.</param>
internal sealed record TeamStaffView(string Id, string Name, TeamKind Kind, bool KeepsRoster, IReadOnlyList<OnDutyView> OnDuty, IReadOnlyList<StaffView> People);

internal static class GetTeamStaff
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("teams/{id}/staff", HandleAsync).Requires(Permission.ReadTasks).Produces<TeamStaffView>().WithSummary("Who belongs to a team of the caller, what they are there, and who is on duty now");

    internal static async Task<IResult> HandleAsync(string id, Caller caller, Database database, OrganisationLibrary library, TimeProvider time, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var teams = await library.LoadAsync(db, null, cancel);
        if (!Sees(caller, id) || teams.Find(id) is not { } team) return ProblemResults.NotFound("a team");
        var (staff, now) = (teams.StaffOf(id), time.GetUtcNow());
        var onDuty = OnDutyOf(teams, id, now);
        return Results.Ok(new TeamStaffView(team.Id, team.Name, team.Kind, staff.Roster.IsKept, onDuty,
        [
            .. staff.People.Select(person => new StaffView(
                person.Member.Person, person.Roles, person.Member.Certificates, person.Member.AbsenceAt(now), !staff.Roster.IsKept || onDuty.Any(duty => duty.Person == person.Member.Person))),
        ]));
    }

    /// <summary>People of a team and operators see who is in it.</summary>
    public static bool Sees(Caller caller, string team) => caller.SeesAll || caller.TeamIds.Contains(team);

    public static IReadOnlyList<OnDutyView> OnDutyOf(TeamDirectory teams, string team, DateTimeOffset at) =>
    [
        .. teams.StaffOf(team).Roster.At(at).Where(duty => teams.Members.ContainsKey(duty.UserId))
            .Select(duty => new OnDutyView(teams.Members[duty.UserId].Person, duty.Shift.Id, duty.Shift.Name, duty.Day, duty.IsLeader)),
    ];
}
