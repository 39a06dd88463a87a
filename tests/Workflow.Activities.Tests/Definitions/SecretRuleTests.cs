namespace Workflow.Activities.Tests.Definitions;

/// <summary>An authorization in a document is stored with every instance, so it should be a reference to a secret.</summary>
public class SecretRuleTests
{
    [Theory]
    [InlineData("'type': 'Elsa.SendHttpRequest', 'authorization': 'Bearer abc'", "authorization")]
    [InlineData("'type': 'Elsa.FlowSendHttpRequest', 'authorization': 'Bearer {{secret:}}'", "authorization")]
    [InlineData("'type': 'Elsa.DownloadHttpFile', 'authorization': { 'typeName': 'String', 'expression': { 'type': 'Literal', 'value': 'Bearer abc' } }", "authorization")]
    [InlineData("'type': 'Elsa.SendHttpRequest', 'requestHeaders': { 'AUTHORIZATION': ['Basic abc'] }", "requestHeaders")]
    public void An_authorization_that_stands_in_the_document_is_a_warning_that_does_not_repeat_it(string members, string input)
    {
        var problems = Checked.Root($"{{ 'id': 'h', 'url': 'https://api.example', {members} }}");

        problems.ShouldSay($"Warning /root/{input}", "Bearer {{secret:NAME}}");
        problems[0].ShouldNotContain("abc");
    }

    [Theory]
    [InlineData("'type': 'Elsa.SendHttpRequest', 'authorization': 'Bearer {{secret:CITY_API}}'")]
    [InlineData("'type': 'Elsa.SendHttpRequest', 'authorization': { 'typeName': 'String', 'expression': { 'type': 'JavaScript', 'value': 'newGuidString()' } }")]
    [InlineData("'type': 'Elsa.FlowSendHttpRequest', 'requestHeaders': { 'Authorization': '{{secret:CITY_API}}', 'X-Site': 'abc' }")]
    public void A_reference_and_what_is_computed_are_accepted(string members) => Checked.Root($"{{ 'id': 'h', 'url': 'https://api.example', {members} }}").ShouldBeEmpty();
}
