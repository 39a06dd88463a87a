using System.Collections.Frozen;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Teams;

/// <summary>A world in which people are told of offered items.</summary>
internal static class Told
{
    public const string Plan = """
        { 'normal': { 'rungs': [
            { 'id': 'inbox', 'channels': [ 'in-app' ] },
            { 'id': 'chat', 'after': 'PT1M', 'channels': [ 'chat', 'pager' ] },
            { 'id': 'mail', 'after': 'PT3M', 'channels': [ 'mail' ] },
            { 'id': 'next', 'after': 'PT10M', 'to': 'nextOnDuty', 'channels': [ 'in-app' ] },
            { 'id': 'leader', 'after': 'PT15M', 'to': 'dutyLeader', 'channels': [ 'in-app', 'chat' ] } ] } }
        """;

    private static readonly Shift Day = new("day", "白班", new(8, 0), new(20, 0), BusinessCalendar.Continuous);
    private static readonly Shift Night = new("night", "夜班", new(20, 0), new(8, 0), BusinessCalendar.Continuous);

    private static readonly FrozenDictionary<string, Place> Areas =
        new[] { new Place("5101", "成都市", "/5101/", ""), new Place("gaoxin", "高新区", "/5101/gaoxin/", ""), An.Guixi }.ToFrozenDictionary(area => area.AreaCode);

    /// <summary>By day 李静 and 周洋 of the grid are on duty and 钱进 leads, who is away and has 赵敏 stand in; 刘芳 comes at night.</summary>
    public static TeamDirectory Organisation { get; } = Build();

    /// <summary>王磊 leads the technical grid of the whole city, 赵敏 inspection, where 周洋 is on duty too, who also belongs to a grid of the area.</summary>
    public static TeamDirectory Inspecting { get; } = new(An.Teams.All, [new("5101", "inspection"), new("5101", "tech"), new(An.Guixi.AreaCode, "grid-b")])
    {
        Areas = Areas,
        Members = new[] { new Member(Wang.Person, Wang.Teams), new Member(Zhao.Person, Zhao.Teams), new Member(Zhou.Person, ["inspection", "grid-b"]) }.ToFrozenDictionary(member => member.Person.UserId),
        Staff = new Dictionary<string, TeamStaff>
        {
            ["inspection"] = new([new(new(Zhao.Person, Zhao.Teams), []), new(new(Zhou.Person, ["inspection", "grid-b"]), [])], new([On(Day, Zhao, true), On(Day, Zhou)])),
            ["tech"] = new([new(new(Wang.Person, Wang.Teams), [])], new([On(Day, Wang, true)])),
        }.ToFrozenDictionary(),
    };

    public static World World { get; } = An.World with { Teams = Organisation, Ladders = Book(Plan), Limits = new() { Notices = 1 } };

    public static LadderBook Book(string plan, params string[] channels) =>
        new(LadderDeclaration.Read(Json(plan), "", null, null), (channels.Length > 0 ? channels : ["chat", "mail"]).ToFrozenSet(StringComparer.Ordinal));

    public static DeliveryLadder Ladder(this Scenario task, string node) => task.Item(node).Ladder!;

    public static Notice Notice(this Scenario task, string node, string rung) => task.Ladder(node).Steps.Single(step => step.Id == rung).Notices.First();

    /// <summary>The rungs that are reached, each with the time and whom it tells.</summary>
    public static string Reached(this Scenario task, string node) => string.Join("; ", task.Ladder(node).Steps.Where(step => step.ReachedAt is not null).Select(step =>
        $"{step.Id} {step.ReachedAt:HH:mm} {string.Join(',', step.Notices.Select(notice => $"{notice.Channel}→{notice.To?.Name ?? "all"}"))}"));

    private static Duty On(Shift shift, Actor who, bool leads = false) => new(shift, who.UserId, new(2026, 1, 1), null, DutyDays.Every, leads);

    private static TeamDirectory Build()
    {
        var away = An.Teams.Members[Qian.UserId] with { Absences = [new(Calendars.At("2026-09-01T00:00+08:00"), Calendars.At("2026-10-01T00:00+08:00"), Zhao.Person)] };
        var members = An.Teams.Members.Values.Where(member => member.Person.UserId != Qian.UserId).Append(away).ToFrozenDictionary(member => member.Person.UserId);
        return new(An.Teams.All, [new("510107064", "grid"), new("5101", "tech"), new("gaoxin", "enforcement"), new("5101", "inspection")])
        {
            Members = members,
            Areas = Areas,
            Staff = new Dictionary<string, TeamStaff>
            {
                ["grid"] = new([.. new[] { Li, Liu, Zhou }.Select(actor => new StaffMember(members[actor.UserId], []))], new([On(Day, Li), On(Day, Zhou), On(Night, Liu), On(Day, Qian, leads: true)])),
                ["tech"] = new([new(members[Wang.UserId], [TeamRole.Leader])], Roster.None),
            }.ToFrozenDictionary(),
        };
    }
}
