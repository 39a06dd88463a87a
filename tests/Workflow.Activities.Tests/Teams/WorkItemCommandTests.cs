using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Teams;

public class WorkItemCommandTests
{
    private const string Three = "'sla': { 'target': '4wh', 'calendar': 'cn-gov', 'pauseReasons': ['force-majeure'] }";

    /// <summary>Three steps in a row, then a fork, and what joins it.</summary>
    private static readonly WorkflowDefinition Steps = TaskDefinition(
        response: Flow.Chart("r", "f=Fork(L,R) j=Join(WaitAll)", "one>two two>f f.L>left f.R>right left>j right>j j>last",
            Item("one", "CommunityGrid"), Item("two", "CommunityGrid"), Item("left", "TechGrid"), Item("right", "TechGrid"), Item("last", "TechGrid")) + "|" + Three,
        handling: Item("handle", "Enforcement"));

    [Fact]
    public void Two_declines_go_to_the_arbiter_whose_ruling_is_final_and_is_learnt()
    {
        var task = Started();
        task.Do(task.Decline("one", Li, "grid-b"));
        task.Item("one").ShouldSatisfyAllConditions(item => item.Team.Id.ShouldBe("grid-b"), item => item.Status.ShouldBe(WorkItemStatus.Offered));
        task.Do(task.Decline("one", Zhou, "grid"));
        task.Item("one").State.ShouldBe(new WorkItemState.Disputed(An.Teams.Find("inspection")!, task.Now));

        task.Refused(task.Rule("one", Li, "grid-b")).Rule.ShouldBe("who-may/rule");
        task.Do(task.Rule("one", Zhao, "grid-b"));

        task.Item("one").Team.Id.ShouldBe("grid-b");
        var learnt = task.Facts.OfType<Fact.EffectRequested>().Single().Effect.Read<LearnRoutingRule>();
        (learnt.Key, learnt.Rule.TeamId).ShouldBe((new RoutingKey("test", "one", Guixi.AreaCode), "grid-b"));
        var why = task.Refused(task.Decline("one", Zhou, "grid"));
        (why.Reason, why.Rule).ShouldBe((Reason.RulingFinal, "ruling-final"));
    }

    [Fact]
    public void Later_tasks_of_the_same_kind_and_area_follow_the_ruling_and_say_so()
    {
        var task = new Scenario(Steps) { World = An.World with { Teams = Ruled("test", "one", "grid-b") } }.Start();

        task.Item("one").Team.Id.ShouldBe("grid-b");
        task.Item("one").RoutedBy!.TaskNumber.ShouldBe("CD-2026-000099");
        task.Work("one", Zhou).Item("two").Team.Id.ShouldBe("grid", "the ruling was about another step");
    }

    [Theory]
    [InlineData("nobody", "/proposedTeam")]
    [InlineData("tech", "/proposedTeam")]
    [InlineData("grid", "/proposedTeam")]
    public void A_decline_names_another_team_of_the_same_kind(string proposed, string pointer)
    {
        var task = Started();

        task.Refused(task.Decline("one", Li, proposed)).Problems!.Single().Pointer.ShouldBe(pointer);
    }

    [Fact]
    public void A_claimed_item_is_not_declined()
    {
        var task = Started();
        task.Do(task.Claim("one", Li));

        var why = task.Refused(task.Decline("one", Li, "grid-b"));

        (why.Reason, why.Rule).ShouldBe((Reason.ChangeNotLegal, "legal-changes/claimed/decline"));
    }

    [Fact]
    public void What_is_transferred_to_a_person_is_theirs_to_claim_alone()
    {
        var task = Started();
        task.Do(task.Claim("one", Li)).Do(task.Transfer("one", Li, person: Liu));

        task.Refused(task.Claim("one", Li)).Reason.ShouldBe(Reason.NotCandidate);
        task.Do(task.Transfer("one", Qian, person: Zhou));
        task.Item("one").Team.Id.ShouldBe("grid-b", "a person of another team brings that team");
        task.Do(task.Claim("one", Zhou));
        task.Refused(task.Transfer("one", Zhou, person: Wang)).Reason.ShouldBe(Reason.InputInvalid);
        task.Refused(task.Transfer("one", Li, team: "grid")).Rule.ShouldBe("who-may/transfer");
    }

    [Fact]
    public void What_is_delegated_comes_back_and_only_then_is_completed()
    {
        var task = Started();
        task.Do(task.Claim("one", Li)).Do(task.Delegate("one", Li, Liu));
        task.Refused(task.Complete("one", Li)).Reason.ShouldBe(Reason.NotClaimant);
        task.Refused(task.Complete("one", Liu)).Reason.ShouldBe(Reason.NotClaimant);
        task.Do(task.Attach("one", Liu));

        task.Do(task.GiveBack("one", Liu)).Do(task.Complete("one", Li));

        var delegation = task.State.WorkItems[0].History!.Delegations.Single();
        (delegation.From.Name, delegation.To.Name, delegation.Result).ShouldBe(("李静", "刘芳", "看过了"));
    }

    [Fact]
    public void A_return_ends_what_follows_from_the_step_and_offers_the_step_to_who_did_it()
    {
        var task = Started().Work("one", Liu).Work("two", Li);
        task.Do(task.Claim("left", Wang));

        task.Do(task.Return("left", Wang, "step:one"));

        task.Open.ShouldBe("one");
        task.Item("one").State.ShouldBe(new WorkItemState.Offered(Liu.Person));
        task.Item("left").Status.ShouldBe(WorkItemStatus.Returned);
        task.Item("right").Status.ShouldBe(WorkItemStatus.Withdrawn);
        // The join behind waits for both again.
        task.Work("one", Liu).Work("two", Li).Work("left", Wang).Open.ShouldBe("right");
        task.Work("right", Wang).Open.ShouldBe("last");
    }

    [Fact]
    public void There_is_no_return_into_a_node_that_runs_nor_across_a_join()
    {
        var task = Started().Work("one", Li).Work("two", Li).Work("left", Wang);
        task.Do(task.Claim("right", Wang));

        Targets(task, "right").ShouldBe(["step:one", "step:two"], "'left' was done, but the branch of 'right' does not come from it");
        task.Refused(task.Return("right", Wang, "step:right")).Rule.ShouldBe("return");
        task.Refused(task.Return("right", Wang, "stage:handling")).Reason.ShouldBe(Reason.StepUnknown);
    }

    [Fact]
    public void A_task_goes_back_to_an_earlier_stage()
    {
        var task = Finished(Started(), "last");
        task.Do(task.Claim("handle", Chen));
        Targets(task, "handle").ShouldBe(["step:one", "step:two", "step:last", "stage:initiation", "stage:response", "stage:analysis"], "the join waits for both branches, so none of them is gone back to alone");

        task.Do(task.Return("handle", Chen, "stage:response"));

        task.Open.ShouldBe("one");
        task.Visits.ShouldBe(["Initiation1 Done", "Response1 Done", "Analysis1 Done", "Handling1 Return", "Response2"]);
    }

    [Fact]
    public void Who_completed_a_step_takes_it_back_while_nobody_has_begun_with_the_next()
    {
        var task = Started().Work("one", Li);

        task.Do(task.Withdraw("one", Li));

        task.Open.ShouldBe("one");
        task.Item("one").State.ShouldBe(new WorkItemState.Offered(Li.Person));
        task.State.WorkItems[0].Status.ShouldBe(WorkItemStatus.TakenBack);
        task.Work("one", Li).Do(task.Claim("two", Liu));
        (task.Refused(task.Withdraw("one", Li)).Reason, task.Refused(task.Withdraw("one", Liu)).Reason).ShouldBe((Reason.NextStepClaimed, Reason.NotAllowed));
    }

    [Fact]
    public void A_task_is_taken_back_by_who_raised_it_while_nobody_has_begun()
    {
        var task = Raised();
        task.Refused(new Stimulus.TaskWithdrawn("误报") { At = task.Now, By = Wang }).Reason.ShouldBe(Reason.NotAllowed);

        task.Do(new Stimulus.TaskWithdrawn("误报") { At = task.Now, By = Li });

        task.State.Task!.Current!.Stage.ShouldBe(StageName.PostEvaluation);
        var begun = Raised();
        begun.Do(begun.Claim("one", Liu));
        begun.Refused(new Stimulus.TaskWithdrawn("误报") { At = begun.Now, By = Li }).Reason.ShouldBe(Reason.NextStepClaimed);
    }

    [Theory]
    [InlineData("force-majeure", ClockState.Stopped)]
    [InlineData("service", ClockState.Running)]
    public void A_suspension_stops_the_clocks_that_name_its_reason(string reason, ClockState state)
    {
        var task = Started();
        task.Do(task.Claim("one", Li));
        var due = task.State.Clocks[0].Due;

        task.Do(task.Suspend("one", Li, reason));
        task.State.Clocks[0].State.ShouldBe(state);
        task.Now += TimeSpan.FromHours(1);
        task.Do(task.Resume("one", Li));

        (task.State.Clocks[0].Due > due).ShouldBe(state == ClockState.Stopped);
    }

    [Fact]
    public void More_time_is_asked_for_and_approved_by_another_person()
    {
        var boss = Li with { Roles = ["supervisor"] };
        var task = Started();
        task.Do(task.Claim("one", boss));
        task.Refused(task.AskExtension("one", boss, "PT2H")).Problems!.Single().Pointer.ShouldBe("/amount", "working hours are not extended by hours of the day");
        task.Refused(task.DecideExtension("one", Qian)).Rule.ShouldBe("extension");
        task.Do(task.AskExtension("one", boss, "2wh"));
        task.Refused(task.DecideExtension("one", boss)).Rule.ShouldBe("who-may/decide-extension/asked-for-it");

        task.Do(task.DecideExtension("one", Qian));

        var clock = task.State.Clocks[0];
        clock.Policy.Target.ShouldBe("6wh");
        TimeSpan.FromTicks(clock.Ledger.Where(entry => entry.Counted).Sum(entry => (entry.To - entry.From).Ticks)).ShouldBe(TimeSpan.FromHours(6), "the ledger explains the new due time");
    }

    [Fact]
    public void Nobody_evaluates_what_they_or_their_team_handled()
    {
        var definition = TaskDefinition(handling: Item("handle", "Enforcement"), postEvaluation: Item("evaluate", "Enforcement", "'to': 'enforcement-b'"));
        var task = Instance(definition).Start().Work("handle", Chen);
        var both = Chen with { Teams = ["enforcement", "enforcement-b"] };

        var why = task.Refused(task.Claim("evaluate", both));

        (why.Reason, why.Rule).ShouldBe((Reason.AvoidanceRequired, Avoidance.Rule));
        task.Work("evaluate", Sun).State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void A_team_that_handled_a_task_is_not_offered_its_evaluation()
    {
        var task = Instance(TaskDefinition(handling: Item("handle", "Enforcement"), postEvaluation: Item("evaluate", "Enforcement"))).Start().Work("handle", Chen);

        task.Open.ShouldBe("");
        task.State.Incidents.ShouldHaveSingleItem().Message.ShouldContain("nobody evaluates what they or their team handled");
    }

    [Fact]
    public void Copies_and_comments_move_nothing()
    {
        var task = Started();
        var revision = task.Item("one").Revision;

        task.Do(task.Copy("one", Qian, Wang, Wang)).Do(task.Comment("one", Wang)).Do(task.Urge("one", Qian));

        task.Item("one").ShouldSatisfyAllConditions(
            item => item.Revision.ShouldBe(revision), item => item.History!.Copies.Single().To.Name.ShouldBe("王磊"), item => item.History!.Comments.Single().Text.ShouldBe("已联系街道"),
            item => item.UrgedAt.ShouldBe(task.Now));
        task.Refused(task.Urge("one", Wang)).Rule.ShouldBe("who-may/urge");
    }

    private static Scenario Started() => Instance(Steps).Start();

    private static Scenario Raised()
    {
        var task = Instance(Steps);
        return task.Do(new Stimulus.Started(task.State.Id, System.Collections.Immutable.ImmutableDictionary<string, System.Text.Json.JsonElement>.Empty,
            new("CD-2026-000007", "扬尘", Guixi, Priority.Normal) { RaisedBy = Li.Person }) { At = task.Now, By = Li });
    }

    private static Scenario Finished(Scenario task, string last)
    {
        foreach (var (node, by) in new[] { ("one", Li), ("two", Li), ("left", Wang), ("right", Wang), ("last", Wang) })
        {
            task.Work(node, by);
            if (node == last) break;
        }
        return task;
    }

    private static IEnumerable<string> Targets(Scenario task, string node) =>
        ReturnTarget.Of(task.Definition, task.State, task.Item(node)).Where(target => target.Node is not null || node == "handle").Select(target => target.Key);
}
