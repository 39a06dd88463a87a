using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Definitions;
using Workflow.Engine.Tests.Clocks;

namespace Workflow.Activities.Tests.Definitions;

public class DefinitionSchemaTests
{
    private static readonly JsonObject Schema = DefinitionSchema.Build(BuiltInActivities.Catalog());

    private static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_committed_schema_is_the_one_of_the_activity_types()
    {
        var path = Calendars.PathOf("schema", "workflow.schema");
        if (Environment.GetEnvironmentVariable("WORKFLOW_UPDATE_DOCS") is not null) File.WriteAllText(path, Schema.ToJsonString(Indented) + "\n");

        JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(path)), Schema).ShouldBeTrue("definitions/schema/workflow.schema.json is out of date; WORKFLOW_UPDATE_DOCS=1 dotnet test tests/Workflow.Activities.Tests writes it");
    }

    [Fact]
    public void Every_reference_resolves()
    {
        foreach (var reference in References(Schema)) Schema["definitions"]![reference["#/definitions/".Length..]].ShouldNotBeNull(reference);
    }

    [Fact]
    public void Every_activity_says_what_it_and_its_inputs_are_for()
    {
        foreach (var shape in BuiltInActivities.Catalog().Types.Select(type => type.Descriptor))
        {
            shape.Summary.ShouldNotBeEmpty(shape.Type);
            shape.Category.ShouldNotBe("Other", shape.Type);
            foreach (var input in shape.Inputs) input.Summary.ShouldNotBeEmpty($"{shape.Type}.{input.Name}");
        }
    }

    [Fact]
    public void The_definitions_that_are_shipped_conform_and_name_the_schema()
    {
        var document = JsonNode.Parse(An.AirStationText)!;

        new SchemaCheck(Schema).Check(document).ShouldBeEmpty();
        document["$schema"]!.GetValue<string>().ShouldBe("../schema/workflow.schema.json");
    }

    [Theory]
    [InlineData("'type': 'Elsa.Delay', 'timeSpan': '00:01:00'")]
    [InlineData("'type': 'Elsa.Delay', 'timeSpan': { 'typeName': 'TimeSpan', 'expression': { 'type': 'Literal', 'value': '00:01:00' } }")]
    [InlineData("'type': 'Elsa.FlowJoin', 'mode': 'WaitAll'")]
    [InlineData("'type': 'Elsa.FlowSwitch', 'cases': [ { 'label': 'a', 'condition': { 'type': 'Variable', 'value': 'x' } } ]")]
    [InlineData("'type': 'Elsa.Flowchart', 'activities': [], 'connections': [ { 'source': 'a', 'sourcePort': 'x', 'target': 'b' }, { 'source': { 'activity': 'a' }, 'target': { 'activity': 'b', 'port': 'In' } } ]")]
    [InlineData("'type': 'Elsa.SetVariable', 'variable': { 'id': 'x' }, 'value': { 'any': 'thing' }")]
    [InlineData("'type': 'Elsa.HttpEndpoint', 'path': '/x'")]
    public void The_short_form_and_the_full_form_and_other_activities_conform(string members)
    {
        Check(members).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("'type': 'Elsa.Event'", "/root: required eventName")]
    [InlineData("'type': 'Elsa.For', 'end': 'x'", "/root/end: anyOf")]
    [InlineData("'type': 'Elsa.FlowJoin', 'mode': 'WaitSome'", "/root/mode: anyOf")]
    [InlineData("'type': 'Elsa.Sequence', 'activities': {}", "/root/activities: type \"array\"")]
    [InlineData("'type': 'Workflow.Stage', 'body': { 'id': 'b', 'type': 'Elsa.Start' }, 'sla': { 'targets': 'PT1H' }", "/root/sla/targets: additionalProperties")]
    [InlineData("'name': 'x'", "/root: required type")]
    public void What_does_not_conform_is_found(string members, string problem)
    {
        Check(members).ShouldContain(problem);
    }

    private static List<string> Check(string members) =>
        new SchemaCheck(Schema).Check(JsonNode.Parse($"{{ 'definitionId': 'a', 'root': {{ 'id': 'r', {members} }} }}".Replace('\'', '"')));

    private static IEnumerable<string> References(JsonNode? json) => json switch
    {
        JsonObject of => of.SelectMany(member => member.Key == "$ref" ? [member.Value!.GetValue<string>()] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
