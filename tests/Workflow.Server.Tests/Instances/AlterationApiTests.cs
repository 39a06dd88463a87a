using System.Net;
using System.Text.Json.Nodes;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Instances;

public sealed class AlterationApiTests(WorkflowServer server) : IClassFixture<WorkflowServer>
{
    public static TheoryData<string, string, string> Alterations => new()
    {
        { "wait", """[{"type":"ModifyVariable","variableId":"level","value":7}]""", "variables level: 1 → 7" },
        { "wait", """[{"activityId":"o","type":"ScheduleActivity"}]""", "started o, ended o" },
        { "wait", """[{"type":"CancelActivity","activityId":"e"},{"type":"ModifyVariable","variableId":"v1","value":"8"}]""", "cancelled e, waitsRemoved go, started o" },
        { "steps", """[{"type":"Migrate","targetVersion":2}]""", "definitionVersion 2" },
        { "broken", """[{"type":"ScheduleActivity","activityId":"bad"}]""", "incidentsRaised bad" },
        { "parent", """[{"type":"CancelActivity","activityId":"x"}]""", "cancelled x, waitsRemoved child" },
        { "asks", """[{"type":"ScheduleActivity","activityId":"t"}]""", "refused" },
        { "wait", """[{"type":"ModifyVariable","variableId":"level","value":"many"}]""", "refused" },
    };

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task A_dry_run_says_exactly_what_the_real_run_then_records_and_changes_nothing(string definitionId, string alterations, string about)
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId, version = 1 })).Text("id")!;
        var before = (await WorkflowServer.UntilAsync(client, id, instance => instance.GetProperty("effects").GetArrayLength() == 0)).GetRawText();

        var dry = await client.PostRawAsync($"instances/{id}/alterations", $$"""{"alterations":{{alterations}},"dryRun":true}""");
        var between = (await client.GetAsync($"instances/{id}")).Body.GetRawText();
        var real = await client.PostRawAsync($"instances/{id}/alterations", $$"""{"alterations":{{alterations}},"dryRun":false,"reason":"test"}""");

        between.ShouldBe(before, about);
        dry.Status.ShouldBe(about == "refused" ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, dry.Body.ToString());
        real.Status.ShouldBe(dry.Status);
        Promise(dry).ShouldBe(Promise(real), about);
        if (dry.Status == HttpStatusCode.OK) (await client.GetAsync($"instances/{id}")).Revision.ShouldBe(real.Revision);
    }

    [Theory]
    [InlineData("[{}]")]
    [InlineData("[null]")]
    [InlineData("""[{"type":"Foo"}]""")]
    [InlineData("{}")]
    public async Task What_is_no_alteration_is_refused(string alterations)
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "wait" })).Text("id")!;

        var answer = await client.PostRawAsync($"instances/{id}/alterations", $$"""{"alterations":{{alterations}},"dryRun":true}""");

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Body.ToString());
    }

    [Fact]
    public async Task The_report_names_activities_waits_variables_and_the_status()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "wait" })).Text("id")!;

        var report = (await client.PostRawAsync(
            $"instances/{id}/alterations", """{"alterations":[{"type":"ModifyVariable","variableId":"level","value":7},{"type":"CancelActivity","activityId":"e"}],"dryRun":true}""")).Body;

        Texts("started").ShouldBe(["o"]);
        Texts("ended").ShouldBe(["o", "s"]);
        Texts("cancelled").ShouldBe(["e"]);
        report.GetProperty("waitsRemoved")[0].GetProperty("key").GetString().ShouldBe("go");
        var variable = report.GetProperty("variables")[0];
        (variable.GetProperty("name").GetString(), variable.GetProperty("from").GetInt32(), variable.GetProperty("to").GetInt32()).ShouldBe(("level", 1, 7));
        report.GetProperty("status").GetString().ShouldBe("finished");

        List<string?> Texts(string member) => [.. report.GetProperty(member).EnumerateArray().Select(item => item.GetString())];
    }

    [Fact]
    public async Task A_migration_without_a_counterpart_for_a_wait_is_refused_with_the_reason()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "steps", version = 1 })).Text("id")!;
        await client.PostAsync($"instances/{id}/events", new { name = "first" });

        var refused = await client.PostRawAsync($"instances/{id}/alterations", """{"alterations":[{"type":"Migrate","targetVersion":2}],"dryRun":true}""");

        refused.Text("reason").ShouldBe("alteration-refused");
        var error = refused.Body.GetProperty("errors")[0];
        (error.GetProperty("pointer").GetString(), error.GetProperty("found").GetString()).ShouldBe(("/alterations/0/targetVersion", "none for the wait of 'b' (Elsa.Event)"));
    }

    [Theory]
    [InlineData("""{"alterations":[null,{"type":"CancelActivity","activityId":"e"},null]}""", "/alterations/0", "/alterations/2")]
    [InlineData("""{"alterations":[],"reason":" ","dryRun":true}""", "/alterations", "/reason")]
    [InlineData("""{"alterations":[{"type":"Explode"},{"type":"Migrate","targetVersion":"2"}],"dryRun":true}""", "/alterations/0/type", "/alterations/1/targetVersion")]
    public async Task Everything_that_is_wrong_with_a_request_is_said_at_once(string body, params string[] pointers)
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "wait" })).Text("id")!;

        var errors = (await client.PostRawAsync($"instances/{id}/alterations", body)).Body.GetProperty("errors");

        errors.EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldBe(pointers);
    }

    [Theory]
    [InlineData("""{"alterations":[{"type":"Explode"}],"dryRun":true}""")]
    [InlineData("""{"alterations":[],"dryRun":true}""")]
    [InlineData("""{"alterations":[{"type":"ModifyVariable","variableId":"level"}],"dryRun":true}""")]
    [InlineData("""{"alterations":[{"type":"CancelActivity","activityId":"e"}],"dryRun":false}""")]
    [InlineData("""{"alterations":[{"type":"CancelActivity","activityId":"nobody"}],"dryRun":true}""")]
    public async Task Rubbish_is_refused(string body)
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "wait" })).Text("id")!;

        (await client.PostRawAsync($"instances/{id}/alterations", body)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    /// <summary>The answer without what has to differ.</summary>
    private static string Promise(ApiAnswer answer)
    {
        var report = JsonNode.Parse(answer.Body.GetRawText())!.AsObject();
        foreach (var member in new[] { "dryRun", "revision", "traceId" }) report.Remove(member);
        return report.ToJsonString();
    }
}
