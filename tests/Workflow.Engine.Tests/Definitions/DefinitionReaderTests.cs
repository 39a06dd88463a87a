using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using static Workflow.Engine.Tests.Definitions.TestCatalog;

namespace Workflow.Engine.Tests.Definitions;

public class DefinitionReaderTests
{
    [Fact]
    public void A_short_document_and_what_Elsa_writes_are_the_same_definition()
    {
        var brief = Definition("{ 'id': 'a', 'type': 'Test.Leaf', 'text': 'hello', 'count': 3 }");
        var full = Definition("""
            { 'Id': 'a', 'Type': 'test.leaf', 'version': 1, 'nodeId': 'Workflow1:a', 'name': 'a', 'metadata': { 'designer': { 'position': { 'x': 1, 'y': 2 } } },
              'customProperties': { 'canStartWorkflow': false },
              'Text': { 'typeName': 'String', 'expression': { 'type': 'Literal', 'value': 'hello' }, 'memoryReference': { 'id': 'm' } },
              'count': { 'typeName': 'Int32', 'expression': { 'type': 'Object', 'value': '3' } }, 'flag': { 'typeName': 'Boolean' } }
            """);

        Brief(full).ShouldBe(Brief(brief));
        Brief(full).ShouldBe("a: count=3, text=\"hello\"");

        static string Brief(WorkflowDefinition definition) => $"{definition.Root.Id}: {string.Join(", ", definition.Root.Inputs.OrderBy(input => input.Key.ToLowerInvariant())
            .Select(input => $"{input.Key.ToLowerInvariant()}={((Expression.Literal)input.Value.Expression).Value.GetRawText()}"))}";
    }

    [Fact]
    public void Every_node_knows_its_parent_and_where_it_stands()
    {
        var definition = Definition("""
            { 'id': 'top', 'type': 'Test.List', 'activities': [
                { 'id': 'one', 'type': 'Test.Choice', 'then': { 'id': 'two', 'type': 'Test.Chart', 'activities': [ { 'id': 'three', 'type': 'Test.Fork' } ] } } ] }
            """);

        definition.Nodes.Values.OrderBy(node => node.Pointer).Select(node => $"{node.Id} in {node.Parent?.Id}:{node.ParentPort} at {node.Pointer}").ShouldBe(
        [
            "top in : at /root",
            "one in top: at /root/activities/0",
            "two in one:then at /root/activities/0/then",
            "three in two: at /root/activities/0/then/activities/0",
        ]);
    }

    [Theory]
    [InlineData("{ 'id': 'a' }", "/root/type", "nothing")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Unknown' }", "/root/type", "Test.Unknown")]
    [InlineData("{ 'type': 'Test.Fork' }", "/root/id", "nothing")]
    [InlineData("{ 'id': ' ', 'type': 'Test.Fork' }", "/root/id", "\" \"")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf' }", "/root/text", "nothing")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': { 'typeName': 'String' } }", "/root/text", "no expression")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': [ 1 ] }", "/root/text", "a list")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': 'x', 'count': 1.5 }", "/root/count", "1.5")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': 'x', 'span': 'soon' }", "/root/span", "soon")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': 'x', 'names': [ 'a', 1 ] }", "/root/names", "a list")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': 'x', 'colour': 'blue' }", "/root/colour", "blue")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': { 'expression': { 'type': 'Liquid', 'value': '1' } } }", "/root/text/expression/type", "Liquid")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': { 'expression': { 'type': 'Variable', 'value': { 'typeName': 'String' } } } }", "/root/text/expression/value", "an object")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': { 'expression': { 'type': 'Object', 'value': '{ oops' } } }", "/root/text/expression/value", "'oops' (line 1, column 3)")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': { 'typeName': 'String', 'expression': { 'value': { } } } }", "/root/text/expression/value", "an object")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Choice' }", "/root/then", "nothing")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Choice', 'then': 7 }", "/root/then", "7")]
    [InlineData("{ 'id': 'a', 'type': 'Test.List', 'activities': { } }", "/root/activities", "an object")]
    [InlineData("{ 'id': 'r', 'type': 'Test.List', 'activities': [ { 'id': 'a', 'type': 'Test.Fork' }, { 'id': 'a', 'type': 'Test.Fork' } ] }", "/root/activities/1/id", "also at /root/activities/0")]
    [InlineData("{ 'id': 'a', 'type': 'Test.List', 'variables': [ { 'name': 'x' }, { 'name': 'x' } ] }", "/root/variables", "'x' 2 times")]
    [InlineData("{ 'id': 'a', 'type': 'Test.List', 'variables': [ { 'typeName': 'String' } ] }", "/root/variables/0/name", "nothing")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Chart', 'activities': [ { 'id': 'b', 'type': 'Test.Fork' } ], 'connections': 7 }", "/root/connections", "7")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Chart', 'activities': [ { 'id': 'b', 'type': 'Test.Fork' } ], 'connections': [ { 'source': 'b', 'sourcePort': 'Left', 'target': 'c' } ] }",
        "/root/connections/0/target", "'c'")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Chart', 'activities': [ { 'id': 'b', 'type': 'Test.Fork' } ], 'connections': [ { 'target': { 'activity': 'b' } } ] }",
        "/root/connections/0/source", "nothing")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': 'x', 'SLA': { 'target': '3ww' } }", "/root/sla/target", "3ww")]
    [InlineData("{ 'id': 'a', 'type': 'Test.Leaf', 'text': 'x', 'sla': { 'target': 'PT1H', 'calendar': '24x7', 'rungs': { } } }", "/root/sla/rungs", "an object")]
    public void A_mistake_is_reported_where_it_stands_with_what_was_found(string root, string pointer, string found)
    {
        var (definition, problems) = ReadRoot(root);

        definition.ShouldBeNull();
        problems.All.ShouldContain(problem => problem.Severity == Severity.Error && problem.Pointer == pointer && problem.Found.Contains(found), string.Join("\n", problems.All));
    }

    [Theory]
    [InlineData("", "", "a JSON document")]
    [InlineData("[]", "", "a workflow document")]
    [InlineData("{ 'definitionId': 'a', 'Name': 'x', 'Name': 'y' }", "", "each member of an object once")]
    [InlineData("{ 'definitionId': 'a', 'root': [] }", "/root", "an activity")]
    [InlineData("{ 'root': { 'id': 'r', 'type': 'Test.Fork' } }", "/definitionId", "1 to 100 letters")]
    [InlineData("{ 'definitionId': '-a', 'root': { 'id': 'r', 'type': 'Test.Fork' } }", "/definitionId", "1 to 100 letters")]
    [InlineData("{ 'definitionId': 'a\\n', 'root': { 'id': 'r', 'type': 'Test.Fork' } }", "/definitionId", "1 to 100 letters")]
    [InlineData("{ 'definitionId': 'a', 'version': 0, 'root': { 'id': 'r', 'type': 'Test.Fork' } }", "/version", "a whole number from 1")]
    [InlineData("{ 'definitionId': 'a', 'version': '1', 'root': { 'id': 'r', 'type': 'Test.Fork' } }", "/version", "a whole number from 1")]
    [InlineData("{ 'definitionId': 'a', 'inputs': 3, 'root': { 'id': 'r', 'type': 'Test.Fork' } }", "/inputs", "a list")]
    [InlineData("{ 'definitionId': 'a', 'root': { 'id': 'r', 'type': 'Test.Fork', 'name': '\\ud800' } }", "", "Unicode text")]
    [InlineData("{ 'definitionId': 'a', 'customProperties': { 'forms': { 'a/b': 1 } }, 'root': { 'id': 'r', 'type': 'Test.Fork' } }", "/customProperties/forms/a~1b", "a JSON Schema object")]
    public void A_document_that_is_no_definition_says_what_was_expected(string json, string pointer, string expected)
    {
        var (definition, problems) = Read(json.Replace('\'', '"'));

        definition.ShouldBeNull();
        problems.All.ShouldContain(problem => problem.Pointer == pointer && problem.Expected.StartsWith(expected, StringComparison.Ordinal), string.Join("\n", problems.All));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        var (_, problems) = Read("""
            { "version": -1, "variables": [ {} ],
              "root": { "id": "r", "type": "Test.List", "activities": [ { "type": "Test.Fork" }, { "id": "x", "type": "?" } ] } }
            """);

        problems.All.Select(problem => problem.Pointer).ShouldBe(
            ["/definitionId", "/version", "/root/activities/0/id", "/root/activities/1/type", "/variables/0/name"], ignoreOrder: true);
    }

    [Fact]
    public void Activities_nest_to_a_limit()
    {
        var levels = new DefinitionLimits().Depth + 1;
        var json = string.Concat(Enumerable.Range(0, levels).Select(level => $$"""{ "id": "n{{level}}", "type": "Test.Choice", "then": """))
            + """{ "id": "last", "type": "Test.Fork" }""" + new string('}', levels);
        var problems = new ProblemList();

        var document = JsonDocument.Parse($$"""{ "definitionId": "deep", "root": {{json}} }""", new() { MaxDepth = 200 }).RootElement;

        Reader.Read(document, problems).ShouldBeNull();
        problems.All.ShouldHaveSingleItem().Found.ShouldBe("a deeper level");
    }

    [Fact]
    public void What_is_odd_but_harmless_is_a_warning()
    {
        var (definition, problems) = ReadRoot("""
            { 'id': 'r', 'type': 'Test.Chart', 'colour/hue': 1,
              'activities': [ { 'id': 'a', 'type': 'Test.Fork' }, { 'id': 'b', 'type': 'Test.List' }, { 'id': 'c', 'type': 'Test.List' },
                              { 'id': 'd', 'type': 'Test.List' }, { 'id': 'never', 'type': 'Test.List' } ],
              'connections': [ { 'source': 'a', 'sourcePort': 'Left', 'target': 'b' }, { 'source': 'a', 'sourcePort': 'Right', 'target': 'c' },
                               { 'source': 'b', 'target': 'd' }, { 'source': 'c', 'target': 'd' }, { 'source': 'd', 'target': 'b' }, { 'source': 'never', 'target': 'never' },
                               { 'source': 'a', 'target': 'd' } ] }
            """);

        definition.ShouldNotBeNull();
        problems.All.ShouldAllBe(problem => problem.Severity == Severity.Warning);
        problems.All.Select(problem => problem.Pointer).ShouldBe(["/root/colour~1hue", "/root/connections/4", "/root/activities/4", "/root/connections/6/source/port", "/root/activities/1"], ignoreOrder: true);
    }
}
