using System.Text.Json;
using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Tests.Expressions.Scripting;

public class ScriptHostTests
{
    [Theory]
    [InlineData("getCounter() > 3", "true")]
    [InlineData("variables.counter + getVariable('counter')", "10")]
    [InlineData("getVariable('nothing')", "null")]
    [InlineData("variables.nothing", "undefined")]
    [InlineData("Object.keys(variables)", """["counter","order"]""")]
    [InlineData("'order' in variables && !('x' in variables)", "true")]
    [InlineData("({ ...variables }).counter", "5")]
    [InlineData("getOrder() === variables.order", "true")]
    [InlineData("getOrder().lines.map(l => l.qty)", "[1,2]")]
    [InlineData("getInput('Customer').name + getCustomer().name", "\"AdaAda\"")]
    [InlineData("getOutputFrom('act-1') + getOutputFrom('check credit', 'Score') + getScoreFromCheckCredit()", "36")]
    [InlineData("getLastResult()", "\"last\"")]
    [InlineData(
        "[getWorkflowInstanceId(), getWorkflowInstanceName(), getCorrelationId(), getWorkflowDefinitionId(), getWorkflowDefinitionVersionId(), getWorkflowDefinitionVersion()]",
        """["i-1","An instance","c-1","d-1","v-1",3]""")]
    [InlineData("[isNullOrEmpty(null), isNullOrEmpty(''), isNullOrEmpty(' '), isNullOrWhiteSpace(' '), isNullOrWhiteSpace(undefined), isNullOrWhiteSpace('a')]", "[true,true,false,true,true,false]")]
    [InlineData("toJson({ a: [1, null] })", "\"{\\\"a\\\":[1,null]}\"")]
    [InlineData("[stringToBase64('ä'), stringFromBase64('w6Q='), bytesToString(bytesFromString('hé')), bytesToBase64([1, 2]), bytesFromBase64('AQI=')]", """["w6Q=","ä","hé","AQI=",[1,2]]""")]
    [InlineData("parseGuid('{0F8FAD5B-D9CB-469F-A165-70867728950E}')", "\"0f8fad5b-d9cb-469f-a165-70867728950e\"")]
    [InlineData("typeof getNothing", "\"undefined\"")]
    [InlineData("console.log('x'); 1", "1")]
    [InlineData("counter", "!ReferenceError: counter is not defined")]
    [InlineData("getNothing()", "!ReferenceError: getNothing is not defined")]
    [InlineData("delete variables.counter", "!TypeError: A variable cannot be deleted")]
    public void A_script_sees_its_instance(string script, string expected)
    {
        ScriptOutcome.Of(script).Text.ShouldBe(expected);
    }

    [Theory]
    [InlineData("getCounter(); getOrder().id; JSON.stringify(variables.order)", "")]
    [InlineData("setCounter(6)", "counter = 6")]
    [InlineData("variables.counter++", "counter = 6")]
    [InlineData("setCounter(5)", "counter = 5")]
    [InlineData("variables.order.id = 8", """order = {"id":8,"lines":[{"qty":1},{"qty":2}]}""")]
    [InlineData("getOrder().lines[1].qty += 5", """order = {"id":7,"lines":[{"qty":1},{"qty":7}]}""")]
    [InlineData("getVariable('order').lines.pop(); variables.order.lines.push(3)", """order = {"id":7,"lines":[{"qty":1},3]}""")]
    [InlineData("const o = getOrder(); setOrder({ id: 1 }); o.id = 5; getOrder().id", """order = {"id":1}""")]
    [InlineData("const o = { a: 1 }; setVariable('order', o); o.a = 2; 0", """order = {"a":2}""")]
    [InlineData("delete variables.order.lines", """order = {"id":7}""")]
    [InlineData("setVariable('fresh', [1]); variables.fresh.push(2)", "fresh = [1,2]")]
    [InlineData("variables.counter = undefined", "counter = undefined")]
    [InlineData("variables.counter = null", "counter = null")]
    [InlineData("variables.order.id = 8; setCounter(1); variables.order.id = 7", "counter = 1")]
    [InlineData("setOutcome('Done'); setCorrelationId('x' + getCorrelationId()); getCorrelationId()", "outcomes = Done; correlation = xc-1")]
    [InlineData("setOutcomes(['A', 'B']); setWorkflowInstanceName('n')", "outcomes = A+B; name = n")]
    [InlineData("variables.order.id = 8; setOutcome('x'); throw 1", "")]
    [InlineData("setCounter(1); while (true);", "")]
    public void What_a_script_changes_is_written_back_when_it_succeeds(string script, string expected)
    {
        var host = new FakeScriptHost();

        ScriptOutcome.Of(script, host);

        string.Join("; ", host.Writes).ShouldBe(expected);
    }

    [Fact]
    public void A_number_that_a_double_cannot_hold_is_not_rewritten_by_reading_it()
    {
        var host = new FakeScriptHost();
        host.Variables["big"] = """{"n":12345678901234567890,"d":1.10}""";

        ScriptOutcome.Of("variables.big.n > 0", host).Text.ShouldBe("true");

        host.Writes.ShouldBeEmpty();
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_read_and_is_replaced_when_it_is_written()
    {
        var host = new FakeScriptHost();
        host.Variables["odd"] = """{"t":"\ud800"}""";

        ScriptOutcome.Of("variables.odd.t.charCodeAt(0) === 0xd800", host).Text.ShouldBe("true");
        host.Writes.ShouldBeEmpty();

        ScriptOutcome.Of("setCounter('\\ud800')", host);
        host.Writes.ShouldBe(["counter = \"\uFFFD\""]);
    }

    [Fact]
    public void Arguments_are_properties_of_args()
    {
        var host = new FakeScriptHost { Given = { ["Amount"] = JsonElement.Parse("100") } };

        ScriptOutcome.Of("args.Amount * 2 + (args.other ?? 1)", host).Text.ShouldBe("201");
    }

    [Fact]
    public void A_script_names_what_it_uses()
    {
        const string Source =
            """
            const local = 1; total = getOrder().x + variables.rate; variables.result.value = total; delete variables['old'];
            setVariable('named', Math.max(local, total)); getVariable('read'); getInput('in'); mystery(); typeof maybe; setCounter(1);
            """;

        var references = Script.Parse(Source, out _)!.References;

        references.Globals.ShouldBe(["Math", "getInput", "getOrder", "getVariable", "maybe", "mystery", "setCounter", "setVariable", "variables"]);
        references.VariablesRead.ShouldBe(["rate", "read", "result"]);
        references.VariablesWritten.ShouldBe(["named", "old", "result"]);
        references.InputsRead.ShouldBe(["in"]);
        references.Getters.ShouldBe(["Order"]);
        references.Setters.ShouldBe(["Counter"]);
        references.UnknownGlobals(["order", "counter"], [], []).ShouldBe(["maybe", "mystery"]);
        references.UnknownGlobals(["counter"], [], [new ScriptOutput("a", null, "x")]).ShouldBe(["getOrder", "maybe", "mystery"]);
    }

    [Theory]
    [InlineData("OrderId", "order id", true)]
    [InlineData("OrderId", "order_id", true)]
    [InlineData("OrderId", "orderId", true)]
    [InlineData("OrderId", "orderid", false)]
    [InlineData("Order", "orders", false)]
    public void Accessors_are_named_in_pascal_case(string accessor, string name, bool expected)
    {
        ScriptNames.IsPascalCaseOf(accessor, name).ShouldBe(expected);
    }
}
