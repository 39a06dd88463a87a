using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;
using static Workflow.Activities.Tests.ClosedLoop.PostEvaluations;

namespace Workflow.Activities.Tests.ClosedLoop;

public class RecurrenceTests
{
    private const string Nothing = "{ 'id': 'nothing', 'type': 'Elsa.Sequence' }";

    [Theory]
    [InlineData("CD-2026-000123", "CD-2026-000123-2")]
    [InlineData("CD-2026-000123-2", "CD-2026-000123-3")]
    [InlineData("CD-2026-000123-99", "CD-2026-000123-100")]
    [InlineData("CD-2026-1234567", "CD-2026-1234567-2")]
    [InlineData("CD-7-2026-000123", "CD-7-2026-000123-2")]
    public void A_task_that_goes_on_has_the_next_number(string number, string next) => Recurrence.NextNumber(number).ShouldBe(next);

    [Theory]
    [InlineData("30cd", 720)]
    [InlineData("PT72H", 72)]
    [InlineData("P1DT2H", 26)]
    public void A_window_is_calendar_days_or_a_duration(string window, double hours)
    {
        var definition = Evaluated(Nothing, $"'recurrence': {{ 'window': '{window}', 'do': 'reopen' }}");

        RecurrenceDeclaration.Of(definition).ShouldBe(new(TimeSpan.FromHours(hours), RecurrenceAction.Reopen));
    }

    [Theory]
    [InlineData("'recurrence': 5", "/root/recurrence")]
    [InlineData("'recurrence': {}", "/root/recurrence/window")]
    [InlineData("'recurrence': { 'window': '0cd' }", "/root/recurrence/window")]
    [InlineData("'recurrence': { 'window': '5wd' }", "/root/recurrence/window")]
    [InlineData("'recurrence': { 'window': 30 }", "/root/recurrence/window")]
    [InlineData("'recurrence': { 'window': '30cd', 'do': 'ignore' }", "/root/recurrence/do")]
    [InlineData("'recurrence': { 'window': '30cd', 'to': 'x' }", "/root/recurrence/to")]
    public void A_wrong_declaration_is_named_with_its_place(string declaration, string pointer) =>
        Proof.Proved.Errors(Document(Nothing, declaration)).ShouldHaveSingleItem().Pointer.ShouldBe(pointer);

    [Theory]
    [InlineData(RecurrenceAction.Link, StageName.Initiation)]
    [InlineData(RecurrenceAction.Reopen, StageName.Analysis)]
    public void A_repeat_is_always_drawn_and_begins_where_its_definition_says(RecurrenceAction action, StageName first)
    {
        var task = Instance(Evaluated(Flow.Chart("p", "", "draw.Drawn>look", Draw, Item("look", "Inspection")), "'evaluation': { 'sample': '0%', 'salt': 'x' }"));
        var earlier = new EarlierTask(new(Guid.Parse("0199e000-0000-7000-8000-000000000009")), "CD-2026-000001", task.Now.AddDays(-3), 1, action);

        task.Do(new Stimulus.Started(task.State.Id, [], new("CD-2026-000002", "再次超限", Guixi, Priority.Normal) { Earlier = earlier }) { At = task.Now });

        task.State.Task!.Visits[0].Stage.ShouldBe(first);
        task.State.Task.Evaluation!.Draw!.Reason.ShouldBe(SampleReason.Repeated);
        task.Open.ShouldBe("look");
    }
}
