using System.Net;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Http;

/// <summary>A refusal names what was wrong, and everything that was.</summary>
public sealed class RefusalWordsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_wrong_content_type_is_named_beside_those_that_are_taken()
    {
        using var tech = await SignInAsync("tech");

        var answer = await tech.PostRawAsync("cloud-events", "<event/>", "text/xml");

        answer.Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        answer.Text("detail")!.ShouldSatisfyAllConditions(detail => detail.ShouldContain("application/cloudevents+json"), detail => detail.ShouldContain("'text/xml; charset=utf-8'"));
        (await tech.PostRawAsync("cloud-event", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await tech.RequestAsync(HttpMethod.Delete, "cloud-events")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_that_comes_again_with_another_If_Match_says_so()
    {
        using var person = await SignInAsync("operator");
        using var tech = await SignInAsync("tech");
        var task = (await tech.RaiseAsync("If-Match")).Text("id");
        const string Body = """{ "reason": "重复" }""";
        (await person.RequestAsync(HttpMethod.Post, $"instances/{task}/cancel", Body, "\"1\"", "once")).IsSuccess.ShouldBeTrue();

        var other = await person.RequestAsync(HttpMethod.Post, $"instances/{task}/cancel", Body, "\"2\"", "once");
        var another = await person.RequestAsync(HttpMethod.Post, $"instances/{task}/cancel", """{ "reason": "误报" }""", "\"1\"", "once");

        (other.Text("reason"), other.Text("detail")!.Contains("found another If-Match", StringComparison.Ordinal)).ShouldBe(("idempotency-key-reused", true), other.Body.ToString());
        another.Text("detail")!.ShouldContain("found another body");
    }

    [Fact]
    public async Task Every_parameter_that_is_wrong_is_reported()
    {
        using var person = await SignInAsync("operator");

        var answer = await person.GetAsync("instances?startedFrom=yesterday&startedTo=soon&status=lost&parentId=x");

        answer.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldBe(["/startedFrom", "/startedTo", "/status", "/parentId"]);
    }

    private Task<ApiClient> SignInAsync(string userName) => ApiClient.SignInAsync(fixture.Address, userName);
}
