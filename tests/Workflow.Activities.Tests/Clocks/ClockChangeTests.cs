using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Activities.Tests.Clocks;

/// <summary>Calendars and policies that change under open clocks, and work that comes to teams with other calendars.</summary>
public class ClockChangeTests
{
    private static readonly Stimulus Visit = new Stimulus.ClocksChanged { At = At("2026-12-01T10:00+08:00"), By = new("u-operator", "何敏", []) };
    private static readonly ApprovedChange Announced = new(7, "cn-gov", "v2", "u-inspection", "赵敏", "国办发明电〔2026〕7号");

    [Fact]
    public void A_due_time_that_rests_on_an_unknown_year_is_provisional_and_moves_when_the_year_is_announced()
    {
        var task = Started("90cd", "2026-11-23T09:00+08:00");
        (task.State.Clocks[0].Due, task.State.Clocks[0].IsProvisional).ShouldBe((At("2027-02-22T17:00+08:00"), true));

        var after = On(task, With2027(("2027-02-22", "holiday"))).Do(Visit);

        var clock = after.State.Clocks[0];
        (clock.Due, clock.IsProvisional).ShouldBe((At("2027-02-23T17:00+08:00"), false));
        var move = clock.Changes.ShouldHaveSingleItem();
        (move.Why, move.Before, move.After, move.Basis).ShouldBe((ClockChangeReason.CalendarChanged, At("2027-02-22T17:00+08:00"), clock.Due, $"cn-gov@{clock.CalendarVersion}"));
        (move.Approved, move.By, move.Text).ShouldBe((Announced, Announced.ApproverName, Announced.Reason));
        clock.Ledger[^1].To.ShouldBe(clock.Due!.Value);
        after.Again(Visit).ShouldBeEmpty();
    }

    [Fact]
    public void Any_stimulus_brings_a_clock_to_the_calendar_in_force_before_it_is_handled()
    {
        var task = Started("2wd", "2026-11-23T09:00+08:00");
        var changed = On(task, Changed(("2026-11-24", "holiday")));
        changed.Now = At("2026-11-25T17:00+08:00");

        // Due on the 25th by what was replaced: the timer that comes for it finds that it is due on the 26th.
        changed.Try(changed.Timer(new(TimerKind.Clock, changed.State.Clocks[0].Id)));
        changed.Do(Visit with { At = changed.Now });

        changed.State.Clocks[0].BreachedAt.ShouldBeNull();
        changed.State.Clocks[0].Due.ShouldBe(At("2026-11-26T17:00+08:00"));
    }

    [Fact]
    public void A_breach_that_is_none_any_more_is_annulled_and_rungs_that_fired_stay_fired()
    {
        var task = Started("2wd", "2026-11-23T09:00+08:00", "'rungs': [ { 'id': 'half', 'at': '50%', 'do': 'urge' }, { 'id': 'late', 'at': '+0', 'do': 'escalate', 'to': 'inspection' } ]").Until("2026-11-25T18:00+08:00");
        var before = task.State.Clocks[0];
        before.BreachedAt.ShouldBe(At("2026-11-25T17:00+08:00"));

        var after = On(task, Changed(("2026-11-24", "holiday"))).Do(Visit with { At = task.Now });

        after.Facts.OfType<Fact.BreachAnnulled>().ShouldHaveSingleItem().ShouldBe(new(before.Id, At("2026-11-25T17:00+08:00")));
        var clock = after.State.Clocks[0];
        (clock.BreachedAt, clock.Due).ShouldBe((null, At("2026-11-26T17:00+08:00")));
        clock.Rungs.ShouldBe(before.Rungs);
        after.Until("2026-11-26T17:00+08:00").State.Clocks[0].BreachedAt.ShouldBe(clock.Due);
        after.Journal.OfType<Fact.RungFired>().Select(fired => fired.Rung).ShouldBe(["half", "late"]);
    }

    [Fact]
    public void A_day_that_turns_into_a_workday_may_make_a_clock_late_at_once()
    {
        var task = Started("2wd", "2026-11-27T09:00+08:00").Until("2026-12-01T10:00+08:00");
        task.State.Clocks[0].Due.ShouldBe(At("2026-12-01T17:00+08:00"));

        var after = On(task, Changed(("2026-11-28", "makeupWorkday"))).Do(Visit);

        after.State.Clocks[0].Due.ShouldBe(At("2026-11-30T17:00+08:00"));
        after.State.Clocks[0].BreachedAt.ShouldBe(At("2026-11-30T17:00+08:00"));
    }

    [Fact]
    public void A_policy_of_a_later_version_gives_open_clocks_its_target_and_rungs_and_leaves_those_with_more_time_theirs()
    {
        var old = Definition("5wd", "'rungs': [ { 'id': 'half', 'at': '20%', 'do': 'urge' }, { 'id': 'gone', 'at': '90%', 'do': 'urge' } ]", 1);
        var policy = new PolicyInForce(Definition("3wd", "'rungs': [ { 'id': 'half', 'at': '40%', 'do': 'urge' }, { 'id': 'late', 'at': '+0', 'do': 'escalate', 'to': 'inspection' } ]", 2), new(8, "test", "2", "u-inspection", "赵敏", "提速"), []);
        var (task, extended) = (Start(old, "2026-11-23T09:00+08:00").Until("2026-11-24T18:00+08:00"), Start(old, "2026-11-23T09:00+08:00"));
        extended.Do(extended.Claim("verify", Li)).Do(extended.AskExtension("verify", Li, "2wd")).Do(extended.DecideExtension("verify", Qian));

        var after = On(task, China, policy).Do(Visit with { At = task.Now });
        var longer = On(extended, China, policy).Do(Visit with { At = task.Now });

        var clock = after.State.Clocks[0];
        (clock.Policy.Target, clock.Due, clock.History!.PolicyVersion).ShouldBe(("3wd", At("2026-11-26T17:00+08:00"), 2));
        clock.Rungs.Select(rung => $"{rung.Id} {rung.At} {rung.FiredAt is not null}").ShouldBe(["half 20% True", "late +0 False"]);
        clock.Changes.ShouldHaveSingleItem().Basis.ShouldBe("test v2");
        after.Again(Visit with { At = task.Now }).ShouldBeEmpty();
        (longer.State.Clocks[0].Policy.Target, longer.State.Clocks[0].Due).ShouldBe(("7wd", At("2026-12-02T17:00+08:00")));
    }

    [Theory]
    [InlineData("", "team-hours", "2026-11-23T12:30:00+08:00")] // the lunch break works
    [InlineData("'calendar': 'cn-gov'", "cn-gov", "2026-11-23T13:30:00+08:00")]
    public void A_target_that_names_no_calendar_counts_on_that_of_the_team(string named, string calendar, string due)
    {
        var task = Start(Definition("3.5wh", named, 1), "2026-11-23T09:00+08:00", WithTeams(("grid", "team-hours")));

        (task.State.Clocks[0].Policy.Calendar, task.State.Clocks[0].Due).ShouldBe((calendar, At(due)));
    }

    [Fact]
    public void The_smallest_area_with_a_calendar_counts_where_the_team_has_none()
    {
        var district = WithTeams() with { Teams = WithOwn(new(FrozenDictionary<string, string>.Empty, new Dictionary<string, string> { ["gaoxin"] = "team-hours" }.ToFrozenDictionary())) };

        Start(Definition("3.5wh", "", 1), "2026-11-23T09:00+08:00", district).State.Clocks[0].Policy.Calendar.ShouldBe("team-hours");
    }

    [Fact]
    public void When_work_comes_to_a_team_with_another_calendar_what_was_counted_stays_and_the_ledger_says_so()
    {
        var task = Start(Definition("4wh", "", 1), "2026-11-23T09:00+08:00", WithTeams(("grid-b", "team-hours")));
        task.Do(task.Claim("verify", Li));
        task.Now = At("2026-11-23T11:00+08:00");
        task.State.Clocks[0].Due.ShouldBe(At("2026-11-23T14:00+08:00"));

        task.Do(task.Transfer("verify", Li, "grid-b"));

        var clock = task.State.Clocks[0];
        (clock.Policy.Calendar, clock.Due).ShouldBe(("team-hours", At("2026-11-23T13:00+08:00")));
        clock.Turns.ShouldHaveSingleItem().ShouldBe(new("cn-gov", China.Version, task.Now));
        clock.Ledger.Where(entry => entry.Counted).Select(entry => $"{entry.Calendar} {entry.To - entry.From:c}").ShouldBe(["cn-gov 02:00:00", "team-hours 02:00:00"]);
        clock.Changes.ShouldHaveSingleItem().Why.ShouldBe(ClockChangeReason.HandedOver);
    }

    [Fact]
    public void A_clock_whose_target_names_its_calendar_keeps_it_whoever_has_the_work()
    {
        var task = Start(Definition("4wh", "'calendar': '24x7'", 1), "2026-11-23T09:00+08:00", WithTeams(("grid-b", "team-hours")));
        task.Do(task.Claim("verify", Li)).Do(task.Transfer("verify", Li, "grid-b"));

        (task.State.Clocks[0].Policy.Calendar, task.State.Clocks[0].Due, task.State.Clocks[0].History).ShouldBe(("24x7", At("2026-11-23T13:00+08:00"), null));
    }

    [Fact]
    public void The_cap_of_a_pause_moves_with_its_calendar_and_the_clock_goes_on_then()
    {
        var task = Paused();
        task.State.Clocks[0].ResumesAt.ShouldBe(At("2026-11-30T17:00+08:00"));

        var after = On(task, Changed(("2026-11-30", "holiday"))).Do(Visit with { At = At("2026-11-26T10:00+08:00") });

        after.Facts.OfType<Fact.PauseCapMoved>().ShouldHaveSingleItem().ShouldBe(new(after.Item("verify").Number, At("2026-11-30T17:00+08:00"), At("2026-12-01T17:00+08:00"), $"cn-gov@{after.State.Clocks[0].CalendarVersion}", Announced));
        after.State.Clocks[0].ResumesAt.ShouldBe(At("2026-12-01T17:00+08:00"));
        after.Again(Visit with { At = after.Now }).ShouldBeEmpty();
        after.Until("2026-12-01T16:59+08:00").State.Clocks[0].State.ShouldBe(ClockState.Stopped);
        after.Until("2026-12-01T17:00+08:00").State.Clocks[0].Spans[^1].From.ShouldBe(At("2026-12-01T17:00+08:00"));
    }

    [Fact]
    public void A_cap_that_the_new_calendar_puts_into_the_past_was_reached_then()
    {
        var task = Paused();

        var after = On(task, Changed(("2026-11-28", "makeupWorkday"), ("2026-11-29", "makeupWorkday"))).Do(Visit with { At = At("2026-11-30T10:00+08:00") });

        var clock = after.State.Clocks[0];
        (clock.State, clock.Spans[^1].From, after.Item("verify").Status).ShouldBe((ClockState.Running, At("2026-11-28T17:00+08:00"), WorkItemStatus.Suspended));
        after.Journal.OfType<Fact.PauseCapped>().ShouldHaveSingleItem().At.ShouldBe(At("2026-11-28T17:00+08:00"));
    }

    [Fact]
    public void A_cap_that_was_reached_stays()
    {
        var task = Paused().Until("2026-12-01T10:00+08:00");

        var after = On(task, Changed(("2026-11-30", "holiday"))).Do(Visit);

        after.Journal.OfType<Fact.PauseCapMoved>().ShouldBeEmpty();
        (after.State.Clocks[0].State, after.State.Clocks[0].Spans[^1].From).ShouldBe((ClockState.Running, At("2026-11-30T17:00+08:00")));
    }

    /// <summary>Suspended on Wednesday 2026-11-25 for three working days at most.</summary>
    private static Scenario Paused()
    {
        var task = Started("9wd", "2026-11-25T09:00+08:00", "'pauseReasons': [ { 'id': 'waiting-for-reporter', 'cap': '3wd' } ]");
        return task.Do(task.Claim("verify", Li)).Do(task.Suspend("verify", Li, "waiting-for-reporter", "联系不上"));
    }

    private static Scenario Started(string target, string at, string members = "") => Start(Definition(target, members.Length == 0 ? "'calendar': 'cn-gov'" : $"'calendar': 'cn-gov', {members}", 1), at);

    private static Scenario Start(WorkflowDefinition definition, string at, World? world = null) =>
        new Scenario(definition) { World = world ?? An.World, Now = At(at) }.Start();

    private static WorkflowDefinition Definition(string target, string members, int version) => TaskDefinition(
        response: $"{Item("verify", "CommunityGrid")}|'sla': {{ 'target': '{target}'{(members.Length == 0 ? "" : ", " + members)} }}", members: $"'version': {version}, ");

    /// <summary>The same task in a world where this calendar, or this policy, is in force.</summary>
    internal static Scenario On(Scenario task, BusinessCalendar calendar, PolicyInForce? policy = null)
    {
        var calendars = new Dictionary<string, BusinessCalendar>(task.World.Calendars) { [calendar.Id] = calendar }.ToFrozenDictionary();
        var policies = policy is null ? [] : new Dictionary<string, PolicyInForce> { ["test"] = policy };
        task.World = task.World with { Calendars = calendars, Changes = new(new Dictionary<string, ApprovedChange> { ["cn-gov"] = Announced }.ToFrozenDictionary(), policies.ToFrozenDictionary()) };
        return task;
    }

    private static World WithTeams(params (string Team, string Calendar)[] own)
    {
        var hours = Engine.Tests.Clocks.Calendars.Read("""
            { "schemaVersion": 1, "id": "team-hours", "name": "连班", "timeZone": "Asia/Shanghai", "basis": "test", "years": { "2026": [] },
              "weeklyHours": { "monday": ["09:00-17:00"], "tuesday": ["09:00-17:00"], "wednesday": ["09:00-17:00"], "thursday": ["09:00-17:00"], "friday": ["09:00-17:00"] } }
            """);
        return An.World with
        {
            Calendars = An.World.Calendars.Values.Append(hours).ToFrozenDictionary(calendar => calendar.Id),
            Teams = WithOwn(new(own.ToFrozenDictionary(team => team.Team, team => team.Calendar), FrozenDictionary<string, string>.Empty)),
        };
    }

    /// <summary>The usual organisation, and a team with this calendar.</summary>
    internal static TeamDirectory WithOwn(string team, string calendar) => WithOwn(new(new Dictionary<string, string> { [team] = calendar }.ToFrozenDictionary(), FrozenDictionary<string, string>.Empty));

    private static TeamDirectory WithOwn(OwnCalendars own) =>
        new(An.Teams.All, [new("510107064", "grid"), new("5101", "tech"), new("gaoxin", "enforcement"), new("5101", "inspection")]) { Members = An.Teams.Members, Calendars = own };

    private static BusinessCalendar With2027(params (string Date, string Kind)[] days) => Edited("2027", days);

    internal static BusinessCalendar Changed(params (string Date, string Kind)[] days) => Edited("2026", days);

    internal static BusinessCalendar Edited(string year, params IEnumerable<(string Date, string Kind)> days)
    {
        var document = JsonNode.Parse(ChinaText)!;
        var list = document["years"]![year] as JsonArray ?? [];
        foreach (var (date, kind) in days)
        {
            if (list.FirstOrDefault(day => day!["date"]!.GetValue<string>() == date) is { } known) list.Remove(known);
            list.Add(new JsonObject { ["date"] = date, ["kind"] = kind, ["name"] = "测试" });
        }
        if (list.Parent is null) document["years"]![year] = list;
        return Engine.Tests.Clocks.Calendars.Read(document.ToJsonString());
    }
}
