using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.ClosedLoop;

public class FaultTests
{
    private const string Bad = "{ 'id': 'bad', 'type': 'Elsa.SetVariable', 'variable': { 'name': 'n', 'typeName': 'Int32' }, 'value': 'many' }";

    private static readonly string Body = Flow.Chart("body", "f=Fork(L,R) a b", "f.L>bad f.R>a bad>b", Bad);

    [Fact]
    public void In_a_task_the_branches_beside_a_fault_go_on_and_the_stage_waits_for_a_person()
    {
        var task = Instance(TaskDefinition(response: Body)).Start();
        task.Waiting.ShouldBe("a");

        task.Send("a");

        task.State.Incidents.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            incident => incident.Node.ShouldBe("bad"),
            incident => incident.Message.ShouldBe("variable 'n': expected a value of type Int32, found \"many\""));
        task.State.Tokens.Single(token => token.IsFaulted).Node.ShouldBe("bad");
        (task.State.Status, task.Visits.Last()).ShouldBe((InstanceStatus.Running, "Response1"));
    }

    [Fact]
    public void Elsewhere_a_fault_stops_the_instance_until_a_person_decides()
    {
        var instance = Started(Body);

        (instance.State.Status, instance.Waiting).ShouldBe((InstanceStatus.Faulted, "a"));
        instance.State.Incidents.ShouldHaveSingleItem().Node.ShouldBe("bad");
        instance.Refused(instance.Event("a")).Reason.ShouldBe(Reason.InstanceFaulted);
    }

    [Fact]
    public void A_decision_that_ends_the_workflow_ends_its_other_incidents_too()
    {
        var instance = Started($"{{ 'id': 'f', 'type': 'Elsa.Fork', 'joinMode': 'WaitAny', 'branches': [{Bad}, {Bad.Replace("'bad'", "'worse'")}] }}");

        instance.Do(new Stimulus.IncidentDecided(instance.State.Incidents[0].Id, IncidentDecision.Skip, null, null) { At = instance.Now });

        (instance.State.Status, instance.State.Incidents.Any(incident => incident.IsOpen)).ShouldBe((InstanceStatus.Finished, false));
    }

    [Theory]
    [InlineData("", "", "Anything", null)]
    [InlineData("'possibleOutcomes': [ 'Sent', 'Kept' ],", "", "Lost", "Sent, Kept")]
    [InlineData("'possibleOutcomes': [ 'Sent', 'Kept' ],", "", "Kept", null)]
    [InlineData("", "s.Sent>a", "Lost", "Done, Sent")]
    [InlineData("", "s.Sent>a", "Sent", null)]
    [InlineData("", "s>a", "Lost", "Done")]
    public void A_skip_takes_an_outcome_that_is_declared_or_connected_and_any_where_neither_is_the_case(string members, string connections, string outcome, string? known)
    {
        var script = $"{{ 'id': 's', 'type': 'Elsa.RunJavaScript', 'canStartWorkflow': true, {members} 'script': 'var nothing = null; nothing.x' }}";
        var instance = Started(Flow.Chart("c", "a", connections, script));
        instance.State.Incidents.ShouldHaveSingleItem().Node.ShouldBe("s");
        var skip = new Stimulus.IncidentDecided(instance.State.Incidents[0].Id, IncidentDecision.Skip, outcome, null) { At = instance.Now };

        if (known is null) instance.Do(skip).State.Incidents[0].IsOpen.ShouldBeFalse();
        else instance.Refused(skip).ShouldBe(new(Reason.OutcomeUnknown, $"an outcome of 's': {known}", $"'{outcome}'"));
    }

    [Fact]
    public void An_instance_goes_on_when_the_activity_of_its_last_incident_is_cancelled()
    {
        var instance = Started(Body).Do(new Stimulus.Altered([new Alteration.CancelActivity("bad")], null) { At = Calendars.At("2026-09-14T10:00+08:00") });

        (instance.State.Status, instance.Waiting).ShouldBe((InstanceStatus.Running, "a"));
    }

    [Fact]
    public void Elsewhere_too_the_branches_go_on_when_the_definition_says_so()
    {
        var instance = Started(Body, "'options': { 'incidentStrategyType': 'Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core' },");

        instance.Send("a").State.Status.ShouldBe(InstanceStatus.Running);
    }

    [Theory]
    [InlineData("'to': 'moon'", "'to'")]
    [InlineData("'to': 'enforcement'", "'to'")]
    [InlineData("'form': @text", "'form'")]
    [InlineData("'evidence': @text", "'evidence'")]
    [InlineData("'title': @list", "'title'")]
    public void What_only_running_can_show_to_be_wrong_is_an_incident_that_names_the_input(string member, string input)
    {
        var value = member.Replace("@text", Variable("text"), StringComparison.Ordinal).Replace("@list", Variable("list"), StringComparison.Ordinal);
        var item = "{ 'id': 'x', 'type': 'Workflow.TechGrid', " + (member.Contains("title", StringComparison.Ordinal) ? "" : "'title': 'x', ") + value + " }";
        var variables = "'variables': [ { 'name': 'text', 'value': 'nothing' }, { 'name': 'list', 'value': [1] } ],";

        var task = Instance(TaskDefinition(response: item, members: variables)).Start();

        task.State.Incidents.ShouldHaveSingleItem().Message.ShouldStartWith($"input {input}: expected ");
        task.State.WorkItems.ShouldBeEmpty();

        static string Variable(string name) => $"{{ 'typeName': 'Object', 'expression': {{ 'type': 'Variable', 'value': '{name}' }} }}";
    }

    [Fact]
    public void A_fault_can_be_left_behind_by_ending_the_stage()
    {
        var response = Flow.Chart("body", "f=Fork(L,R) stop", "f.L>bad f.R>stop stop>end", Bad, EndStage("end", "CloseOut"));
        var task = Instance(TaskDefinition(response: response)).Start();

        task.Send("stop").Open.ShouldBe("evaluate");

        task.State.Tokens.ShouldNotContain(token => token.IsFaulted);
        task.State.Incidents.Length.ShouldBe(1);
    }
}
