using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Expressions;
using Workflow.Engine.Tests.Clocks;
using Xunit.Abstractions;

namespace Workflow.Activities.Tests.Definitions;

public class DefinitionWriterTests(ITestOutputHelper output)
{
    private static readonly DefinitionWriter Writer = new(BuiltInActivities.Catalog());
    private static readonly string[] Folders = ["definitions/workflows", "tests/Workflow.Activities.Tests/Conformance/elsa"];
    private static readonly DefinitionShortener Shortener = new(BuiltInActivities.Catalog());

    [Theory]
    [InlineData("'timeSpan': 'PT1M'", "'timeSpan': { 'typeName': 'TimeSpan', 'expression': { 'type': 'Literal', 'value': 'PT1M' } }")]
    [InlineData("'TIMESPAN': { 'TypeName': 'System.TimeSpan, System.Private.CoreLib', 'Expression': { 'Type': 'literal', 'Value': 'PT1M' } }", "'timeSpan': { 'typeName': 'TimeSpan', 'expression': { 'type': 'Literal', 'value': 'PT1M' } }")]
    [InlineData("'timeSpan': { 'expression': { 'type': 'Variable', 'value': 'span' } }", "'timeSpan': { 'typeName': 'TimeSpan', 'expression': { 'type': 'Variable', 'value': { 'id': 'v1', 'name': 'span' } } }")]
    [InlineData("'timeSpan': { 'expression': { 'type': 'Input', 'value': '{ \\\"name\\\": \\\"in\\\" }' } }", "'timeSpan': { 'typeName': 'TimeSpan', 'expression': { 'type': 'Input', 'value': { 'name': 'in' } } }")]
    [InlineData("'Colour': { 'Name': 1 }", "'Colour': { 'Name': 1 }")]
    public void An_activity_is_written_in_todays_spelling(string given, string written)
    {
        const string Members = "'$schema': 's', 'definitionId': 'a', 'variables': [ { 'id': 'v1', 'name': 'span', 'typeName': 'TimeSpan', 'storageDriverTypeName': null } ]";

        ShouldWrite($"{{ {Members}, 'root': {{ 'id': 'd', 'type': 'elsa.delay', {given} }} }}", $"{{ {Members}, 'root': {{ 'id': 'd', 'type': 'Elsa.Delay', {written} }} }}");
    }

    [Theory]
    [InlineData("'name': 'x'", "'name': 'x', 'id': 'x', 'typeName': 'Object', 'storageDriverTypeName': 'WorkflowInstanceStorageDriver'")]
    [InlineData("'id': 'i', 'Name': 'x', 'typeName': 'System.Int32', 'value': 4, 'storageDriverTypeName': null", "'id': 'i', 'name': 'x', 'typeName': 'Int32', 'value': '4', 'storageDriverTypeName': null")]
    public void A_variable_is_written_with_everything_that_Elsa_needs(string given, string written)
    {
        const string Rest = "'$schema': 's', 'definitionId': 'a', 'root': { 'id': 'r', 'type': 'Elsa.Start' }";

        ShouldWrite($"{{ {Rest}, 'variables': [ {{ {given} }} ] }}", $"{{ {Rest}, 'variables': [ {{ {written} }} ] }}");
    }

    [Fact]
    public void Old_options_go_where_they_are_today()
    {
        ShouldWrite(
            "{ 'DefinitionId': 'a', 'usableAsActivity': true, 'root': { 'id': 'r', 'type': 'Elsa.Start' } }",
            "{ 'definitionId': 'a', 'root': { 'id': 'r', 'type': 'Elsa.Start' }, 'options': { 'usableAsActivity': true } }");
    }

    [Fact]
    public void What_is_written_reads_as_the_same_definition_keeps_what_nobody_knows_and_is_written_the_same_again()
    {
        output.Check(1_000, Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new RandomDocument(new Random(seed));
            var text = random.Build().ToJsonString();
            var document = JsonElement.Parse(text);

            var written = Writer.Write(document);

            var again = JsonElement.Parse(written.ToJsonString());
            Compiled(again).ShouldBe(Compiled(document), text);
            Writer.Write(again).ToJsonString().ShouldBe(written.ToJsonString());
            foreach (var mark in random.Marks) again.GetRawText().ShouldContain(mark, customMessage: text);
        });
    }

    [Fact]
    public void What_is_shortened_reads_as_the_same_definition_keeps_what_nobody_knows_and_is_shortened_the_same_again()
    {
        output.Check(1_000, Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new RandomDocument(new Random(seed));
            var text = random.Build().ToJsonString();

            var shortened = ShouldReadTheSame(text);

            foreach (var mark in random.Marks) shortened.ShouldContain(mark, customMessage: text);
        });
    }

    [Fact]
    public void Every_document_of_the_project_is_shortened_to_the_same_definition()
    {
        var repository = Path.Combine(Path.GetDirectoryName(Calendars.PathOf("", ""))!, "..");
        var files = Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(repository, folder), "*.json", SearchOption.AllDirectories)).ToList();

        foreach (var text in files.Select(File.ReadAllText)) ShouldReadTheSame(text).Length.ShouldBeLessThanOrEqualTo(text.Length);

        files.Count.ShouldBeGreaterThan(200);
    }

    [Theory]
    [InlineData("'timeSpan': { 'typeName': 'TimeSpan', 'expression': { 'type': 'Literal', 'value': 'PT1M' } }, 'name': 'd', 'version': 1, 'canStartWorkflow': false, 'metadata': {}", "'timeSpan': 'PT1M'")]
    [InlineData("'timeSpan': { 'typeName': 'TimeSpan', 'expression': { 'type': 'Variable', 'value': { 'id': 'v', 'name': 'v' } } }", "'timeSpan': { 'expression': { 'type': 'Variable', 'value': { 'id': 'v', 'name': 'v' } } }")]
    [InlineData("'timeSpan': { 'typeName': 'TimeSpan', 'expression': { 'type': 'Literal', 'value': null } }", "'timeSpan': { 'expression': { 'type': 'Literal', 'value': null } }")]
    [InlineData("'timeSpan': null, 'name': 'd', 'metadata': { 'mine': 1 }", "'metadata': { 'mine': 1 }")]
    [InlineData("'timeSpan': { 'typeName': 'System.TimeSpan, System.Private.CoreLib', 'memoryReference': { 'id': 'd:input-0' }, 'expression': { 'type': 'Literal', 'value': 'PT1M' } }", "'timeSpan': 'PT1M'")]
    [InlineData("'customProperties': { 'canStartWorkflow': false, 'mine': 1 }, 'name': 'other'", "'customProperties': { 'mine': 1 }, 'name': 'other'")]
    public void An_activity_is_shortened(string given, string shortened)
    {
        const string Members = "'definitionId': 'a', 'variables': [ { 'name': 'v' } ], 'root': { 'id': 'd', 'type': 'Elsa.Delay'";

        var document = Shortener.Shorten(Writer.Write(JsonElement.Parse($"{{ {Members}, {given} }} }}".Replace('\'', '"'))));

        JsonNode.DeepEquals(document, JsonNode.Parse($"{{ {Members}, {shortened} }} }}".Replace('\'', '"'))).ShouldBeTrue(document.ToJsonString());
    }

    private static string ShouldReadTheSame(string text)
    {
        var document = JsonElement.Parse(text);
        var shortened = Shortener.Shorten(Writer.Write(document));
        // Chinese as people write it, not as escapes.
        var again = JsonElement.Parse(shortened.ToJsonString(InstanceJson.Options));
        Compiled(again).ShouldBe(Compiled(document), text);
        Shortener.Shorten(Writer.Write(again)).ToJsonString().ShouldBe(shortened.ToJsonString());
        return again.GetRawText();
    }

    /// <summary>All that a definition is, apart from where it stands in its document.</summary>
    private static string Compiled(JsonElement document)
    {
        var definition = An.Reader.Compile(document, new()).ShouldNotBeNull();
        var names = definition.Nodes.Values.SelectMany(node => node.Variables).Concat(definition.Variables).Where(variable => variable.Id != variable.Name).DistinctBy(variable => variable.Id).ToDictionary(variable => variable.Id, variable => variable.Name);
        return JsonSerializer.Serialize(new
        {
            definition.Name, definition.Inputs, definition.Outputs, Variables = definition.Variables.Select(Show),
            Nodes = definition.Nodes.Values.OrderBy(node => node.Id, StringComparer.Ordinal).Select(node => new
            {
                node.Id, node.Name, node.Type.Descriptor.Type, node.CanStart, node.Outputs, Variables = node.Variables.Select(Show),
                Children = node.Children.Select(child => $"{child.ParentPort} {child.Id}").Order(), Flows = node.Flows.Select(flow => flow with { Pointer = "" }),
                Inputs = node.Inputs.OrderBy(input => input.Key, StringComparer.OrdinalIgnoreCase).Select(input => $"{input.Key} {ShowExpression(input.Value.Expression)}"),
                Cases = node.Cases.Select(one => $"{one.Label} {ShowExpression(one.Condition)}"),
            }),
        });

        string ShowExpression(Expression expression) => expression switch
        {
            Expression.Literal literal => $"={JsonSerializer.Serialize(literal.Value)}",
            Expression.Variable variable => $"variable {names.GetValueOrDefault(variable.Name, variable.Name)}",
            _ => expression.ToString(),
        };

        static string Show(Variable variable) => $"{variable.Id} {variable.Name} {variable.TypeName} {variable.IsMemoryOnly} {(variable.Default is { } value ? JsonSerializer.Serialize(value) : "")}";
    }

    private static void ShouldWrite(string given, string expected)
    {
        var written = Writer.Write(JsonElement.Parse(given.Replace('\'', '"')));

        JsonNode.DeepEquals(written, JsonNode.Parse(expected.Replace('\'', '"'))).ShouldBeTrue(written.ToJsonString());
    }
}
