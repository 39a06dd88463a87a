using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.ControlFlow;

public class ContainerTests
{
    private const string Payload = "'variables': [ { 'id': 'v1', 'name': 'answer', 'typeName': 'Object', 'value': 'null' } ],";

    [Fact]
    public void A_sequence_runs_its_activities_one_after_another()
    {
        var inner = Flow.Sequence("inner", Flow.Activity("b"), Flow.Sequence("empty"), Flow.Activity("s=Set"));
        var instance = An.Started(Flow.Sequence("outer", Flow.Activity("a"), inner, Flow.Activity("z")));

        instance.Ran.ShouldBe("outer a");
        instance.Send("a").Ran.ShouldBe("inner b");
        instance.Send("b").Ran.ShouldBe("empty s z");
        instance.Send("z").State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Theory]
    [InlineData("true", "if yes")]
    [InlineData("'True'", "if yes")]
    [InlineData("1", "if yes")]
    [InlineData("false", "if no")]
    [InlineData("'whatever'", "if no")]
    public void If_runs_one_of_its_two_children(string condition, string ran)
    {
        var instance = An.Started($"{{ 'id': 'if', 'type': 'Elsa.If', 'condition': {condition}, 'then': {Flow.Activity("yes")}, 'else': {Flow.Activity("no")} }}");

        instance.Ran.ShouldBe(ran);
        instance.Send(instance.Waiting).State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void If_without_the_child_goes_on()
    {
        An.Started($"{{ 'id': 'if', 'type': 'Elsa.If', 'condition': false, 'then': {Flow.Activity("yes")} }}").State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Theory]
    [InlineData("true", "yes")]
    [InlineData("false", "no")]
    [InlineData("'no'", "no")]
    public void What_an_event_brings_decides_the_way(string payload, string way)
    {
        const string wait = "{ 'id': 'a', 'type': 'Elsa.Event', 'eventName': 'a', 'result': { 'typeName': 'Object', 'memoryReference': { 'id': 'v1' } } }";
        var instance = An.Started(Flow.Chart("c", "s=Set(copy,@answer) d=Decision(@copy) yes no", "a>s s>d d.True>yes d.False>no", wait), Payload);

        instance.Send("a", payload);

        instance.Waiting.ShouldBe(way);
        instance.State.Variables["copy"].GetRawText().ShouldBe(An.Json(payload).GetRawText());
    }

    [Fact]
    public void A_variable_of_a_container_hides_one_of_the_workflow_and_ends_with_it()
    {
        const string inner = """
            { 'id': 'inner', 'type': 'Elsa.Sequence', 'variables': [ { 'name': 'n', 'typeName': 'Int32', 'value': '1' } ], 'activities': [
                { 'id': 's', 'type': 'Elsa.SetVariable', 'variable': { 'name': 'n', 'typeName': 'Int32' }, 'value': '2' },
                { 'id': 'a', 'type': 'Elsa.Event', 'eventName': 'a' } ] }
            """;
        var instance = An.Started(
            Flow.Sequence("outer", inner, Flow.Activity("t=Set(seen,@n)"), Flow.Activity("z")), "'variables': [ { 'name': 'n', 'typeName': 'Int32', 'value': '7' } ],");
        instance.State.Tokens.Single(token => token.Node == "inner").Variables["n"].GetRawText().ShouldBe("2", "the text is converted to the variable's type");

        instance.Send("a");

        instance.State.Variables["n"].GetInt32().ShouldBe(7);
        instance.State.Variables["seen"].GetInt32().ShouldBe(7);
    }

    [Fact]
    public void An_input_of_the_workflow_is_read_by_name()
    {
        var instance = An.Instance(An.Definition(
            "{ 'id': 'a', 'type': 'Elsa.Event', 'eventName': { 'typeName': 'String', 'expression': { 'type': 'Input', 'value': { 'name': 'wanted' } } } }",
            "'inputs': [ { 'name': 'wanted', 'type': 'String' } ],"));

        instance.Start("{ 'wanted': 'go' }");

        instance.Send("go").State.Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void Complete_in_a_branch_that_runs_on_after_its_fork_ends_that_branch_too()
    {
        const string complete = "{ 'id': 'chart', 'type': 'Elsa.Flowchart', 'activities': [ { 'id': 'end', 'type': 'Elsa.Complete' } ] }";
        var branch = Flow.Sequence("branch", complete, Flow.Activity("never"));

        var instance = An.Started($"{{ 'id': 'f', 'type': 'Elsa.Fork', 'joinMode': 'WaitAny', 'branches': [ {{ 'id': 'first', 'type': 'Elsa.Sequence' }}, {branch} ] }}");

        (instance.State.Status, instance.State.Tokens.Length).ShouldBe((InstanceStatus.Finished, 0));
    }
}
