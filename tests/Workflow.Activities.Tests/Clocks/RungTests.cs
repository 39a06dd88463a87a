using System.Collections.Frozen;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Activities.Tests.Clocks;

/// <summary>What rungs do. Raised on Monday 2026-09-14 at 10:00.</summary>
public class RungTests
{
    [Theory]
    [InlineData("holder", "u-grid", null, null)]
    [InlineData("team", null, "grid", null)]
    [InlineData("supervisor", null, null, "supervisor")]
    [InlineData("dutyOfficer", null, null, "duty-officer")]
    [InlineData("person:u-boss", "u-boss", null, null)]
    public void A_notice_names_who_is_told_of_what(string to, string? user, string? team, string? role)
    {
        var task = Started($"'do': 'notify', 'to': '{to}'");
        task.Do(task.Claim("one", Li)).Until("2026-09-14T12:00+08:00");

        var asked = task.Journal.OfType<Fact.EffectRequested>().Single().Effect;

        asked.Kind.ShouldBe("notice");
        var notice = asked.Read<RungNotice>();
        notice.To.ShouldBe([new(user, team, role)]);
        (notice.Number, notice.Rung, notice.Due).ShouldBe(("CD-2026-000001", "r", At("2026-09-14T14:00+08:00")));
    }

    [Fact]
    public void Nobody_holds_it_so_the_team_is_told() =>
        Started("'do': 'notify', 'to': 'holder'").Until("2026-09-14T12:00+08:00").Journal.OfType<Fact.EffectRequested>().Single().Effect.Read<RungNotice>().To.ShouldBe([NoticeReceiver.OfTeam("grid")]);

    [Fact]
    public void Half_the_time_makes_it_urgent_and_the_shorter_target_counts_at_once()
    {
        var task = Started("'do': 'raisePriority'", target: "{ 'normal': 'PT4H', 'urgent': 'PT1H' }").Until("2026-09-14T12:00+08:00");

        task.State.Task!.Priority.ShouldBe(Priority.Urgent);
        task.State.Clocks[0].BreachedAt.ShouldBe(At("2026-09-14T11:00+08:00"));
        task.State.Clocks[0].Changes.Single().Text.ShouldBe("r");
    }

    [Fact]
    public void It_is_given_to_another_person_of_the_team()
    {
        var staffed = new TeamDirectory(An.Teams.All, [new("510107064", "grid"), new("5101", "inspection")])
        {
            Members = An.Teams.Members,
            Staff = An.Teams.All.ToFrozenDictionary(team => team.Id, team => new TeamStaff([.. An.Teams.Members.Values.Where(member => member.Teams.Contains(team.Id)).Select(member => new StaffMember(member, []))], Roster.None)),
        };
        var task = new Scenario(Definition("'do': 'reassign'")) { World = An.World with { Teams = staffed } }.Start();
        task.Do(task.Claim("one", Li)).Until("2026-09-14T12:00+08:00");

        var item = task.Item("one");
        item.State.ShouldBe(new WorkItemState.Offered(Liu.Person));
        item.Assignment!.To.ShouldBe(Liu.Person);
        task.Refused(task.Claim("one", Li)).Reason.ShouldBe(Reason.NotCandidate);
        task.Do(task.Claim("one", Liu));
    }

    [Fact]
    public void It_is_given_to_another_team_of_the_kind_and_a_suspended_one_stays()
    {
        var task = Started("'do': 'reassign', 'to': 'team:grid-b'").Until("2026-09-14T12:00+08:00");
        (task.Item("one").Team.Id, task.Item("one").Status).ShouldBe(("grid-b", WorkItemStatus.Offered));

        var held = Started("'do': 'reassign', 'to': 'team:grid-b'");
        held.Do(held.Claim("one", Li)).Do(held.Suspend("one", Li, "weather")).Until("2026-09-14T12:00+08:00");
        held.Item("one").Team.Id.ShouldBe("grid");
        held.Journal.OfType<Fact.RungFired>().ShouldHaveSingleItem();
    }

    [Fact]
    public void An_order_is_made_that_covers_the_task_and_no_second_one()
    {
        var task = Started("'do': 'order', 'to': 'person:u-supervisor', 'within': 'P2D'").Until("2026-09-14T12:00+08:00");

        var start = task.Journal.OfType<Fact.EffectRequested>().Single().Effect.Read<StartChild>();

        (start.DefinitionId, start.Parent).ShouldBe(("supervised-order", null));
        var order = start.Task!.Order!;
        (order.Leader, order.Team.Id, order.Due, order.Tasks.Single().Number).ShouldBe((Qian.Person, "grid", At("2026-09-16T12:00+08:00"), "CD-2026-000001"));
        var ordered = Started("'do': 'order', 'to': 'person:u-supervisor', 'within': 'P2D'");
        ordered.Do(new Stimulus.TaskTold(new Engine.JointWork.TaskMessage.OrderGiven(ordered.State.Id, "DB-1")) { At = ordered.Now }).Until("2026-09-14T12:00+08:00");
        ordered.Journal.OfType<Fact.EffectRequested>().ShouldBeEmpty();
    }

    [Fact]
    public void A_reminder_in_working_time_does_not_wake_anybody_at_midnight_or_on_a_holiday()
    {
        var task = Instance(TaskDefinition(response: Item("one", "CommunityGrid") + "|'sla': { 'target': 'P5D', 'rungs': [ "
            + "{ 'id': 'night', 'at': '20%', 'do': 'urge', 'inWorkingTime': true }, { 'id': 'anyway', 'at': '20%', 'do': 'urge' } ] }"));
        task.Now = At("2026-09-30T23:30+08:00");

        task.Start();

        task.State.Clocks[0].Rungs.Select(rung => rung.DueAt).ShouldBe([At("2026-10-08T09:00+08:00"), At("2026-10-01T23:30+08:00")]);
        task.Until("2026-10-08T09:00+08:00").Journal.OfType<Fact.RungFired>().Select(fired => fired.Rung).ShouldBe(["anyway", "night"]);
    }

    [Fact]
    public void An_extension_moves_the_rungs_that_have_not_fired()
    {
        var task = Instance(TaskDefinition(response: Item("one", "CommunityGrid") + "|'sla': { 'target': 'PT4H', 'calendar': '24x7', 'rungs': [ "
            + "{ 'id': 'half', 'at': '50%', 'do': 'urge' }, { 'id': 'soon', 'at': '-PT30M', 'do': 'urge' } ] }")).Start();
        task.Do(task.Claim("one", Li)).Until("2026-09-14T12:00+08:00");

        task.Do(task.AskExtension("one", Li, "PT4H")).Do(task.DecideExtension("one", Qian));

        task.State.Clocks[0].Rungs.Select(rung => rung.DueAt).ShouldBe([At("2026-09-14T12:00+08:00"), At("2026-09-14T17:30+08:00")]);
    }

    [Theory]
    [InlineData("'do': 'notify'", "to")]
    [InlineData("'do': 'notify', 'to': 'everybody'", "to")]
    [InlineData("'do': 'raisePriority', 'to': 'holder'", "to")]
    [InlineData("'do': 'reassign', 'to': 'grid-b'", "to")]
    [InlineData("'do': 'order', 'to': 'person:u'", "within")]
    [InlineData("'do': 'order', 'to': 'u', 'within': 'P2D'", "to")]
    [InlineData("'do': 'urge', 'within': 'P2D'", "within")]
    [InlineData("'do': 'urge', 'inWorkingTime': 'yes'", "inWorkingTime")]
    [InlineData("'do': 'shout'", "do")]
    [InlineData("'do': 'urge', 'when': 'late'", "when")]
    public void A_rung_that_is_wrong_is_said_where(string rung, string member)
    {
        var problems = new ProblemList();
        var text = $"{{ 'definitionId': 'test', 'root': {{ 'id': 'loop', 'type': 'Workflow.ClosedLoop', 'sla': {{ 'target': 'PT4H', 'rungs': [ {{ 'id': 'r', 'at': '50%', {rung} }} ] }} }} }}";

        Reader.Compile(Json(text), problems);

        problems.All.ShouldContain(problem => problem.Severity == Severity.Error && problem.Pointer == $"/root/sla/rungs/0/{member}");
    }

    private static Scenario Started(string rung, string target = "'PT4H'") => Instance(Definition(rung, target)).Start();

    private static WorkflowDefinition Definition(string rung, string target = "'PT4H'") => TaskDefinition(
        response: $"{Item("one", "CommunityGrid")}|'sla': {{ 'target': {target}, 'calendar': '24x7', 'rungs': [ {{ 'id': 'r', 'at': '50%', {rung} }} ] }}");
}
