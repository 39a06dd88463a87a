using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.StandardDefinitions;

/// <summary>A bureau with every team that the shipped definitions name. One person works for each team, two certified officers for those of enforcement.</summary>
internal static class Bureau
{
    private static readonly (string Id, TeamKind Kind, string? Area)[] Teams =
    [
        ("grid", TeamKind.CommunityGrid, "510107064"), ("tech", TeamKind.TechGrid, "5101"), ("enforcement", TeamKind.Enforcement, "gaoxin"), ("inspection-city", TeamKind.Inspection, "5101"),
        ("hotline-city", TeamKind.TechGrid, null), ("monitoring-city", TeamKind.TechGrid, null), ("enforcement-city", TeamKind.Enforcement, null), ("duty-city", TeamKind.Inspection, null),
        ("legal-city", TeamKind.Inspection, null), ("petition-city", TeamKind.Inspection, null), ("approval-city", TeamKind.Inspection, null), ("eia-city", TeamKind.Inspection, null),
        ("air-city", TeamKind.Inspection, null), ("water-city", TeamKind.Inspection, null), ("ecology-city", TeamKind.Inspection, null), ("radiation-city", TeamKind.Inspection, null),
    ];

    private static readonly ImmutableArray<Certificate> Certified = [new("enforcement", "川A-1", new(2020, 1, 1), null)];

    private static readonly FrozenDictionary<string, Member> Members = Teams.SelectMany(team => PeopleOf(team.Id, team.Kind)).ToFrozenDictionary(member => member.Person.UserId);

    public static World World { get; } = An.World with
    {
        Teams = new(Teams.Select(team => new Team(team.Id, team.Id, team.Kind)), Teams.Where(team => team.Area is not null).Select(team => new TeamCover(team.Area!, team.Id)))
        {
            Members = Members,
            Staff = Teams.ToFrozenDictionary(team => team.Id, team => new TeamStaff(
                [.. Members.Values.Where(member => member.Teams.Contains(team.Id)).OrderBy(member => member.Person.UserId, StringComparer.Ordinal).Select(member => new StaffMember(member, []))], Roster.None)),
        },
        Loads = Members.Keys.ToImmutableDictionary(id => id, _ => default(MemberLoad)),
    };

    /// <summary>Who works on an item: its holder, the one that it is offered to, else somebody of its team, with the role that it asks for.</summary>
    public static Actor WhoDoes(WorkItem item)
    {
        var person = item.Holder ?? (item.State as WorkItemState.Offered)?.To ?? Members.Values.First(member => member.Teams.Contains(item.Team.Id)).Person;
        return new(person.UserId, person.Name, Members[person.UserId].Teams)
        {
            Roles = item.Signing?.Role is { } role ? [role] : null,
            Certificates = Members[person.UserId].Certificates.IsEmpty ? null : [.. Members[person.UserId].Certificates.Select(certificate => certificate.Kind)],
        };
    }

    private static IEnumerable<Member> PeopleOf(string team, TeamKind kind) => kind == TeamKind.Enforcement
        ? [new(new($"{team}-1", $"{team} 1"), [team]) { Certificates = Certified }, new(new($"{team}-2", $"{team} 2"), [team]) { Certificates = Certified }]
        : [new(new(team, team), [team])];
}
