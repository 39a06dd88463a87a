using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.Tests.Clocks;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>Items for which somebody was chosen, with every reason that there is.</summary>
internal static class AssignmentCases
{
    private static readonly WorkflowDefinition Definition = TaskDefinition(
        response: Flow.Chart("r", "f=Fork(A,B,C)", "f.A>least f.B>turn f.C>pair",
            Item("least", "CommunityGrid", "'assign': 'leastLoaded'"), Item("turn", "CommunityGrid", "'assign': 'roundRobin'"),
            Item("pair", "CommunityGrid", "'assign': 'leastLoaded', 'people': 2")),
        analysis: Item("look", "TechGrid", "'assign': 'roundRobin'"),
        handling: Item("fine", "Enforcement", "'assign': 'roundRobin', 'certificates': [ 'enforcement' ]"),
        postEvaluation: Item("judge", "Inspection", "'assign': 'leastLoaded'"));

    public static IEnumerable<CorpusCase> All =>
    [
        new("task-items-assigned", "assigned", Definition, task => task.Start()
            .Work("least", Li).Work("turn", Li).Work("pair", Li).Work("look", Wang).Work("fine", Chen with { Certificates = ["enforcement"] }))
        {
            Teams = Organisation(),
            Loads = new Dictionary<string, MemberLoad>
            {
                [Li.UserId] = new(1, 1), [Zhou.UserId] = new(1, 2), [Liu.UserId] = new(5, 3), [Wang.UserId] = default, [Chen.UserId] = default, [Sun.UserId] = default, [Zhao.UserId] = default, [Qian.UserId] = default,
            }.ToImmutableDictionary(),
        },
    ];

    /// <summary>The night shift of the tech grid is not on duty by day, and a supervisor is away.</summary>
    private static TeamDirectory Organisation()
    {
        var night = new Shift("night", "夜班", new(20, 0), new(8, 0), BusinessCalendar.Continuous);
        return new(An.Teams.All, [new("510107064", "grid"), new("5101", "tech"), new("gaoxin", "enforcement"), new("5101", "inspection")])
        {
            Members = An.Teams.Members,
            Staff = new Dictionary<string, TeamStaff>
            {
                ["grid"] = Staff([Of(Li), Of(Liu), Of(Zhou)]),
                ["tech"] = Staff([Of(Wang)], new Duty(night, Wang.UserId, new(2026, 1, 1), null, DutyDays.Every, false)),
                ["enforcement"] = Staff([Of(Chen) with { Certificates = [new("enforcement", "川A-001", new(2026, 1, 1), null)] }, Of(Sun)]),
                ["inspection"] = Staff([Of(Chen), Of(Qian) with { Absences = [new(Calendars.At("2026-09-01T00:00+08:00"), Calendars.At("2026-10-01T00:00+08:00"))] }, Of(Zhao)]),
            }.ToFrozenDictionary(),
        };
    }

    private static Member Of(Actor actor) => An.Teams.Members[actor.UserId];

    private static TeamStaff Staff(Member[] people, params Duty[] duties) => new([.. people.Select(member => new StaffMember(member, []))], new(duties));
}
