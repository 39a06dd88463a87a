using System.Text.Json;
using Workflow.Activities.Http;
using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Http;

public class HttpRequestTests
{
    private const string Flowchart = """
        { 'id': 'f', 'type': 'Elsa.Flowchart', 'activities': [
            { 'id': 'h', 'type': 'Elsa.FlowSendHttpRequest', 'url': 'https://api.example/air', 'expectedStatusCodes': [200, 404] },
            { 'id': 'ok', 'type': 'Elsa.Event', 'eventName': 'ok' }, { 'id': 'none', 'type': 'Elsa.Event', 'eventName': 'none' }, { 'id': 'other', 'type': 'Elsa.Event', 'eventName': 'other' },
            { 'id': 'down', 'type': 'Elsa.Event', 'eventName': 'down' }, { 'id': 'late', 'type': 'Elsa.Event', 'eventName': 'late' } ],
          'connections': [
            { 'source': { 'activity': 'h', 'port': '200' }, 'target': { 'activity': 'ok' } }, { 'source': { 'activity': 'h', 'port': '404' }, 'target': { 'activity': 'none' } },
            { 'source': { 'activity': 'h', 'port': 'Unmatched status code' }, 'target': { 'activity': 'other' } }, { 'source': { 'activity': 'h', 'port': 'Failed to connect' }, 'target': { 'activity': 'down' } },
            { 'source': { 'activity': 'h', 'port': 'Timeout' }, 'target': { 'activity': 'late' } } ] }
        """;

    private const string Plain = """
        { 'id': 'h', 'type': 'Elsa.SendHttpRequest', 'url': 'https://api.example/air', 'method': 'post', 'content': { 'a': [1] }, 'authorization': 'Bearer x', 'requestHeaders': { 'X-Site': 's1' },
          'parsedContent': { 'typeName': 'Object', 'memoryReference': { 'id': 'v' } },
          'expectedStatusCodes': [ { 'statusCode': 200, 'activity': { 'id': 'ok', 'type': 'Elsa.Event', 'eventName': 'ok' } }, { 'statusCode': 404 } ],
          'unmatchedStatusCode': { 'id': 'other', 'type': 'Elsa.Event', 'eventName': 'other' }, 'timeout': { 'id': 'late', 'type': 'Elsa.Event', 'eventName': 'late' } }
        """;

    [Theory]
    [InlineData(200, "ok")]
    [InlineData(404, "none")]
    [InlineData(500, "other")]
    public void A_flow_goes_on_at_the_port_of_the_status_code(int statusCode, string next) => Answered(Flowchart, statusCode).Waiting.ShouldBe(next);

    [Theory]
    [InlineData(HttpEnd.FailedToConnect, "down")]
    [InlineData(HttpEnd.Timeout, "late")]
    public void A_flow_goes_on_at_what_went_wrong(HttpEnd end, string next) => Ended(Started(Flowchart), HttpReply.Of(end, "x")).Waiting.ShouldBe(next);

    [Fact]
    public void A_request_that_may_not_be_sent_is_an_incident()
    {
        var instance = Ended(Started(Flowchart), HttpReply.Of(HttpEnd.Refused, "host 'api.example': expected one of the setting"));

        instance.State.Incidents.ShouldHaveSingleItem().Message.ShouldContain("host 'api.example'");
    }

    [Fact]
    public void A_file_comes_as_Base64_with_its_name_and_size()
    {
        const string Download = """
            { 'id': 'h', 'type': 'Elsa.DownloadHttpFile', 'url': 'https://api.example/files/%E7%AB%99.pdf?x=1', 'result': { 'typeName': 'Object', 'memoryReference': { 'id': 'file' } } }
            """;
        var instance = Instance(Definition(Download, "'variables': [ { 'id': 'file', 'name': 'file', 'typeName': 'Object' } ],")).Start();
        instance.Facts.OfType<Fact.EffectRequested>().Single().Effect.Read<HttpCall>().TakesBytes.ShouldBeTrue();

        Ended(instance, new(HttpEnd.Answered, 200, [], "application/pdf", Convert.ToBase64String([1, 2, 3]), null));

        var file = instance.State.Variables["file"];
        (file.GetProperty("fileName").GetString(), file.GetProperty("sizeBytes").GetInt32(), file.GetProperty("content").GetString()).ShouldBe(("站.pdf", 3, "AQID"));
    }

    [Theory]
    [InlineData(200, "ok")]
    [InlineData(500, "other")]
    [InlineData(404, "")]
    public void The_activity_of_the_status_code_runs(int statusCode, string next) => Answered(Plain, statusCode).Waiting.ShouldBe(next);

    [Fact]
    public void The_request_is_put_together_from_the_inputs_and_the_body_of_the_answer_is_read()
    {
        var instance = Instance(Definition(Plain, "'variables': [ { 'id': 'v', 'name': 'body', 'typeName': 'Object' } ],")).Start();
        var call = instance.Facts.OfType<Fact.EffectRequested>().Single().Effect.Read<HttpCall>();

        Ended(instance, new(HttpEnd.Answered, 200, [], "application/json", """{"pm25":80}""", null));

        (call.Method, call.Content, call.ContentType).ShouldBe(("POST", """{ "a": [1] }""", "application/json"));
        call.Headers.Select(header => $"{header.Name}={header.Values[0]}").ShouldBe(["Authorization=Bearer x", "X-Site=s1"]);
        instance.State.Variables["body"].GetProperty("pm25").GetInt32().ShouldBe(80);
    }

    private static Scenario Answered(string root, int statusCode) => Ended(Started(root), new(HttpEnd.Answered, statusCode, [], null, null, null));

    private static Scenario Ended(Scenario instance, HttpReply reply)
    {
        var effect = instance.Facts.OfType<Fact.EffectRequested>().Single().Effect.Id;
        return instance.Do(new Stimulus.EffectCompleted(effect, JsonSerializer.SerializeToElement(reply, InstanceJson.Options)) { At = instance.Now });
    }
}
