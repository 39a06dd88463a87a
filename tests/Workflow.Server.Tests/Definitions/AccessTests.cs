using System.Net;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.Instances;

namespace Workflow.Server.Tests.Definitions;

public sealed class AccessTests(WorkflowServer server) : IClassFixture<WorkflowServer>
{
    public static TheoryData<string, string> Design => new()
    {
        { "GET", "definitions" }, { "GET", "definitions/wait" }, { "GET", "definitions/wait/versions" }, { "GET", "definitions/wait/versions/1" },
        { "GET", "definitions/wait/versions/1/document" }, { "GET", "definitions/wait/draft" }, { "PUT", "definitions/wait/draft" }, { "DELETE", "definitions/wait/draft" },
        { "GET", "definitions/steps/difference?from=1&to=2" }, { "POST", "definitions/validate" }, { "POST", "definitions/import" }, { "POST", "definitions/wait/publish" },
        { "POST", "definitions/wait/versions/1/retract" }, { "POST", "definitions/wait/versions/1/revert" },
    };

    public static TheoryData<string, string> Running => new() { { "POST", "instances/dispatch" }, { "GET", "instances/01980000-0000-7000-8000-000000000000/journal" } };

    [Theory]
    [MemberData(nameof(Design))]
    [MemberData(nameof(Running))]
    public async Task Without_the_permission_nothing_is_told_and_nothing_done(string method, string path)
    {
        using var anonymous = ApiClient.Anonymous(server.Server.Address);
        using var staff = await server.SignInAsync("tech");

        (await SendAsync(anonymous, method, path)).Text("reason").ShouldBe("sign-in-required");
        (await SendAsync(staff, method, path)).Text("reason").ShouldBe("not-allowed");
    }

    [Theory]
    [MemberData(nameof(Running))]
    public async Task Who_designs_does_not_run(string method, string path)
    {
        using var designer = await server.SignInAsync("designer");

        (await SendAsync(designer, method, path)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_can_be_raised_is_known_to_those_who_raise()
    {
        using var staff = await server.SignInAsync("tech");
        using var designer = await server.SignInAsync("designer");

        var tasks = await staff.GetAsync("task-definitions");

        tasks.Body.EnumerateArray().Select(one => one.GetProperty("definitionId").GetString()).ShouldContain("air-station-alarm");
        (await designer.GetAsync("task-definitions")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Task<ApiAnswer> SendAsync(ApiClient client, string method, string path) =>
        client.RequestAsync(new(method), path, method is "GET" or "DELETE" ? null : """{"definitionId":"wait"}""");
}
