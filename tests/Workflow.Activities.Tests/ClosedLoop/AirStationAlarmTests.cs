using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.ClosedLoop;

/// <summary>The whole story of definitions/workflows/air-station-alarm.json.</summary>
public class AirStationAlarmTests
{
    [Fact]
    public void An_alarm_is_verified_analysed_handled_evaluated_handled_again_and_closed()
    {
        var task = Raised();
        task.Item("verify").Team.Id.ShouldBe("grid");
        task.Item("verify").Content.ShouldBe(new("现场核实", "到站点周边 500 米内查看，拍照并写明情况。", "verify", task.Item("verify").Content.EvidenceRequired, task.Item("verify").Content.Outcomes));

        Verify(task, "Done");
        task.Work("analyse", Wang, values: "{ 'category': '扬尘', 'conclusion': '工地未覆盖', 'score': 80 }");
        task.Work("handle", Chen, values: "{ 'measure': '责令覆盖', 'stopped': true }");
        task.Work("evaluate", Zhao, "Return", "{ 'solved': false, 'note': '仍有扬尘' }");
        task.Open.ShouldBe("handle");
        task.Work("handle", Chen, values: "{ 'measure': '再次核查，已覆盖' }");
        task.Work("evaluate", Zhao, "Pass", "{ 'solved': true }");

        task.State.Status.ShouldBe(InstanceStatus.Finished);
        task.Visits.ShouldBe(
        [
            "Initiation1 Done", "Response1 Done", "Analysis1 Done", "Handling1 Done", "PostEvaluation1 Return", "Handling2 Done", "PostEvaluation2 Done",
        ]);
        task.State.WorkItems.Select(item => $"{item.Node} {item.Team.Kind} {((WorkItemState.Done)item.State).By.Name}").ShouldBe(
        [
            "verify CommunityGrid 李静", "analyse TechGrid 王磊", "handle Enforcement 陈强", "evaluate Inspection 赵敏", "handle Enforcement 陈强", "evaluate Inspection 赵敏",
        ]);
        task.State.Task!.Visits[4].ShouldSatisfyAllConditions(visit => visit.ReturnTo.ShouldBe(StageName.Handling), visit => visit.Reason.ShouldBe("not-solved"));
        task.State.Incidents.ShouldBeEmpty();
        task.NextTimer.ShouldBeNull();
        task.Refused(task.Event("anything")).Reason.ShouldBe(Reason.TaskClosed);
    }

    [Fact]
    public void A_false_alarm_goes_straight_to_post_evaluation()
    {
        var task = Raised();

        Verify(task, "FalseAlarm");

        task.Open.ShouldBe("evaluate");
        task.Visits.ShouldBe(["Initiation1 Done", "Response1 CloseOut", "PostEvaluation1"]);
        task.State.Task!.Visits[1].Reason.ShouldBe("false-alarm");
        task.Work("evaluate", Zhao, "Pass", "{ 'solved': true }").State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void A_task_that_was_closed_out_can_still_be_sent_back_to_handling()
    {
        var task = Raised();
        Verify(task, "FalseAlarm");

        task.Work("evaluate", Zhao, "Return", "{ 'solved': false }");

        task.Open.ShouldBe("handle");
        task.Visits.Last().ShouldBe("Handling1");
    }

    [Theory]
    [InlineData(Priority.Normal, "35wh")]
    [InlineData(Priority.Urgent, "PT24H")]
    public void The_priority_chooses_the_target(Priority priority, string target)
    {
        var task = Instance(AirStation).Start(priority: priority);

        task.State.Clocks.Single(clock => clock.Node == "loop").Policy.Target.ShouldBe(target);
    }

    [Fact]
    public void A_place_without_a_team_of_the_kind_is_an_incident_and_the_task_stays_in_its_stage()
    {
        var task = new Scenario(AirStation);

        task.Do(new Stimulus.Started(task.State.Id, [], new("CD-1", "测试", new("510116", "双流区", "/5101/510116/", "双流区"), Priority.Normal)) { At = task.Now });

        task.State.Incidents.ShouldHaveSingleItem().Message.ShouldBe("no CommunityGrid team owns 双流区 (510116)");
        (task.State.Status, task.Visits.Last()).ShouldBe((InstanceStatus.Running, "Response1"));
    }

    private static Scenario Raised() => Instance(AirStation).Start("{ 'pm25': 182.5, 'station': '大源' }");

    private static void Verify(Scenario task, string outcome) =>
        task.Do(task.Claim("verify", Li)).Do(task.Attach("verify", Li)).Do(task.Complete("verify", Li, outcome, "{ 'finding': '工地扬尘', 'source': '扬尘' }"));
}
