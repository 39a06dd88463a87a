using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Teams;

public class WorkItemTests
{
    private const string Good = "{ 'finding': 'seen' }";

    private static readonly Engine.Definitions.WorkflowDefinition Definition = TaskDefinition(
        response: Flow.Chart("r", "f=Fork(L,R) stop", "f.L>verify f.R>stop stop>end", EndStage("end", "Done"),
            Item("verify", "CommunityGrid", "'form': 'verify', 'evidence': { 'photo': 2, 'Video': 1 }, 'outcomes': ['Done', 'FalseAlarm']")),
        members: "'customProperties': { 'forms': { 'verify': { 'required': ['finding'], 'properties': { 'finding': { 'type': 'string' }, 'score': { 'type': 'integer' } } } } },");

    /// <summary>What claim, release, attach and complete do, in this order, for each state of the item and each caller.</summary>
    [Theory]
    [InlineData("offered", "Li", "ok NotClaimant NotClaimant NotClaimant")]
    [InlineData("offered", "Liu", "ok NotClaimant NotClaimant NotClaimant")]
    [InlineData("offered", "Chen", "NotCandidate NotClaimant NotClaimant NotClaimant")]
    [InlineData("claimed by Li", "Li", "AlreadyClaimed ok ok ok")]
    [InlineData("claimed by Li", "Liu", "AlreadyClaimed NotClaimant NotClaimant NotClaimant")]
    [InlineData("claimed by Li", "Chen", "NotCandidate NotClaimant NotClaimant NotClaimant")]
    [InlineData("released by Li", "Li", "ok NotClaimant NotClaimant NotClaimant")]
    [InlineData("released by Li", "Liu", "ok NotClaimant NotClaimant NotClaimant")]
    [InlineData("done", "Li", "AlreadyDone AlreadyDone AlreadyDone AlreadyDone")]
    [InlineData("done", "Liu", "AlreadyDone AlreadyDone AlreadyDone AlreadyDone")]
    [InlineData("withdrawn", "Li", "AlreadyDone AlreadyDone AlreadyDone AlreadyDone")]
    [InlineData("withdrawn", "Chen", "AlreadyDone AlreadyDone AlreadyDone AlreadyDone")]
    public void Who_may_do_what_and_when(string state, string caller, string results)
    {
        var by = caller switch { "Li" => Li, "Liu" => Liu, _ => Chen };

        var actual = Enumerable.Range(0, 4).Select(command =>
        {
            var task = In(state);
            Stimulus[] commands = [task.Claim("verify", by), task.Release("verify", by), task.Attach("verify", by, sha256: "new"), task.Complete("verify", by, values: Good)];
            return task.Try(commands[command]) is Step.Rejected rejected ? rejected.Why.Reason.ToString() : "ok";
        });

        string.Join(' ', actual).ShouldBe(results);
    }

    [Fact]
    public void A_command_that_saw_an_older_revision_is_refused()
    {
        var task = In("released by Li");
        task.Item("verify").Revision.ShouldBe(3, "offered, claimed, released");
        task.Refused(new Stimulus.WorkItemClaimed(task.Item("verify").Number, 2) { At = task.Now, By = Liu }).Reason.ShouldBe(Reason.RevisionStale);
        task.Do(task.Claim("verify", Liu));

        var stale = task.Item("verify").Revision - 1;

        task.Refused(new Stimulus.WorkItemReleased(task.Item("verify").Number, stale) { At = task.Now, By = Liu }).Reason.ShouldBe(Reason.RevisionStale);
        task.Refused(new Stimulus.WorkItemCompleted(task.Item("verify").Number, stale, "Done", null) { At = task.Now, By = Liu }).Reason.ShouldBe(Reason.RevisionStale);
        task.Refused(new Stimulus.WorkItemClaimed(99, 1) { At = task.Now, By = Li }).Reason.ShouldBe(Reason.WorkItemUnknown);
    }

    [Fact]
    public void Of_two_who_claim_with_the_same_revision_one_wins()
    {
        var task = In("offered");
        var (first, second) = (task.Claim("verify", Li), task.Claim("verify", Liu));

        task.Do(first);

        task.Refused(second).ShouldSatisfyAllConditions(why => why.Reason.ShouldBe(Reason.AlreadyClaimed), why => why.Found.ShouldBe("claimed by 李静"));
    }

    [Fact]
    public void An_outcome_that_the_item_does_not_offer_is_refused_with_those_it_does()
    {
        var task = In("claimed by Li");

        var why = task.Refused(task.Complete("verify", Li, "done", Good));

        (why.Reason, why.Expected, why.Found).ShouldBe((Reason.OutcomeUnknown, "one of Done, FalseAlarm", "'done'"));
    }

    [Fact]
    public void Evidence_is_counted_by_kind_and_each_file_once()
    {
        var task = In("offered");
        task.Do(task.Claim("verify", Li)).Do(task.Attach("verify", Li, sha256: "1")).Do(task.Attach("verify", Li, sha256: "1"));
        task.Do(task.Attach("verify", Li, EvidenceKind.Document, "2"));
        task.Facts.Length.ShouldBe(1);

        var photo = task.Refused(task.Complete("verify", Li, values: Good));
        task.Do(task.Attach("verify", Li, sha256: "3"));
        var video = task.Refused(task.Complete("verify", Li, values: Good));

        (photo.Reason, photo.Expected, photo.Found).ShouldBe((Reason.EvidenceMissing, "at least 2 × Photo", "1"));
        (video.Reason, video.Expected, video.Found).ShouldBe((Reason.EvidenceMissing, "at least 1 × Video", "0"));
    }

    [Theory]
    [InlineData(null, "/values/finding: a value")]
    [InlineData("{ }", "/values/finding: a value")]
    [InlineData("{ 'finding': 1, 'score': 'x', 'other': true }", "/values/finding: a text|/values/score: a whole number|/values/other: a field of the form")]
    [InlineData("{ 'finding': '\\ud800' }", "/values: Unicode text")]
    [InlineData("{ 'finding': 'ok', '\\udc00': 1 }", "/values: Unicode text")]
    public void Values_that_do_not_fit_the_form_are_refused_with_a_pointer_each(string? values, string problems)
    {
        var task = In("claimed by Li");

        var why = task.Refused(task.Complete("verify", Li, values: values));

        why.Reason.ShouldBe(Reason.ValuesInvalid);
        string.Join('|', why.Problems!.Select(problem => $"{problem.Pointer}: {problem.Expected}")).ShouldBe(problems);
    }

    [Fact]
    public void Values_that_cannot_be_stored_are_refused_where_there_is_no_form_too()
    {
        var task = Instance(TaskDefinition(response: Item("x", "TechGrid"))).Start();
        task.Do(task.Claim("x", Wang));

        task.Refused(task.Complete("x", Wang, values: "[ '\\ud800' ]")).Reason.ShouldBe(Reason.ValuesInvalid);
    }

    [Fact]
    public void The_result_and_who_gave_it_go_into_variables()
    {
        var item = Item("x", "TechGrid", "'outcomes': ['Good', 'Bad'], 'result': { 'memoryReference': { 'id': 'answer' } }, 'by': { 'memoryReference': { 'id': 'who' } }");
        var task = Instance(TaskDefinition(response: item, members: "'variables': [ { 'name': 'answer' }, { 'name': 'who' } ],")).Start();

        task.Work("x", Wang, "Bad", "{ 'n': 1 }");

        task.State.Variables["answer"].GetRawText().ShouldBe("""{"outcome":"Bad","values":{"n":1}}""");
        task.State.Variables["who"].GetString().ShouldBe("u-tech");
    }

    [Fact]
    public void An_item_may_be_offered_to_a_team_by_name()
    {
        var task = Instance(TaskDefinition(response: Item("x", "Inspection", "'assign': 'offer', 'to': 'inspection'"))).Start();

        task.Item("x").Team.Name.ShouldBe("督查巡查组");
    }

    private static Scenario In(string state)
    {
        var task = Instance(Definition).Start();
        if (state == "offered") return task;
        task.Do(task.Claim("verify", Li));
        if (state == "released by Li") return task.Do(task.Release("verify", Li));
        task.Do(task.Attach("verify", Li, sha256: "1")).Do(task.Attach("verify", Li, sha256: "2")).Do(task.Attach("verify", Li, EvidenceKind.Video, "3"));
        return state switch
        {
            "done" => task.Do(task.Complete("verify", Li, values: Good)),
            "withdrawn" => task.Send("stop"),
            _ => task,
        };
    }
}
