using Workflow.Engine.Definitions;
using static Workflow.Engine.Tests.Definitions.TestCatalog;

namespace Workflow.Engine.Tests.Definitions;

/// <summary>What older versions of Elsa wrote, and what people write by hand.</summary>
public class OldSpellingTests
{
    [Theory]
    [InlineData("{ 'name': 'x', 'typeName': 'System.Int32, System.Private.CoreLib', 'value': '4' }", "x Int32 4", "")]
    [InlineData("{ 'Name': 'x', 'TypeName': 'int32', 'Value': 4 }", "x Int32 4", "")]
    [InlineData("{ 'name': 'x', 'typeName': 'Boolean', 'value': 'True' }", "x Boolean true", "")]
    [InlineData("{ 'name': 'x', 'typeName': 'Int32', 'isArray': true, 'value': '[1, 2]' }", "x Int32[] [1,2]", "")]
    [InlineData("{ 'name': 'x', 'typeName': 'Object', 'value': '[1, 2]' }", "x Object [1, 2]", "")]
    [InlineData("{ 'name': 'x', 'value': { '_type': 'List', 'items': [ 1 ] } }", "x Object [ 1 ]", "")]
    [InlineData("{ 'name': 'x', 'typeName': 'String', 'value': '4' }", "x String \"4\"", "")]
    [InlineData("{ 'name': 'x', 'typeName': 'Int32', 'value': '' }", "x Int32 ", "")]
    [InlineData("{ 'id': 'x' }", "x Object ", "")]
    [InlineData("{ 'name': 'x', 'typeName': 'Int32', 'value': 'four' }", "x Int32 ", "/variables/0/value")]
    [InlineData("{ 'name': 'x', 'typeName': 'Acme.Money, Acme', 'value': '4' }", "x Object 4", "/variables/0/typeName")]
    public void A_default_is_converted_to_the_type_of_its_variable(string variable, string read, string warning)
    {
        var (definition, problems) = Read($"{{ 'definitionId': 'a', 'variables': [ {variable} ], 'root': {{ 'id': 'r', 'type': 'Test.List' }} }}".Replace('\'', '"'));

        var found = definition.ShouldNotBeNull().Variables.ShouldHaveSingleItem();
        $"{found.Name} {found.TypeName} {found.Default?.GetRawText()}".ShouldBe(read);
        string.Join(' ', problems.All.Select(problem => problem.Pointer)).ShouldBe(warning);
    }

    [Theory]
    [InlineData("[ { 'source': { 'activity': 'a', 'port': 'Left' }, 'target': { 'activity': 'b', 'port': 'In' }, 'vertices': [] } ]", "/root/connections/0")]
    [InlineData("[ { 'Source': { 'Activity': 'a', 'Port': 'Left' }, 'Target': { 'Activity': 'b' } } ]", "/root/connections/0")]
    [InlineData("[ { 'source': 'a', 'sourcePort': 'Left', 'target': 'b', 'targetPort': 'In' } ]", "/root/connections/0")]
    [InlineData("{ 'source': 'a', 'sourcePort': 'Left', 'target': 'b' }", "/root/connections")]
    [InlineData("{ '$values': [ { 'source': 'a', 'sourcePort': 'Left', 'target': 'b' } ] }", "/root/connections/$values/0")]
    [InlineData("{ '_type': 'List', 'items': [ { 'source': 'a', 'sourcePort': 'Left', 'target': 'b' } ] }", "/root/connections/items/0")]
    public void A_connection_is_read_in_all_its_spellings(string connections, string pointer)
    {
        var root = Definition($"{{ 'id': 'r', 'type': 'Test.Chart', 'activities': {{ 'values': [ {{ 'id': 'a', 'type': 'Test.Fork' }}, {{ 'id': 'b', 'type': 'Test.List' }} ] }}, 'connections': {connections} }}").Root;

        root.Flows.ShouldBe([new("a", "Left", "b") { Pointer = pointer }]);
        root.Activities[1].Pointer.ShouldBe("/root/activities/values/1");
    }

    [Fact]
    public void A_connection_names_an_output_port_of_Done_unless_it_says_otherwise()
    {
        var root = Definition("{ 'id': 'r', 'type': 'Test.Chart', 'activities': [ { 'id': 'a', 'type': 'Test.List' } ], 'connections': [ { 'source': { 'activity': 'a', 'port': '' }, 'target': 'a' } ] }").Root;

        root.Flows.ShouldHaveSingleItem().Port.ShouldBe("Done");
    }

    [Theory]
    [InlineData("'count': '3'", "3")]
    [InlineData("'count': { 'expression': '3' }", "3")]
    [InlineData("'count': { 'expression': { 'value': 3 } }", "3")]
    [InlineData("'count': { 'typeName': 'System.Int32, System.Private.CoreLib', 'expression': { 'type': 'Literal', 'value': '3' }, 'memoryReference': { 'id': 'x' } }", "3")]
    [InlineData("'names': { 'typeName': 'String[]', 'expression': { 'type': 'Literal', 'value': '[\\\"a\\\"]' } }", "[\"a\"]")]
    [InlineData("'names': { '_type': 'String[]', 'values': [ 'a' ] }", "[ \"a\" ]")]
    [InlineData("'flag': { 'typeName': 'Boolean', 'memoryReference': { 'id': 'x' } }", "")]
    [InlineData("'flag': { 'memoryReference': { 'id': 'x' } }", "")]
    public void An_input_is_a_value_of_its_type_however_it_is_written(string input, string value)
    {
        var leaf = Definition($"{{ 'id': 'a', 'type': 'Test.Leaf', 'text': 'x', {input} }}").Root;

        var name = input.Split('\'')[1];
        (leaf.Literal(name)?.GetRawText() ?? "").ShouldBe(value);
    }

    [Fact]
    public void A_placeholder_of_an_activity_that_Elsa_did_not_know_is_that_activity_with_its_connections()
    {
        var root = Definition("""
            { 'id': 'r', 'type': 'Test.Chart', 'connections': [],
              'activities': [ { 'id': 'a', 'type': 'Elsa.NotFoundActivity', 'missingTypeName': 'Test.Fork', 'missingTypeVersion': 1, 'originalActivityJson': '{ \"id\": \"a\", \"type\": \"Test.Fork\" }' }, { 'id': 'b', 'type': 'Test.List' } ],
              'customProperties': { 'notFoundConnections': [ { 'source': { 'activity': 'a', 'port': 'Left' }, 'target': { 'activity': 'b' } } ] } }
            """).Root;

        root.Activities[0].Type.Descriptor.Type.ShouldBe("Test.Fork");
        root.Flows.ShouldHaveSingleItem().Pointer.ShouldBe("/root/customProperties/notFoundConnections/0");
    }

    [Fact]
    public void A_document_without_a_root_does_nothing_and_says_so()
    {
        var problems = new ProblemList();
        var catalog = new Shapes([.. Catalog.Types, new Empty()]);

        var definition = new DefinitionReader(catalog, new HashSet<string>()).Read("""{ "definitionId": "a" }""", problems).ShouldNotBeNull();

        definition.Root.Type.Descriptor.Type.ShouldBe("Elsa.Sequence");
        problems.All.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);
    }

    [Theory]
    [InlineData("{ 'definitionId': 'a', 'inputs': [ { 'type': 'String' } ], 'root': { 'id': 'r', 'type': 'Test.List' } }", "/inputs/0/name")]
    [InlineData("{ 'definitionId': 'a', 'inputs': [ { 'name': 'x' }, { 'name': 'x' } ], 'root': { 'id': 'r', 'type': 'Test.List' } }", "/inputs")]
    [InlineData("{ 'definitionId': 'a', 'outputs': [ {} ], 'root': { 'id': 'r', 'type': 'Test.List' } }", "/outputs/0/name")]
    public void Inputs_and_outputs_have_names_each_once(string document, string pointer)
    {
        var (definition, problems) = Read(document.Replace('\'', '"'));

        definition.ShouldBeNull();
        problems.All.ShouldHaveSingleItem().Pointer.ShouldBe(pointer);
    }

    [Fact]
    public void A_document_beyond_a_limit_is_refused_with_one_problem()
    {
        var many = string.Join(',', Enumerable.Range(0, 20).Select(id => $"{{ 'id': '{id}', 'type': 'Test.List' }}"));
        var flows = string.Join(',', Enumerable.Repeat("{ 'source': '0', 'target': '1' }", 9));
        var document = $"{{ 'definitionId': 'a', 'root': {{ 'id': 'r', 'type': 'Test.Chart', 'activities': [ {many} ], 'connections': [ {flows} ] }} }}".Replace('\'', '"');

        Problem(new() { SizeBytes = 100 }).ShouldStartWith("/: expected a document of at most 100 bytes");
        Problem(new() { Activities = 10 }).ShouldStartWith("/root/activities/9: expected at most 10 activities");
        Problem(new() { Connections = 8 }).ShouldStartWith("/root/connections: expected at most 8 connections, found 9");

        string Problem(DefinitionLimits limits)
        {
            var problems = new ProblemList();
            new DefinitionReader(Catalog, new HashSet<string>()) { Limits = limits }.Read(document, problems).ShouldBeNull();
            return problems.All.Single(problem => problem.Severity == Severity.Error && !problem.Pointer.Contains("connections/", StringComparison.Ordinal)).ToString();
        }
    }

    private sealed class Empty : ActivityType
    {
        public override ActivityDescriptor Descriptor { get; } = new("Elsa.Sequence") { ListMember = "activities" };
    }
}
