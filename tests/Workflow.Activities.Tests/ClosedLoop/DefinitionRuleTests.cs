using System.Text.Json.Nodes;
using Workflow.Engine.Definitions;

namespace Workflow.Activities.Tests.ClosedLoop;

/// <summary>Each row breaks air-station-alarm.json in one place: what is set where (nothing: removed), and what the checker has to say of it.</summary>
public class DefinitionRuleTests
{
    /// <summary>A document that does not change when what ships does.</summary>
    private static readonly string AlarmText = Corpus.CorpusFile.ReadDocument(1, "air-station-alarm");

    private const string Verify = "/root/response/body/activities/0";
    private const string EndStage = "/root/response/body/activities/1";
    private const string Back = "/root/postEvaluation/body/activities/1";
    private const string Loop = """
        { 'id': 'chart', 'type': 'Elsa.Flowchart',
          'activities': [ { 'id': 'x', 'type': 'Elsa.Delay' }, { 'id': 'y', 'type': 'Elsa.Delay' }, { 'id': 'z', 'type': 'Elsa.Delay' } ],
          'connections': [ { 'source': 'x', 'target': 'y' }, { 'source': 'y', 'target': 'z' }, { 'source': 'z', 'target': 'y' } ] }
        """;

    [Theory]
    // the shape of the loop
    [InlineData("/root/analysis", null, "/root/analysis", "found nothing")]
    [InlineData("/root/analysis/type", "'Elsa.Sequence'", "/root/analysis/type", "expected Workflow.Stage")]
    [InlineData("/root/analysis/body", null, "/root/analysis/body", "found nothing")]
    [InlineData("/root/analysis/body", "{ 'id': 'x', 'type': 'Workflow.Stage', 'body': { 'id': 'y', 'type': 'Elsa.Sequence' } }", "/root/analysis/body", "found a stage elsewhere")]
    [InlineData("/name", "' '", "/name", "a name that people recognise")]
    // stages that cannot end
    [InlineData("/root/response/body", Loop, "/root/response/body/activities/0", "a way from here to the end of the stage, found none; the way there: x")]
    [InlineData("/root/analysis/body/activities/0", Loop, "/root/analysis/body/activities/0/activities/0", "a way from here to the end of the stage, found none; the way there: chart → x")]
    [InlineData("/root/postEvaluation/body/connections/1", "{ 'source': { 'activity': 'evaluate', 'port': 'Pass' }, 'target': { 'activity': 'back' } }", "/root/postEvaluation/body", "found Return at every end")]
    [InlineData("/root/handling/body/activities/0", "{ 'id': 'e', 'type': 'Workflow.EndStage', 'outcome': 'Return', 'returnTo': 'analysis' }", "/root/handling/body", "found Return at every end")]
    // ends of stages
    [InlineData(EndStage, "{ 'id': 'false-alarm', 'type': 'Workflow.EndStage', 'outcome': 'Return', 'returnTo': 'handling' }", EndStage + "/returnTo", "expected an earlier stage, found handling")]
    [InlineData(EndStage, "{ 'id': 'false-alarm', 'type': 'Workflow.EndStage', 'outcome': 'Return', 'returnTo': 'response' }", EndStage + "/returnTo", "expected an earlier stage, found response")]
    [InlineData(EndStage, "{ 'id': 'false-alarm', 'type': 'Workflow.EndStage', 'outcome': 'Return' }", EndStage + "/returnTo", "found nothing")]
    [InlineData(EndStage + "/returnTo", "'initiation'", EndStage + "/returnTo", "together with outcome Return only")]
    [InlineData(EndStage + "/outcome", "'Finished'", EndStage + "/outcome", "expected Done, Return or CloseOut")]
    [InlineData(EndStage + "/outcome", "1", EndStage + "/outcome", "expected Done, Return or CloseOut, found 1")]
    [InlineData(EndStage + "/outcome", "{ 'expression': { 'type': 'Variable', 'value': 'x' } }", EndStage + "/outcome", "found an expression")]
    [InlineData(Back + "/outcome", "'CloseOut'", Back + "/outcome", "found CloseOut")]
    [InlineData(Back + "/returnTo", "'response'", Back + "/returnTo", "expected analysis or handling")]
    [InlineData(Back + "/returnTo", "'3'", Back + "/returnTo", "expected initiation, response, analysis or handling")]
    // flows
    [InlineData("/root/response/body/connections/0/target/activity", "'nowhere'", "/root/response/body/connections/0/target/activity", "found 'nowhere'")]
    [InlineData("/root/response/body/connections/0/source/activity", "'analyse'", "/root/response/body/connections/0/source/activity", "found 'analyse'")]
    [InlineData("/root/response/body/connections/0/source/port", "'Pass'", "/root/response/body/connections/0/source/port", "an outcome of 'verify': Done, FalseAlarm")]
    [InlineData(EndStage + "/id", "'verify'", EndStage + "/id", $"also at {Verify}")]
    [InlineData("/root/handling/body/activities/0/id", "'analyse'", "/root/handling/body/activities/0/id", "found 'analyse', also at /root/analysis/body/activities/0")]
    [InlineData("/root/response/body/customProperties", "{ 'Flowchart:ExecutionMode': 'TokenBase' }", "/root/response/body/customProperties/Flowchart:ExecutionMode", "found 'TokenBase'")]
    [InlineData(EndStage, "{ 'id': 'false-alarm', 'type': 'Elsa.FlowJoin', 'mode': 1 }", EndStage + "/mode", "WaitAll, WaitAllActive or WaitAny")]
    [InlineData(EndStage, "{ 'id': 'false-alarm', 'type': 'Elsa.FlowJoin', 'mode': { 'expression': { 'type': 'Variable', 'value': 'x' } } }", EndStage + "/mode", "found an expression")]
    // activities
    [InlineData("/root/handling/body/type", "'Elsa.HttpEndpoint'", "/root/handling/body/type", "HTTP endpoints of workflows are not served: start instances and send events through the API), found 'Elsa.HttpEndpoint'")]
    [InlineData(Verify + "/title", null, Verify + "/title", "found nothing")]
    [InlineData(Verify + "/title", "{ 'typeName': 'String', 'expression': { 'type': 'Liquid', 'value': '{{ title }}' } }", Verify + "/title/expression/type", "found 'Liquid'")]
    [InlineData(Verify + "/form", "'verfiy'", Verify + "/form", "found 'verfiy'")]
    [InlineData(Verify + "/evidence", "{ 'selfie': 1 }", Verify + "/evidence", "least numbers by kind")]
    [InlineData(Verify + "/evidence", "{ '7': 1 }", Verify + "/evidence", "least numbers by kind")]
    [InlineData(Verify + "/outcomes", "[]", Verify + "/outcomes", "at least one outcome")]
    [InlineData(Verify + "/outcomes", "[ 'Done', 'Done' ]", Verify + "/outcomes", "each once")]
    [InlineData(Verify + "/assign", "'anyone'", Verify + "/assign", "offer, owner, leastLoaded or roundRobin")]
    [InlineData(Verify + "/sign", "'all'", Verify + "/sign", "an object with a rule and signers")]
    [InlineData("/customProperties/forms/verify/properties/finding/pattern", "'^a'", "/customProperties/forms/verify/properties/finding/pattern", "found pattern")]
    [InlineData("/root/analysis/body/activities/0", "{ 'id': 's', 'type': 'Elsa.SetVariable', 'value': 1 }", "/root/analysis/body/activities/0/variable", "found nothing")]
    // clocks
    [InlineData("/root/sla/calendar", "'moon'", "/root/sla/calendar", "a calendar that exists: 24x7, cn-gov, found 'moon'")]
    [InlineData("/root/sla/target", "'3ww'", "/root/sla/target", "found \"3ww\"")]
    [InlineData("/root/sla/target", "'2026-12-01T17:00:00+08:00'", "/root/sla/target", "or \"6mo\"")]
    [InlineData("/root/sla/dayEnd", "'noon'", "/root/sla/dayEnd", "closing or midnight")]
    [InlineData("/root/sla/target/urgent", "'soon'", "/root/sla/target/urgent", "found \"soon\"")]
    [InlineData("/root/sla/target/normal", null, "/root/sla/target/normal", "a target for normal priority")]
    [InlineData("/root/sla/target/high", "'PT1H'", "/root/sla/target/high", "found 'high'")]
    [InlineData("/root/sla/targets", "'PT1H'", "/root/sla/targets", "found targets")]
    [InlineData("/root/response/sla/target", null, "/root/response/sla/target", "found nothing")]
    [InlineData("/root/response/sla/reentry", "'restart'", "/root/response/sla/reentry", "resume or new")]
    [InlineData("/root/response/sla/rungs/0/at", "'halfway'", "/root/response/sla/rungs/0/at", "found 'halfway'")]
    [InlineData("/root/response/sla/rungs/0/do", "1", "/root/response/sla/rungs/0/do", "notify, urge, raisePriority, reassign, escalate, order or press")]
    [InlineData("/root/response/sla/rungs/0/do", "'1'", "/root/response/sla/rungs/0/do", "notify, urge, raisePriority, reassign, escalate, order or press")]
    [InlineData("/root/response/sla/rungs/0/to", "'mayor'", "/root/response/sla/rungs/0/to", "expected holder")]
    [InlineData("/root/response/sla/rungs/1/to", "'mayor'", "/root/response/sla/rungs/1/to", "a team kind: techGrid")]
    [InlineData("/root/response/sla/rungs/1/id", "'half'", "/root/response/sla/rungs/1/id", "unique among the rungs")]
    [InlineData(Verify + "/SLA", "'PT5M'", Verify + "/sla", "an object with a target")]
    public void A_wrong_definition_is_refused_with_the_place_and_the_reason(string where, string? what, string pointer, string words)
    {
        var document = JsonNode.Parse(AlarmText)!;
        Set(document, where, what);

        var (definition, problems) = Check(document.ToJsonString());

        definition.ShouldBeNull();
        problems.Where(problem => problem.Severity == Severity.Error && problem.Pointer == pointer)
            .ShouldContain(problem => problem.ToString().Contains(words), string.Join("\n", problems));
    }

    [Theory]
    [InlineData("Workflow.TechGrid", "'title': 'x'", "/root", "a task definition")]
    [InlineData("Workflow.EndStage", "'outcome': 'Done'", "/root", "a stage around it")]
    [InlineData("Workflow.Stage", "'body': { 'id': 'b', 'type': 'Elsa.Sequence' }", "/root", "a stage in a port of the closed loop")]
    public void What_belongs_to_a_task_is_refused_outside_one(string type, string members, string pointer, string words)
    {
        var (definition, problems) = Check($"{{ 'definitionId': 'x', 'root': {{ 'id': 'r', 'type': '{type}', {members} }} }}".Replace('\'', '"'));

        definition.ShouldBeNull();
        problems.ShouldContain(problem => problem.Pointer == pointer && problem.Expected.Contains(words), string.Join("\n", problems));
    }

    [Theory]
    // a loop that a nested end can leave
    [InlineData("{ 'id': 'r', 'type': 'Elsa.Flowchart', 'activities': [ { 'id': 'x', 'type': 'Elsa.If', 'condition': true, 'then': { 'id': 'e', 'type': 'Workflow.EndStage' } } ], 'connections': [ { 'source': 'x', 'target': 'x' } ] }")]
    // an end that returns beside an outcome that goes on
    [InlineData("{ 'id': 'r', 'type': 'Elsa.If', 'condition': { 'expression': { 'type': 'JavaScript', 'value': 'getPm25() > 1' } }, 'then': { 'id': 'e', 'type': 'Workflow.EndStage', 'outcome': 'Return', 'returnTo': 'initiation' } }")]
    [InlineData("{ 'id': 'r', 'type': 'Elsa.Sequence' }")]
    public void A_stage_that_can_end_is_accepted(string body)
    {
        var document = JsonNode.Parse(AlarmText)!;
        Set(document, "/root/response/body", body);

        var (definition, problems) = Check(document.ToJsonString());

        definition.ShouldNotBeNull(string.Join("\n", problems));
    }

    [Fact]
    public void The_definitions_that_are_shipped_have_neither_mistakes_nor_warnings()
    {
        Check(An.AirStationText).Problems.ShouldBeEmpty();
    }

    private static (WorkflowDefinition? Definition, IReadOnlyList<DefinitionProblem> Problems) Check(string json)
    {
        var problems = new ProblemList();
        return (An.Reader.Read(json, problems), problems.All);
    }

    private static void Set(JsonNode document, string pointer, string? json)
    {
        var path = pointer.Split('/')[1..];
        var parent = path[..^1].Aggregate(document, (node, step) => (node is JsonArray ? node[int.Parse(step, null)] : node[step])!);
        var value = json is null ? null : JsonNode.Parse(json.Replace('\'', '"'));
        if (parent is JsonArray array)
        {
            var index = int.Parse(path[^1], null);
            if (index < array.Count) array[index] = value;
            else array.Add(value);
        }
        else if (value is null) parent.AsObject().Remove(path[^1]).ShouldBeTrue();
        else parent[path[^1]] = value;
    }
}
