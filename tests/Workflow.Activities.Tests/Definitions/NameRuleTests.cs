using System.Text.Json;

namespace Workflow.Activities.Tests.Definitions;

/// <summary>Variables, inputs, outputs and other workflows that a document names.</summary>
public class NameRuleTests
{
    private const string Declared = "'variables': [ { 'id': 'v1', 'name': 'level', 'typeName': 'Int32' } ], 'inputs': [ { 'name': 'pm25', 'type': 'Double' } ], 'outputs': [ { 'name': 'grade', 'type': 'String' } ],";

    [Theory]
    [InlineData("Variable", "'lvl'", "Error /root/text/expression/value", "around this activity: level, found 'lvl'")]
    [InlineData("Variable", "{ 'id': 'v2', 'name': 'level' }", "Error /root/text/expression/value", "found 'v2'")]
    [InlineData("Input", "'pm10'", "Error /root/text/expression/value", "an input of the workflow: pm25, found 'pm10'")]
    [InlineData("Input", "'level'", "Error /root/text/expression/value", "found 'level'")]
    public void An_expression_that_reads_what_is_not_there_is_refused(string type, string value, string begin, string words)
    {
        Checked.Root(WriteLine(type, value), Declared).ShouldSay(begin, words);
    }

    [Theory]
    [InlineData("Variable", "'level'")]
    [InlineData("Variable", "{ 'id': 'v1', 'name': 'renamed' }")]
    [InlineData("Input", "'PM25'")]
    public void An_expression_that_reads_what_is_declared_is_accepted(string type, string value)
    {
        Checked.Root(WriteLine(type, value), Declared).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("variables.lvl", "Warning /root/text/expression/value", "found 'lvl'")]
    [InlineData("getVariable('lvl')", "Warning /root/text/expression/value", "found 'lvl'")]
    [InlineData("getLvl()", "Warning /root/text/expression/value", "found 'getLvl'")]
    [InlineData("setVariable('lvl', 1)", "Warning /root/text/expression/value", "which becomes a variable of the workflow")]
    [InlineData("getInput('pm10')", "Warning /root/text/expression/value", "found 'pm10'")]
    [InlineData("levelOf(1)", "Error /root/text/expression/value", "found 'levelOf'")]
    [InlineData("1 +", "Error /root/text/expression/value", "(line 1, column 4)")]
    public void A_script_that_uses_what_is_not_there_is_reported(string script, string begin, string words)
    {
        Checked.Root(Script(script), Declared).ShouldSay(begin, words);
    }

    [Theory]
    [InlineData("variables.level + getLevel()")]
    [InlineData("setLevel(2)")]
    [InlineData("getInput('pm25') + getPm25()")]
    [InlineData("const levelOf = x => x; levelOf(Math.max(1, 2))")]
    [InlineData("getOutputFrom('w', 'x')")]
    public void A_script_that_uses_what_is_declared_is_accepted(string script)
    {
        Checked.Root(Script(script), Declared).ShouldBeEmpty();
    }

    [Fact]
    public void A_variable_is_seen_inside_its_container_and_not_beside_it()
    {
        var use = WriteLine("Variable", "'inner'");

        Checked.Root($"{{ 'id': 's', 'type': 'Elsa.Sequence', 'variables': [ {{ 'name': 'inner' }} ], 'activities': [ {use} ] }}").ShouldBeEmpty();
        Checked.Root($"{{ 'id': 's', 'type': 'Elsa.Sequence', 'activities': [ {{ 'id': 't', 'type': 'Elsa.Sequence', 'variables': [ {{ 'name': 'inner' }} ] }}, {use} ] }}")
            .ShouldSay("Error /root/activities/1/text/expression/value", "there is none, found 'inner'");
    }

    [Theory]
    [InlineData("Elsa.For", "CurrentValue", true)]
    [InlineData("Elsa.For", "CurrentIndex", false)]
    [InlineData("Elsa.ForEach", "CurrentIndex", true)]
    [InlineData("Elsa.ParallelForEach", "CurrentValue", true)]
    [InlineData("Elsa.If", "CurrentValue", false)]
    public void A_loop_provides_its_own_variables(string type, string name, bool isSeen)
    {
        var port = type == "Elsa.If" ? "then" : "body";

        var problems = Checked.Root($"{{ 'id': 'r', 'type': '{type}', '{port}': {WriteLine("Variable", $"'{name}'")} }}");

        problems.Count.ShouldBe(isSeen ? 0 : 1, string.Join("\n", problems));
    }

    [Fact]
    public void A_variable_that_is_set_and_nowhere_declared_is_a_warning_where_it_is_set()
    {
        Checked.Root($"{{ 'id': 's', 'type': 'Elsa.Sequence', 'activities': [ {Set("lvl")}, {WriteLine("Variable", "'lvl'")} ] }}", Declared)
            .ShouldSay("Warning /root/activities/0/variable", "found 'lvl', which becomes a variable of the workflow");
        Checked.Root(Set("level"), Declared).ShouldBeEmpty();
        Checked.Root(Set("v1"), Declared).ShouldBeEmpty();

        static string Set(string name) => $"{{ 'id': 'set', 'type': 'Elsa.SetVariable', 'variable': {{ 'name': '{name}' }}, 'value': 1 }}";
    }

    [Theory]
    [InlineData("nowhere", false)]
    [InlineData("v1", true)]
    [InlineData("level", true)]
    [InlineData("grade", true)]
    public void An_output_is_bound_to_a_variable_or_an_output_of_the_workflow(string target, bool isThere)
    {
        var problems = Checked.Root($"{{ 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'x', 'result': {{ 'typeName': 'Object', 'memoryReference': {{ 'id': '{target}' }} }} }}", Declared);

        if (isThere) problems.ShouldBeEmpty();
        else problems.ShouldSay("Warning /root/result/memoryReference/id", "level, grade, found 'nowhere'");
    }

    [Fact]
    public void SetOutput_names_an_output_that_the_workflow_declares()
    {
        Checked.Root("{ 'id': 'o', 'type': 'Elsa.SetOutput', 'outputName': 'grad', 'outputValue': 1 }", Declared).ShouldSay("Warning /root/outputName", "found 'grad'");
        Checked.Root("{ 'id': 'o', 'type': 'Elsa.SetOutput', 'outputName': 'grade', 'outputValue': 1 }", Declared).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("missing", false)]
    [InlineData("child", true)]
    public void A_workflow_that_is_started_should_be_known(string id, bool isKnown)
    {
        var start = $"{{ 'id': 'd', 'type': 'Elsa.DispatchWorkflow', 'workflowDefinitionId': '{id}' }}";

        var problems = Checked.Root(start, "", reference => reference.DefinitionId == "child" ? JsonElement.Parse("{}") : null);

        Checked.Root(start).ShouldBeEmpty("nobody knows which workflows there are");
        if (isKnown) problems.ShouldBeEmpty();
        else problems.ShouldSay("Warning /root/workflowDefinitionId", "found 'missing'");
    }

    [Fact]
    public void A_workflow_used_as_an_activity_has_its_own_inputs_and_what_is_wrong_in_it_is_said_once()
    {
        var used = JsonElement.Parse("""
            { "definitionId": "used", "name": "Used", "inputs": [ { "name": "a", "type": "String" } ], "variables": [ { "name": "own", "typeName": "String" } ],
              "root": { "id": "s", "type": "Elsa.Sequence", "unknown": 1, "activities": [
                { "id": "1", "type": "Elsa.WriteLine", "text": { "expression": { "type": "Input", "value": "a" } } },
                { "id": "2", "type": "Elsa.WriteLine", "text": { "expression": { "type": "Variable", "value": "own" } } },
                { "id": "3", "type": "Elsa.WriteLine", "text": { "expression": { "type": "Input", "value": "pm25" } } } ] } }
            """);

        Checked.Root("{ 'id': 'u', 'type': 'Used', 'a': 'x' }", Declared, _ => used)
            .ShouldSay("Error /root#/root/activities/2/text/expression/value", "an input of the workflow: a, found 'pm25'");
    }

    private static string Script(string source) => WriteLine("JavaScript", $"\"{source.Replace("'", "\\u0027", StringComparison.Ordinal)}\"");

    private static string WriteLine(string type, string value) => $"{{ 'id': 'w', 'type': 'Elsa.WriteLine', 'text': {{ 'typeName': 'String', 'expression': {{ 'type': '{type}', 'value': {value} }} }} }}";
}
