using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;
using static Workflow.Activities.Tests.ClosedLoop.PostEvaluations;

namespace Workflow.Activities.Tests.ClosedLoop;

/// <summary>What a post-evaluation records, and what a task does not close without.</summary>
public class EvaluationTests
{
    private const string Required = "'evaluation': { 'required': ['solved', 'sourceCategory', 'ecologicalBenefit'], 'categories': ['扬尘', '工业', '机动车'] }";

    private static readonly string Body = Flow.Chart("p", "", "evaluate.Return>back", Item("evaluate", "Inspection", "'form': 'evaluate', 'outcomes': ['Pass', 'Return']"), EndStage("back", "Return", "analysis"));

    [Fact]
    public void Fields_that_are_figures_become_the_evaluation_of_the_task()
    {
        var task = Raise(Evaluated(Body, Required), null);

        task.Work("evaluate", Zhao, "Pass", "{ 'solved': true, 'cause': false, 'source': '扬尘', 'change': ' PM10 182 → 74 ', 'benefit': '减少裸土', 'satisfied': 4, 'lessons': '  ' }");

        var evaluation = task.State.Task!.Evaluation.ShouldNotBeNull();
        evaluation.Figures.ShouldBe(new() { Solved = true, CauseConfirmed = false, SourceCategory = "扬尘", Effect = "PM10 182 → 74", EcologicalBenefit = "减少裸土", Satisfaction = 4 });
        (evaluation.Round, evaluation.By, evaluation.At).ShouldBe((1, Zhao.Person, task.Now));
        task.State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void A_task_does_not_close_without_the_figures_that_its_definition_demands()
    {
        var task = Raise(Evaluated(Body, Required), null);
        task.Do(task.Claim("evaluate", Zhao));
        var before = task.State;

        var refused = task.Refused(task.Complete("evaluate", Zhao, "Pass", "{ 'solved': true, 'source': '工业' }"));

        refused.Reason.ShouldBe(Reason.EvaluationIncomplete);
        refused.Describe().ShouldBe("expected a post-evaluation with solved, sourceCategory, ecologicalBenefit, found one without ecologicalBenefit");
        task.State.ShouldBeSameAs(before);
        task.Do(task.Complete("evaluate", Zhao, "Pass", "{ 'solved': true, 'source': '工业', 'benefit': '减排' }")).State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void Sending_a_task_back_needs_no_figures_and_the_next_round_begins_anew()
    {
        var task = Raise(Evaluated(Body, Required), null);
        task.Work("evaluate", Zhao, "Return", "{ 'solved': false, 'source': '工业', 'benefit': '无' }");

        task.State.Task!.Evaluation!.Figures.Solved.ShouldBe(false);
        task.Do(task.Claim("evaluate", Zhao)).Refused(task.Complete("evaluate", Zhao, "Pass", "{ 'solved': true }")).Reason.ShouldBe(Reason.EvaluationIncomplete);
        task.Do(task.Complete("evaluate", Zhao, "Pass", "{ 'solved': true, 'source': '扬尘', 'benefit': '减排' }"));
        task.State.Task!.Evaluation.ShouldSatisfyAllConditions(now => now!.Round.ShouldBe(2), now => now!.Figures.SourceCategory.ShouldBe("扬尘"));
    }

    [Fact]
    public void A_stage_that_ends_by_itself_without_its_figures_is_an_incident_and_the_task_stays_open()
    {
        var task = Raise(Evaluated("{ 'id': 'wait', 'type': 'Elsa.Delay', 'timeSpan': 'PT1H' }", Required), null);

        task.Until("2026-09-14T12:00+08:00");

        task.State.Incidents.ShouldHaveSingleItem().Message.ShouldContain("found one without solved, sourceCategory, ecologicalBenefit");
        task.State.Status.ShouldBe(InstanceStatus.Running);
    }

    [Fact]
    public void The_same_fields_filled_in_elsewhere_are_no_evaluation()
    {
        var task = Instance(TaskDefinition(response: Item("look", "Inspection", "'form': 'evaluate'"), members: $"'customProperties': {{ 'forms': {{ {Form} }} }},")).Start();

        task.Work("look", Zhao, values: "{ 'solved': true }");

        task.State.Task!.Evaluation.ShouldBeNull();
    }

    [Theory]
    [InlineData("'figure': 'solved'", "'type': 'string'", "a field of type boolean")]
    [InlineData("'figure': 'satisfaction'", "'type': 'integer', 'minimum': 0, 'maximum': 5", "minimum 1 and maximum 5")]
    [InlineData("'figure': 'lessons'", "'type': 'number'", "a field of type string")]
    [InlineData("'figure': 'lessons'", "'type': 'string', 'enum': [1, 2]", "an enum of values of the field's type")]
    [InlineData("'figure': 'mood'", "'type': 'string'", "solved, causeConfirmed, sourceCategory")]
    [InlineData("'figure': 'sourceCategory'", "'type': 'string', 'enum': ['餐饮']", "some of evaluation.categories: 扬尘, 工业, 机动车")]
    [InlineData("'figure': 'sourceCategory'", "'type': 'string'", "some of evaluation.categories")]
    public void A_field_has_to_fit_its_figure(string figure, string field, string expected)
    {
        var document = Document(Body, "'evaluation': { 'categories': ['扬尘', '工业', '机动车'] }", $"'evaluate': {{ 'type': 'object', 'properties': {{ 'x': {{ {field}, {figure} }} }} }}");

        Proof.Proved.Errors(document).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            problem => problem.Pointer.ShouldStartWith("/customProperties/forms/evaluate/properties/x"), problem => problem.Expected.ShouldContain(expected));
    }

    [Theory]
    [InlineData("'evaluation': 5", "/root/evaluation")]
    [InlineData("'evaluation': { 'must': [] }", "/root/evaluation/must")]
    [InlineData("'evaluation': { 'required': ['mood'] }", "/root/evaluation/required/0")]
    [InlineData("'evaluation': { 'required': ['solved', 'solved'] }", "/root/evaluation/required/1")]
    [InlineData("'evaluation': { 'categories': [''] }", "/root/evaluation/categories/0")]
    [InlineData("'evaluation': { 'sample': '120%', 'salt': 'x' }", "/root/evaluation/sample")]
    [InlineData("'evaluation': { 'sample': 0.2, 'salt': 'x' }", "/root/evaluation/sample")]
    [InlineData("'evaluation': { 'sample': '20%' }", "/root/evaluation/salt")]
    public void A_wrong_declaration_is_named_with_its_place(string declaration, string pointer) =>
        Proof.Proved.Errors(Document("{ 'id': 'nothing', 'type': 'Elsa.Sequence' }", declaration)).ShouldContain(problem => problem.Pointer == pointer);

    [Fact]
    public void A_definition_that_could_close_without_its_figures_is_not_published()
    {
        var optional = Document(Body, Required);
        var required = Document(Body, Required, Form.Replace("['solved']", "['solved', 'source', 'benefit']", StringComparison.Ordinal));

        Proof.Proved.Errors(optional).ShouldHaveSingleItem().Found.ShouldContain("without sourceCategory, ecologicalBenefit");
        Proof.Proved.Errors(required).ShouldBeEmpty();
    }

    /// <summary>The form is filled in only by inspection, which looks at a sample, or only where a request could be sent.</summary>
    [Fact]
    public void The_way_of_what_is_not_drawn_has_to_give_the_figures_too()
    {
        const string Solved = "'evaluation': { 'required': ['solved'], 'sample': '20%', 'salt': 'x' }";
        const string Request = "{ 'id': 'h', 'type': 'Elsa.FlowSendHttpRequest', 'url': 'https://example.org/' }";
        string[] activities = [Draw, Request, Item("look", "Inspection", "'form': 'evaluate'"), Item("review", "TechGrid", "'form': 'evaluate'")];
        string Body(string first, string ways) => Flow.Chart("p", "", ways, [.. activities.Where(one => ways.Split(' ', '.', '>').Contains(one.Split('\'')[3])).OrderBy(one => one.Split('\'')[3] != first)]).Replace("_", " ", StringComparison.Ordinal);
        const string Requested = "h.Done>look h.Timeout>look h.Unmatched_status_code>look h.Failed_to_connect>draw ";

        Proof.Proved.Errors(Document(Body("draw", "draw.Drawn>look"), Solved)).ShouldContain(problem => problem.Found.EndsWith("found one without solved); the way there: draw", StringComparison.Ordinal));
        Proof.Proved.Errors(Document(Body("h", Requested + "draw.Drawn>look"), Solved)).ShouldContain(problem => problem.Found.EndsWith("found one without solved); the way there: h → draw", StringComparison.Ordinal));
        Proof.Proved.Errors(Document(Body("h", Requested + "draw.Drawn>look draw.NotDrawn>review"), Solved)).ShouldBeEmpty();
    }
}
