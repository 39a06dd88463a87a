using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Teams;

/// <summary>会签, 或签, 加签 and 减签: one step, several signers.</summary>
public class JointSignTests
{
    private const string Three = "{ 'team': 'tech' }, { 'person': 'u-enforcement' }, { 'team': 'inspection' }";

    private static readonly string[] Stages = ["initiation", "response", "analysis", "postEvaluation"];

    private static readonly Actor Boss = Zhao with { Roles = ["supervisor"] };

    [Theory]
    [InlineData("all", "Agree", "Agree Agree", null)]
    [InlineData("all", "Agree", "Agree Agree Agree", "Agree")]
    [InlineData("all", "Agree", "Agree Amend", "Amend")]
    [InlineData("any", "Agree", "Refuse", "Refuse")]
    [InlineData("any", "Agree", "Agree", "Agree")]
    [InlineData("percent 60", "Agree", "Agree Agree", "Agree")]
    [InlineData("percent 60", "Agree", "Refuse Agree", null)]
    [InlineData("percent 60", "Agree", "Refuse Amend", "Refuse")]
    [InlineData("percent 30", "Agree", "Refuse Amend Amend", "Amend")]
    [InlineData("percent 30", "Agree", "Refuse Amend Agree", "Agree")]
    [InlineData("all", "Amend", "Amend Amend Amend", "Amend")]
    public void The_answers_become_one_by_the_rule(string rule, string agree, string answers, string? outcome)
    {
        var task = Started(rule, Three, agree);

        foreach (var (by, answer) in new[] { Wang, Chen, Zhao }.Zip(answers.Split(' '))) Sign(task, by, answer);

        Parts(task).Any(part => part.IsOpen).ShouldBe(outcome is null);
        JointSigns.DecisionOf(task.State.WorkItems, Parts(task)[0].Token)?.Outcome.ShouldBe(outcome);
        task.Open.ShouldBe(outcome switch { null => string.Join(' ', Parts(task).Where(part => part.IsOpen).Select(_ => "sign")), "Agree" => "agreed", "Refuse" => "refused", _ => "amended" });
    }

    [Fact]
    public void Who_is_not_needed_any_more_is_told_so_and_their_clocks_end()
    {
        var task = Started("any", Three);

        Sign(task, Wang, "Refuse");

        Parts(task).Select(part => part.Status).ShouldBe([WorkItemStatus.Done, WorkItemStatus.NotNeeded, WorkItemStatus.NotNeeded]);
        task.Facts.OfType<Fact.ItemNotNeeded>().Count().ShouldBe(2);
        task.State.Clocks.Where(clock => Parts(task).Any(part => part.Number == clock.WorkItem)).ShouldAllBe(clock => !clock.IsOpen);
        task.Refused(Claim(task, Chen)).Rule.ShouldBe("legal-changes/not-needed/claim");
        InstanceJson.Write(task.State.Variables["signed"]).ShouldBe("""{"outcome":"Refuse","agreed":0,"of":3,"answers":[{"by":"u-tech","name":"王磊","team":"数智中心","outcome":"Refuse","values":null}]}""");
    }

    [Fact]
    public void A_part_is_its_signers_alone_and_nobody_signs_twice()
    {
        var task = Started("all", "{ 'team': 'tech' }, { 'person': 'u-enforcement' }, { 'role': 'supervisor', 'team': 'inspection' }, { 'team': 'enforcement' }");
        var both = Chen with { Teams = ["enforcement", "tech"] };

        task.Refused(Claim(task, Zhao, 2)).Rule.ShouldBe("who-may/claim");
        task.Do(Claim(task, Boss, 2));
        task.Refused(Claim(task, both, 0)).Rule.ShouldBe("who-may/claim/signs-already", "they are named for another part");
        task.Do(Claim(task, Chen, 1)).Do(new Stimulus.WorkItemReleased(Parts(task)[1].Number, Parts(task)[1].Revision) { At = task.Now, By = Chen });
        Parts(task)[1].State.ShouldBe(new WorkItemState.Offered(Chen.Person), "what its signer lets go of is still theirs");
    }

    [Fact]
    public void A_part_is_not_declined_nor_an_answer_taken_back_and_who_gets_a_part_signs()
    {
        var task = Started("all", Three);
        task.Refused(new Stimulus.WorkItemDeclined(Parts(task)[1].Number, 1, "不属", "enforcement-b") { At = task.Now, By = Chen }).Rule.ShouldBe(JointSigns.Rule);
        task.Do(new Stimulus.WorkItemTransferred(Parts(task)[1].Number, 1, null, Sun.UserId, null) { At = task.Now, By = Boss });
        Sign(task, Sun, "Agree", 1);

        task.Refused(new Stimulus.WorkItemTakenBack(Parts(task)[1].Number, Parts(task)[1].Revision, null) { At = task.Now, By = Sun }).Rule.ShouldBe(JointSigns.Rule);
        (Parts(task)[1].Signing!.Person, ((WorkItemState.Done)Parts(task)[1].State).By).ShouldBe((Sun.Person, Sun.Person));
    }

    [Fact]
    public void A_return_ends_the_siblings_and_what_was_said_stays()
    {
        var task = Started("all", Three);
        Sign(task, Wang, "Agree");
        task.Do(Claim(task, Chen)).Do(Add(task, Chen, new SignerName("enforcement-b", null)));
        var before = Parts(task);

        task.Do(new Stimulus.WorkItemReturned(before[1].Number, before[1].Revision, "step:draft", "缺听证笔录") { At = task.Now, By = Chen });

        task.Open.ShouldBe("draft");
        Parts(task).Select(part => part.Status).ShouldBe([WorkItemStatus.Done, WorkItemStatus.Returned, WorkItemStatus.Withdrawn, WorkItemStatus.Withdrawn]);
        ((WorkItemState.Done)Parts(task)[0].State).Outcome.ShouldBe("Agree");
        task.Work("draft", Chen);
        task.State.WorkItems.Count(item => item.IsOpen).ShouldBe(3, "it begins anew with the signers of the step");
    }

    [Fact]
    public void Signers_are_added_beside_the_others_and_the_share_is_counted_anew()
    {
        var task = Started("percent 60", Three);
        Sign(task, Wang, "Agree");
        task.Do(Claim(task, Chen));
        task.Refused(Add(task, Zhao, new SignerName("enforcement-b", null))).Rule.ShouldBe("who-may/add-signer");
        Pointer(task, new SignerName("nobody", null)).ShouldBe("/signers/0/team");
        Pointer(task, new SignerName(null, "nobody")).ShouldBe("/signers/0/person");
        Pointer(task, new SignerName(null, Qian.UserId)).ShouldBe("/signers/0/person", "who belongs to no team signs for none");
        Pointer(task, new SignerName(null, Wang.UserId)).ShouldBe("/signers/0/person", "who has signed does not sign again");
        Pointer(task, new SignerName("tech", null), "a team that signs signs once").ShouldBe("/signers/0/team");
        Pointer(task, new SignerName("grid", null), "a community grid signs nothing").ShouldBe("/signers/0");
        Pointer(task, new SignerName("tech", "u-tech")).ShouldBe("/signers/0");
        Pointer(task).ShouldBe("/signers");
        Pointer(task, [.. Enumerable.Repeat(new SignerName("enforcement-b", null), 11)]).ShouldBe("/signers");

        task.Do(Add(task, Chen, new SignerName("enforcement-b", null)));

        Parts(task)[3].Signing.ShouldSatisfyAllConditions(part => part!.AddedBy.ShouldBe(Chen.Person), part => part!.Reason.ShouldBe("涉及两区"));
        // 60 % of four are three.
        Sign(task, Zhao, "Agree", 2);
        task.Open.ShouldBe("sign sign");
        task.Do(Claim(task, Sun, 3));
        task.Refused(new Stimulus.SignersAdded(Parts(task)[3].Number, Parts(task)[3].Revision, [new("enforcement", null)], "x") { At = task.Now, By = Sun }).Rule.ShouldBe(JointSigns.Rule, "no nested adding");
        Sign(task, Sun, "Agree", 3, isClaimed: true);
        task.Open.ShouldBe("agreed");
    }

    [Fact]
    public void A_removed_signer_counts_no_more_which_may_decide_and_the_last_one_stays()
    {
        var task = Started("all", Three);
        Sign(task, Wang, "Agree");
        task.Refused(Remove(task, 1, Chen)).Rule.ShouldBe("who-may/remove-signer");
        task.Refused(Remove(task, 0, Boss)).Rule.ShouldBe("legal-changes/done/remove-signer");
        task.Do(Claim(task, Chen)).Do(Add(task, Chen, new SignerName("enforcement-b", null)));
        task.Do(Remove(task, 3, Chen)).Do(Remove(task, 1, Boss));

        task.Do(Remove(task, 2, Boss));

        task.Open.ShouldBe("agreed");
        Parts(task).Select(part => part.Status).ShouldBe([WorkItemStatus.Done, WorkItemStatus.Removed, WorkItemStatus.Removed, WorkItemStatus.Removed]);
        var alone = Started("all", "{ 'team': 'tech' }, { 'team': 'inspection' }");
        alone.Do(Remove(alone, 0, Boss));
        alone.Refused(Remove(alone, 1, Boss)).Rule.ShouldBe(JointSigns.Rule);
    }

    [Fact]
    public void A_signer_whom_nobody_knows_is_an_incident()
    {
        var task = Started("all", "{ 'team': 'tech' }, { 'person': 'nobody' }");

        task.Open.ShouldBe("");
        task.State.Incidents.ShouldHaveSingleItem().Message.ShouldContain("'nobody'");
    }

    [Fact]
    public void Who_handled_a_task_signs_no_evaluation_of_it()
    {
        var sign = Sign("all", "{ 'team': 'inspection' }, { 'person': 'u-enforcement' }", "Agree");
        var task = Instance(TaskDefinition(handling: Item("handle", "Enforcement"), postEvaluation: Item("sign", "Inspection", $"'outcomes': ['Agree'], {sign}"))).Start();

        task.Work("handle", Chen);

        task.Open.ShouldBe("");
        task.State.Incidents.ShouldHaveSingleItem().Message.ShouldContain("nobody evaluates what they or their team handled");
    }

    [Theory]
    [InlineData("'sign': 'all'", "/sign")]
    [InlineData("'sign': { 'rule': 'most', 'signers': [{ 'team': 'tech' }] }", "/sign/rule")]
    [InlineData("'sign': { 'rule': 'all', 'signers': [] }", "/sign/signers")]
    [InlineData("'sign': { 'rule': 'all' }", "/sign/signers")]
    [InlineData("'sign': { 'rule': 'all', 'percent': 50, 'signers': [{ 'team': 'tech' }] }", "/sign/percent")]
    [InlineData("'sign': { 'rule': 'percent', 'signers': [{ 'team': 'tech' }] }", "/sign/percent")]
    [InlineData("'sign': { 'rule': 'percent', 'percent': 0, 'signers': [{ 'team': 'tech' }] }", "/sign/percent")]
    [InlineData("'sign': { 'rule': 'percent', 'percent': 101, 'signers': [{ 'team': 'tech' }] }", "/sign/percent")]
    [InlineData("'sign': { 'rule': 'percent', 'percent': 50.5, 'signers': [{ 'team': 'tech' }] }", "/sign/percent")]
    [InlineData("'sign': { 'rule': 'any', 'agree': 'Yes', 'signers': [{ 'team': 'tech' }] }", "/sign/agree")]
    [InlineData("'sign': { 'rule': 'any', 'signers': [{ 'team': 'tech' }, { 'team': 'tech' }] }", "/sign/signers/1")]
    [InlineData("'sign': { 'rule': 'any', 'signers': [{ 'team': 'tech', 'person': 'u' }] }", "/sign/signers/0")]
    [InlineData("'sign': { 'rule': 'any', 'signers': [{ 'group': 'tech' }] }", "/sign/signers/0")]
    [InlineData("'sign': { 'rule': 'any', 'signers': ['tech'] }", "/sign/signers/0")]
    [InlineData("'sign': { 'rule': 'any', 'signers': [{ 'role': 'king' }] }", "/sign/signers/0/role")]
    [InlineData("'to': 'enforcement', 'sign': { 'rule': 'any', 'signers': [{ 'team': 'tech' }] }", "/to")]
    [InlineData("'sign': { 'rule': 'any', 'order': 1, 'signers': [{ 'team': 'tech' }] }", "/sign/order")]
    public void A_joint_sign_that_cannot_be_is_an_error(string members, string pointer)
    {
        Problems(members).ShouldBe(["/root/handling/body" + pointer]);
    }

    [Fact]
    public void A_joint_sign_is_proved_as_it_runs()
    {
        const string Clock = "'sla': { 'target': 'PT2H' }";
        Problems($"'outcomes': ['Agree', 'Refuse'], {Clock}, 'sign': {{ 'rule': 'percent', 'percent': 50, 'signers': [{{ 'team': 'a' }}, {{ 'team': 'b' }}, {{ 'person': 'u' }}, {{ 'role': 'supervisor' }}, {{ 'role': 'duty-officer', 'team': 'c' }}] }}").ShouldBeEmpty();
        Problems($"{Clock}, 'evidence': {{ 'photo': 60 }}, 'sign': {{ 'rule': 'all', 'signers': [{{ 'team': 'a' }}] }}").ShouldBe(["/root/handling/body/evidence"]);
        Problems("'sign': { 'rule': 'all', 'signers': [{ 'team': 'a' }] }").ShouldBe(["/root/handling/body"], "it waits for ever");
    }

    /// <summary>Pointers of everything that is wrong with such a step.</summary>
    private static IEnumerable<string> Problems(string members)
    {
        var problems = new ProblemList();
        var text = $$"""
            { 'definitionId': 'test', 'root': { 'id': 'loop', 'type': 'Workflow.ClosedLoop', {{string.Join(", ", Stages.Select(Empty))}},
              'handling': { 'id': 'handling', 'type': 'Workflow.Stage', 'body': {{Item("sign", "Enforcement", members)}} } } }
            """;
        Reader.Read(text.Replace('\'', '"'), problems);
        return problems.All.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Pointer);

        static string Empty(string stage) => $"'{stage}': {{ 'id': '{stage}', 'type': 'Workflow.Stage', 'body': {{ 'id': '{stage}-body', 'type': 'Elsa.Sequence' }} }}";
    }

    private static Scenario Started(string rule, string signers, string agree = "Agree") => Instance(TaskDefinition(
        handling: Flow.Chart("h", "", "draft>sign sign.Agree>agreed sign.Refuse>refused sign.Amend>amended",
            Item("draft", "Enforcement"), Item("sign", "Enforcement", $"'outcomes': ['Agree', 'Refuse', 'Amend'], 'result': {{ 'memoryReference': {{ 'id': 'signed' }} }}, {Sign(rule, signers, agree)}, 'sla': {{ 'target': 'PT2H', 'calendar': '24x7' }}"),
            Item("agreed", "Enforcement"), Item("refused", "Enforcement"), Item("amended", "Enforcement")))).Start().Work("draft", Chen);

    private static string Sign(string rule, string signers, string agree) =>
        $"'sign': {{ 'rule': '{rule.Split(' ')[0]}', {(rule.Split(' ') is [_, var percent] ? $"'percent': {percent}, " : "")}'agree': '{agree}', 'signers': [{signers}] }}";

    private static List<WorkItem> Parts(Scenario task) => [.. task.State.WorkItems.Where(item => item.Signing is not null)];

    private static int IndexOf(Scenario task, Actor by) => Parts(task).FindIndex(part => part.IsOpen && (part.Signing!.Person?.UserId == by.UserId || (part.Signing.Person is null && by.Teams.Contains(part.Team.Id))));

    private static Stimulus.WorkItemClaimed Claim(Scenario task, Actor by, int? part = null)
    {
        var item = Parts(task)[part ?? Math.Max(1, IndexOf(task, by))];
        return new Stimulus.WorkItemClaimed(item.Number, item.Revision) { At = task.Now, By = by };
    }

    private static void Sign(Scenario task, Actor by, string outcome, int? part = null, bool isClaimed = false)
    {
        var index = part ?? IndexOf(task, by);
        if (!isClaimed) task.Do(Claim(task, by, index));
        task.Do(new Stimulus.WorkItemCompleted(Parts(task)[index].Number, Parts(task)[index].Revision, outcome, null) { At = task.Now, By = by });
    }

    private static Stimulus.SignersAdded Add(Scenario task, Actor by, params SignerName[] signers) => new(Parts(task)[1].Number, Parts(task)[1].Revision, [.. signers], "涉及两区") { At = task.Now, By = by };

    private static Stimulus.SignerRemoved Remove(Scenario task, int part, Actor by) => new Stimulus.SignerRemoved(Parts(task)[part].Number, Parts(task)[part].Revision, "已外出") { At = task.Now, By = by };

    private static string Pointer(Scenario task, params SignerName[] signers) => task.Refused(Add(task, Chen, signers)).Problems!.Single().Pointer;

    private static string Pointer(Scenario task, SignerName signer, string _) => Pointer(task, signer);
}
