using System.Text.Json;
using Workflow.Engine.Definitions;

namespace Workflow.Activities.Tests.Definitions;

/// <summary>One mistake is one problem, in one sentence.</summary>
public class ClearProblemTests
{
    [Theory]
    [InlineData("'script': 'async function f() {}'", "Error /root/script", "expected the language of scripts, found async, which is not supported (line 1, column 1)")]
    [InlineData("'script': { 'typeName': 'String', 'expression': { 'type': 'Literal', 'value': '1;\\n  x x' } }", "Error /root/script/expression/value", "(line 2, column 5)")]
    public void A_script_that_cannot_be_read_is_said_once(string script, string begin, string words) =>
        Checked.Root($"{{ 'id': 'r', 'type': 'Elsa.RunJavaScript', {script} }}").ShouldSay(begin, words);

    [Fact]
    public void An_id_twice_in_a_container_is_said_once() =>
        Checked.Root("{ 'id': 'r', 'type': 'Elsa.Sequence', 'activities': [ { 'id': 'a', 'type': 'Elsa.Start' }, { 'id': 'a', 'type': 'Elsa.Start' } ] }")
            .ShouldSay("Error /root/activities/1/id", "'a', also at /root/activities/0");

    [Fact]
    public void An_id_twice_in_two_containers_is_said_once_too() =>
        Checked.Root("{ 'id': 'r', 'type': 'Elsa.If', 'condition': true, 'then': { 'id': 'a', 'type': 'Elsa.Start' }, 'else': { 'id': 'a', 'type': 'Elsa.Start' } }")
            .ShouldSay("Warning /root/then/id", "'a', also at /root/else");

    [Theory]
    [InlineData("{ 'source': 5, 'target': 's' }", "Error /root/connections/0/source", "found 5")]
    [InlineData("{ 'source': { 'activity': [] }, 'target': 's' }", "Error /root/connections/0/source/activity", "found a list")]
    [InlineData("{ 'target': 's' }", "Error /root/connections/0/source", "found nothing")]
    public void A_connection_that_dangles_says_what_was_found(string connection, string begin, string words) =>
        Checked.Root($"{{ 'id': 'r', 'type': 'Elsa.Flowchart', 'activities': [ {{ 'id': 's', 'type': 'Elsa.Start' }} ], 'connections': [ {connection} ] }}").ShouldSay(begin, words);

    [Theory]
    [InlineData("'type': 'Elsa.If', 'condition': 'yes'", "Warning /root/condition", "expected a value of type Boolean, found \"yes\"")]
    [InlineData("'type': 'Elsa.FlowDecision', 'condition': { 'typeName': 'Boolean', 'expression': { 'type': 'Literal', 'value': 'yes' } }", "Warning /root/condition/expression/value", "found \"yes\"")]
    [InlineData("'type': 'Elsa.FlowSwitch', 'cases': [ { 'label': 'a', 'condition': 'yes' } ]", "Warning /root/cases/0/condition", "found \"yes\"")]
    [InlineData("'type': 'Elsa.WriteLine', 'text': [ 1 ]", "Warning /root/text", "expected a value of type String, found a list")]
    public void A_literal_of_the_wrong_type_is_said_where_Elsa_runs_on_with_it(string members, string begin, string words) =>
        Checked.Root($"{{ 'id': 'r', {members} }}").ShouldSay(begin, words);

    [Theory]
    [InlineData("true")]
    [InlineData("'False'")]
    [InlineData("0")]
    [InlineData("{ 'typeName': 'Boolean', 'expression': { 'type': 'Literal', 'value': null } }")]
    public void A_condition_that_can_be_read_is_none(string condition) => Checked.Root($"{{ 'id': 'r', 'type': 'Elsa.If', 'condition': {condition} }}").ShouldBeEmpty();

    [Fact]
    public void A_circle_of_used_workflows_is_one_flat_sentence()
    {
        var documents = new WorkflowDocuments([Uses("a", "b"), Uses("b", "c"), Uses("c", "a")]);

        Checked.Document(Uses("a", "b").GetRawText(), documents.Find).ShouldHaveSingleItem()
            .ShouldBe("Error /root: expected workflows that do not use one another in a circle, found a → b → c → a");
    }

    [Fact]
    public void What_is_wrong_deep_inside_used_workflows_is_one_sentence_with_its_place()
    {
        var documents = new WorkflowDocuments([Uses("b", "c"), Uses("c", "nobody")]);

        Checked.Document(Uses("a", "b").GetRawText(), documents.Find)[0]
            .ShouldBe("Error /root: expected a workflow without errors, found one with: /root#/root#/root/workflowDefinitionId: expected a workflow that is known here, found 'nobody'");
    }

    private static JsonElement Uses(string id, string other) =>
        JsonElement.Parse($$"""{ "definitionId": "{{id}}", "root": { "id": "u", "type": "X", "workflowDefinitionId": "{{other}}" } }""");
}
