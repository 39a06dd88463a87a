using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Tests.Definitions;

public class ExpressionReaderTests
{
    [Theory]
    [InlineData("""{ "type": "Literal", "value": 1 }""", "1")]
    [InlineData("""{ "value": "x" }""", "\"x\"")]
    [InlineData("""{ "Type": "literal" }""", "null")]
    [InlineData("""{ "type": "Object", "value": "[1, {\"a\": 2}]" }""", "[1, {\"a\": 2}]")]
    [InlineData("""{ "type": "Json", "value": { "a": 1 } }""", """{ "a": 1 }""")]
    [InlineData("""{ "type": "Variable", "value": "n" }""", "\"variable n\"")]
    [InlineData("""{ "type": "Variable", "value": { "id": "v1", "name": "n", "typeName": "Int32" } }""", "\"variable v1\"")]
    [InlineData("""{ "type": "Variable", "value": "{ \"Id\": \"v1\", \"name\": \"n\" }" }""", "\"variable v1\"")]
    [InlineData("""{ "type": "Input", "value": { "name": "pm25" } }""", "\"input pm25\"")]
    [InlineData("\"bare\"", "\"bare\"")]
    public void What_Elsa_and_people_write_is_read(string json, string value)
    {
        var expression = new ExpressionReader(new()).Read(JsonElement.Parse(json), "").ShouldNotBeNull();

        expression.Evaluate(new Names(), _ => null)!.Value.GetRawText().ShouldBe(value);
    }

    private sealed class Names : ScriptHost
    {
        public override DateTimeOffset At => default;

        public override ulong Seed => 0;

        public override IReadOnlyCollection<string> VariableNames => [];

        public override JsonElement? ReadVariable(string name) => Values.From($"variable {name}");

        public override void WriteVariable(string name, JsonElement? value) => throw new NotSupportedException();

        public override JsonElement? ReadInput(string name) => Values.From($"input {name}");
    }

    [Theory]
    [InlineData("""{ "type": "CSharp", "value": "1" }""", "'CSharp'")]
    [InlineData("""{ "type": "Variable" }""", "null")]
    [InlineData("""{ "type": "Variable", "value": "" }""", "\"\"")]
    [InlineData("""{ "type": "Variable", "value": "{ oops" }""", "\"{ oops\"")]
    [InlineData("""{ "type": "Input", "value": 5 }""", "5")]
    public void What_cannot_be_evaluated_is_refused_with_what_was_found(string json, string found)
    {
        var problems = new ProblemList();

        new ExpressionReader(problems).Read(JsonElement.Parse(json), "/value").ShouldBeNull();

        var problem = problems.All.ShouldHaveSingleItem();
        problem.Expected.ShouldNotBeEmpty();
        problem.Found.ShouldBe(found);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"True\"", true)]
    [InlineData("2", true)]
    [InlineData("0", false)]
    [InlineData("\"yes\"", false)]
    [InlineData("null", false)]
    [InlineData("{}", false)]
    public void A_condition_holds_as_it_does_in_Elsa(string value, bool holds)
    {
        Values.IsTrue(JsonElement.Parse(value)).ShouldBe(holds);
    }

    [Theory]
    [InlineData("monday", DayOfWeek.Monday)]
    [InlineData("1", null)]
    [InlineData("Sunday, Monday", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_name_in_a_document_is_a_name_and_never_a_number(string? text, DayOfWeek? expected)
    {
        Values.ToEnum<DayOfWeek>(text).ShouldBe(expected);
    }
}
