using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.JointWork;

public class HandDownTests
{
    private readonly Forest forest = new();

    [Fact]
    public void A_parent_goes_on_when_every_part_is_accepted_and_the_lead_answers_last()
    {
        var (parent, lead, guixi, shiyang) = Joint();

        forest.Work(lead);
        forest.Claim(lead);
        forest.TryComplete(lead)!.Reason.ShouldBe(Reason.FeedbackMissing);
        forest.Work(parent);
        forest[parent].Task!.Current!.Stage.ShouldBe(StageName.Response, "it waits for its parts");

        forest.Work(guixi);
        forest.Work(guixi, text: "已覆盖裸土");
        forest.Work(shiyang);
        forest.TryComplete(lead)!.Found.ShouldBe("none of 石羊街道");
        forest.Work(shiyang, "Explained", "本街道无工地");
        forest[lead].Task!.Part!.Assistants.Select(one => one.Feedback!.Text).ShouldBe(["已覆盖裸土", "本街道无工地"]);
        forest.TryComplete(lead).ShouldBeNull();

        foreach (var street in new[] { guixi, shiyang })
        {
            forest.Open(street).Team.Id.ShouldBe("enforcement-gaoxin", "its district reviews first");
            forest.Work(street, "Accepted");
            forest.Open(street).Team.Id.ShouldBe("inspection-city", "then the city");
            forest.Work(street, "Accepted");
        }
        forest[parent].Task!.Current!.Stage.ShouldBe(StageName.Response);
        forest.Work(lead, "Accepted");
        forest[parent].Task!.Current!.Stage.ShouldBe(StageName.Handling);
    }

    [Fact]
    public void What_a_review_sends_back_goes_through_handling_and_every_level_again()
    {
        var (_, _, guixi, _) = Joint();
        forest.Work(guixi);
        forest.Work(guixi);
        forest.Work(guixi, "Accepted");

        forest.Work(guixi, "SentBack", "照片不清");

        forest[guixi].Task!.Current!.Stage.ShouldBe(StageName.Handling);
        forest.Work(guixi);
        forest.Open(guixi).Team.Id.ShouldBe("enforcement-gaoxin");
        forest.Work(guixi, "Accepted");
        forest.Work(guixi, "Accepted");
        forest[guixi].Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void After_two_declines_the_arbiter_rules_and_the_part_goes_to_the_ruled_area()
    {
        var (parent, _, guixi, _) = Joint();
        Decline("grid-guixi", "grid-shiyang");
        forest[guixi].Task!.Place.AreaCode.ShouldBe("shiyang", "the part follows its step");
        Decline("grid-shiyang", "grid-jiangxi");
        forest.Open(guixi).Status.ShouldBe(WorkItemStatus.Disputed);

        forest.Do(guixi, new Stimulus.WorkItemRuled(forest.Open(guixi).Number, Stimulus.OnWorkItem.AnyRevision, "grid-jiangxi", "以管理辖区为准") { At = forest.Now, By = Forest.MemberOf("inspection-city") });
        forest.DeliverAll();

        var part = forest[parent].Task!.Parts.Single(part => part.Task == guixi);
        (part.Team.Id, part.Place.AreaCode, forest[guixi].Task!.Part!.Team.Id).ShouldBe(("grid-jiangxi", "jiangxi", "grid-jiangxi"));
        forest.Work(guixi);
        forest.Work(guixi);
        forest.Open(guixi).Team.Id.ShouldBe("enforcement-wuhou", "the district of the ruled area reviews");

        void Decline(string team, string proposed)
        {
            forest.Do(guixi, new Stimulus.WorkItemDeclined(forest.Open(guixi).Number, Stimulus.OnWorkItem.AnyRevision, "不属本街道", proposed) { At = forest.Now, By = Forest.MemberOf(team) });
            forest.DeliverAll();
        }
    }

    [Fact]
    public void A_cancelled_parent_takes_its_parts_back_through_their_own_post_evaluation_and_waits_for_them()
    {
        var (parent, lead, guixi, shiyang) = Joint();
        forest.Do(parent, new Stimulus.Cancelled("重复") { At = forest.Now, By = Forest.City });
        forest.DeliverAll();

        foreach (var part in new[] { lead, guixi, shiyang }) forest[part].Task!.Current!.Stage.ShouldBe(StageName.PostEvaluation);
        forest[parent].Task!.Parts.Single(part => part.Task == guixi).Feedback!.ShouldSatisfyAllConditions(feedback => feedback.Outcome.ShouldBe("CloseOut"), feedback => feedback.Text.ShouldBe("重复"));
        forest.Work(parent);
        forest[parent].Status.ShouldBe(InstanceStatus.Running);
        while (new[] { lead, guixi, shiyang }.FirstOrDefault(part => forest[part].Status == InstanceStatus.Running) is { Value: var value } open && value != Guid.Empty) forest.Work(open, "Accepted");
        forest[parent].Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void A_part_is_handed_down_further_within_its_own_area_and_reviewed_there_first()
    {
        var parent = forest.Start(Forest.HandedDown);
        var district = forest.HandDown(parent, Part("gaoxin", PartRole.Lead))[0];
        forest.Try(district, Asked(Part("jiangxi", PartRole.Lead, "enforcement-wuhou")))!.Problems!.Single().Expected.ShouldBe("an area within 高新区");

        var street = forest.HandDown(district, Part("guixi", PartRole.Lead, "enforcement-gaoxin"))[0];
        forest.Work(street);
        forest.Work(street);

        forest[street].Task!.Part!.Root.ShouldBe(parent);
        forest.Open(street).Content.Title.ShouldBe("审核（桂溪街道）", "the district's only team handled it, so the nearest other one reviews");
        forest.Open(street).Team.Id.ShouldBe("inspection-city");
    }

    [Theory]
    [InlineData("two-leads", "/parts: exactly one lead")]
    [InlineData("none", "/parts: 1 to 200 parts")]
    [InlineData("city", "/parts/0/areaCode: an area within the city")]
    [InlineData("unknown", "/parts/0/areaCode: the code of an area")]
    [InlineData("late", "/parts/0/due: a deadline within the task's own")]
    [InlineData("past", "/parts/0/due: a deadline that is to come")]
    [InlineData("grid-leads", "/parts/0/team: a lead that may enforce")]
    [InlineData("team", "/parts/0/team: the id of a team")]
    [InlineData("twice", "/parts/1/areaCode: each area and team once")]
    public void What_cannot_be_handed_down_is_refused_with_a_pointer_and_changes_nothing(string mistake, string expected)
    {
        var parent = forest.Start(Forest.HandedDown);
        PartAsked[] parts = mistake switch
        {
            "two-leads" => [Part("gaoxin", PartRole.Lead), Part("wuhou", PartRole.Lead)],
            "none" => [],
            "city" => [Part("5101", PartRole.Lead)],
            "unknown" => [Part("nowhere", PartRole.Lead)],
            "late" => [Part("gaoxin", PartRole.Lead) with { Due = forest.Now.AddDays(16) }],
            "past" => [Part("gaoxin", PartRole.Lead) with { Due = forest.Now }],
            "grid-leads" => [Part("guixi", PartRole.Lead, "grid-guixi")],
            "team" => [Part("gaoxin", PartRole.Lead, "nobody")],
            _ => [Part("gaoxin", PartRole.Lead), Part("gaoxin", PartRole.Assist)],
        };

        var why = forest.Try(parent, Asked(parts)).ShouldNotBeNull();

        why.Reason.ShouldBe(Reason.InputInvalid);
        why.Problems!.Select(problem => $"{problem.Pointer}: {problem.Expected}").ShouldContain(problem => problem.StartsWith(expected, StringComparison.Ordinal));
        forest[parent].Task!.Parts.ShouldBeEmpty();
    }

    [Fact]
    public void Only_a_supervisor_a_duty_officer_or_a_holder_hands_down()
    {
        var parent = forest.Start(Forest.HandedDown);
        var asked = Asked(Part("gaoxin", PartRole.Lead));

        forest.Try(parent, asked with { By = Forest.MemberOf("tech-city") })!.Rule.ShouldBe("who-may/hand-down");
        forest.Claim(parent);
        forest.Try(parent, asked with { By = Forest.MemberOf("tech-city") }).ShouldBeNull();
    }

    [Fact]
    public void A_definition_hands_down_by_the_same_mechanism()
    {
        var definition = An.TaskDefinition(handling: """
            { 'id': 'h', 'type': 'Workflow.HandDown', 'parts': [ { 'areaCode': 'gaoxin', 'role': 'lead', 'text': '牵头', 'due': '2026-09-20T10:00:00+08:00' } ] }
            """);
        var parent = forest.Start(definition, "guixi");
        forest.DeliverAll();
        var part = forest[parent].Task!.Parts.ShouldHaveSingleItem();

        forest.Work(part.Task);
        forest.Work(part.Task);
        forest[parent].Task!.Current!.Stage.ShouldBe(StageName.Handling);
        forest.Work(part.Task, "Accepted");

        forest[parent].Task!.Current!.Stage.ShouldBe(StageName.PostEvaluation);
    }

    [Fact]
    public void Lateness_is_charged_to_who_had_the_part()
    {
        var (_, _, guixi, _) = Joint();
        var due = forest[guixi].Task!.Part!.Due;
        forest.Now = due.AddHours(-1);
        forest.Work(guixi);
        forest.Now = due.AddHours(2);
        forest.Work(guixi);
        forest.Now = due.AddHours(5);
        forest.Work(guixi, "Accepted");

        var holdings = PartLedger.Of(forest[guixi]);

        holdings.Select(one => (one.Team, one.Kind, PartLedger.Late(one, due, due.AddHours(6)).TotalHours)).ShouldBe(
            [("grid-guixi", HoldingKind.Work, 0), ("grid-guixi", HoldingKind.Work, 2), ("enforcement-gaoxin", HoldingKind.Review, 3), ("inspection-city", HoldingKind.Review, 1)]);
    }

    [Fact]
    public void A_team_that_gave_the_part_away_is_charged_until_then_and_the_next_one_from_then_on()
    {
        var (_, lead, _, _) = Joint();
        var due = forest[lead].Task!.Part!.Due;
        var item = forest[lead].WorkItems.Single(item => item.IsOpen);
        forest.Now = due.AddHours(2);
        forest.Do(lead, new Stimulus.WorkItemTransferred(item.Number, item.Revision, "enforcement-wuhou", null, "属地调整") { At = forest.Now, By = Forest.City });

        PartLedger.Of(forest[lead]).Select(one => (one.Team, PartLedger.Late(one, due, due.AddHours(5)).TotalHours)).ShouldBe([("enforcement-gaoxin", 2), ("enforcement-wuhou", 3)]);
    }

    private static PartAsked Part(string area, PartRole role, string? team = null) => new(area, role, "裸土覆盖", team);

    private Stimulus.HandedDown Asked(params PartAsked[] parts) => new(Forest.HandedDown.Id.DefinitionId, [.. parts]) { At = forest.Now, By = Forest.City };

    private (InstanceId Parent, InstanceId Lead, InstanceId Guixi, InstanceId Shiyang) Joint()
    {
        var parent = forest.Start(Forest.HandedDown);
        var due = forest.Now.AddDays(5);
        var parts = forest.HandDown(parent, Part("gaoxin", PartRole.Lead) with { Due = due }, Part("guixi", PartRole.Assist) with { Due = due }, Part("shiyang", PartRole.Assist) with { Due = due });
        return (parent, parts[0], parts[1], parts[2]);
    }
}
