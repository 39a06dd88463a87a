using System.Net;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>A penalty case of 90 calendar days over the turn of a year: eight days at the laboratory move it, a pause that is approved late takes a breach back, and what is odd is listed.</summary>
public sealed class PenaltyCaseTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Document = """
        { "definitionId": "penalty", "name": "行政处罚案件", "version": 1,
          "root": { "id": "loop", "type": "Workflow.ClosedLoop", "sla": { "target": "90cd", "basis": "《生态环境行政处罚办法》", "pauseReasons": ["testing"] },
            "initiation": { "id": "initiation", "type": "Workflow.Stage", "body": { "id": "i", "type": "Elsa.Sequence" } },
            "response": { "id": "response", "type": "Workflow.Stage", "body": { "id": "r", "type": "Elsa.Sequence" } },
            "analysis": { "id": "analysis", "type": "Workflow.Stage", "body": { "id": "n", "type": "Elsa.Sequence" } },
            "handling": { "id": "handling", "type": "Workflow.Stage",
              "sla": { "target": { "normal": "2wd", "urgent": "PT4H" }, "pauseReasons": ["testing", "hearing"],
                       "rungs": [ { "id": "start", "at": "1%", "do": "notify", "to": "supervisor" } ] },
              "body": { "id": "handle", "type": "Workflow.Enforcement", "title": "调查取证" } },
            "postEvaluation": { "id": "post", "type": "Workflow.Stage", "body": { "id": "evaluate", "type": "Workflow.Inspection", "title": "后评估" } } } }
        """;

    private static readonly string[] Unknown = ["no-such"];

    private readonly ServerProcess server = new(ServerProcess.NewFolder(), "--now", "2026-11-23T10:00:00+08:00");

    public Task InitializeAsync() => server.StartAsync();

    async Task IAsyncLifetime.DisposeAsync() => await server.DisposeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Eight_days_at_the_laboratory_move_a_penalty_case_in_the_ledger_with_the_document()
    {
        var task = await RaiseAsync();
        using (var enforcement = await ApiClient.SignInAsync(server.Address, "enforcement"))
        {
            var clock = await LoopAsync(enforcement, task);
            (clock.GetProperty("due").GetDateTimeOffset(), clock.GetProperty("provisional").GetBoolean()).ShouldBe((DateTimeOffset.Parse("2027-02-22T17:00:00+08:00", null), true));
            var item = await ItemAsync(enforcement, task);
            (await enforcement.PostAsync($"work-items/{item}/claim", new { revision = 1 })).Status.ShouldBe(HttpStatusCode.OK);
            await RubbishAsync(enforcement, item);
            var document = (await enforcement.AttachAsync(item, ApiClient.Png)).Text("id");
            (await enforcement.GetAsync($"work-items/{item}")).Body.GetProperty("pauseReasons").EnumerateArray().Select(reason => reason.GetProperty("id").GetString()).ShouldBe(["testing", "hearing"]);

            (await enforcement.PostAsync($"work-items/{item}/suspension", new { revision = 2, reason = "testing", note = "送检 3 份", evidence = new[] { document } })).Status.ShouldBe(HttpStatusCode.OK);

            var held = await LoopAsync(enforcement, task);
            held.GetProperty("state").GetString().ShouldBe("stopped");
            (held.GetProperty("resumesAt").GetDateTimeOffset(), held.GetProperty("resumesProvisional").GetBoolean()).ShouldBe((DateTimeOffset.Parse("2027-02-15T17:00:00+08:00", null), true), "60 working days, some of them in a year that is not known");
            held.GetProperty("ledger").EnumerateArray().Select(entry => (entry.GetProperty("rule").GetString(), entry.GetProperty("counted").GetBoolean(), entry.TryGetProperty("to", out _)))
                .ShouldBe([("start-day", false, true), ("stopped", false, false)], "nothing counts after the stop, which has no end yet");
            held.GetProperty("ledger")[1].GetProperty("pause").GetProperty("note").GetString().ShouldBe("送检 3 份");
            (await enforcement.GetAsync($"tasks/{task}/timeline")).Body.GetProperty("items").EnumerateArray()
                .Count(entry => entry.TryGetProperty("note", out var note) && note.GetString() == "送检 3 份").ShouldBe(1);
        }
        await ClockToAsync("2026-12-01T16:00:00+08:00");
        using var back = await ApiClient.SignInAsync(server.Address, "enforcement");
        (await back.PostAsync($"work-items/{await ItemAsync(back, task)}/resumption", new { revision = 3 })).Status.ShouldBe(HttpStatusCode.OK);

        var moved = await LoopAsync(back, task);
        moved.GetProperty("due").GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse("2027-03-01T17:00:00+08:00", null), "the 98th day");
        var pause = moved.GetProperty("ledger").EnumerateArray().Single(entry => entry.GetProperty("rule").GetString() == "stopped");
        (pause.GetProperty("name").GetString(), pause.GetProperty("days").GetInt32(), pause.GetProperty("counted").GetBoolean()).ShouldBe(("testing", 8, false));
        var (askedBy, note) = (pause.GetProperty("pause").GetProperty("askedBy").GetString(), pause.GetProperty("pause").GetProperty("note").GetString());
        (askedBy, note).ShouldBe(("陈强", "送检 3 份"));
        var url = pause.GetProperty("pause").GetProperty("evidence")[0].GetString()!;
        (await back.GetAsync(url["/api/v1/".Length..])).Status.ShouldBe(HttpStatusCode.OK, "the ledger leads to the document");
        moved.GetProperty("ledger").EnumerateArray().Where(entry => entry.GetProperty("counted").GetBoolean()).Sum(entry => entry.GetProperty("days").GetInt32()).ShouldBe(90);
    }

    [Fact]
    public async Task A_hearing_stops_the_clock_when_it_is_approved_and_takes_a_breach_back()
    {
        var task = await RaiseAsync();
        string item;
        using (var enforcement = await ApiClient.SignInAsync(server.Address, "enforcement"))
        {
            item = await ItemAsync(enforcement, task);
            (await enforcement.PostAsync($"work-items/{item}/claim", new { revision = 1 })).Status.ShouldBe(HttpStatusCode.OK);
            (await enforcement.PostAsync($"work-items/{item}/suspension", new { revision = 2, reason = "hearing", note = "当事人申请听证" })).Status.ShouldBe(HttpStatusCode.OK);
            (await enforcement.GetAsync("pauses/odd")).Text("rule").ShouldBe("who-may/see-pauses");
        }
        await ClockToAsync("2026-11-26T09:00:00+08:00");
        using var supervisor = await ApiClient.SignInAsync(server.Address, "inspection");
        await Poll.UntilAsync("the stage is late", TimeSpan.FromSeconds(60), async () => IsLate(await ClockAsync(supervisor, task, "stage")));
        (await supervisor.GetAsync("pauses/requests")).Body.GetProperty("items").EnumerateArray().Select(request => request.GetProperty("workItemId").GetString()).ShouldBe([item]);
        await Poll.UntilAsync("the notice is there", TimeSpan.FromSeconds(60), async () => await NoticeAsync(supervisor, task) is not null);
        await SeeAsync(supervisor, task);
        var told = await FiredAsync(supervisor, task);
        told.GetProperty("due").GetDateTimeOffset().ShouldBe((await ClockAsync(supervisor, task, "stage")).GetProperty("due").GetDateTimeOffset());

        (await supervisor.PostAsync($"work-items/{item}/suspension/decision", new { revision = 3, approved = true, reason = "同意" })).Status.ShouldBe(HttpStatusCode.OK);

        var clock = await ClockAsync(supervisor, task, "stage");
        (IsLate(clock), clock.GetProperty("state").GetString()).ShouldBe((false, "stopped"));
        (await LoopAsync(supervisor, task)).GetProperty("state").GetString().ShouldBe("stopped");
        (await supervisor.GetAsync($"tasks/{task}/timeline")).Body.GetRawText().ShouldContain("\"kind\":\"breachAnnulled\"");
        (await supervisor.GetAsync("pauses/requests")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await supervisor.GetAsync("pauses/odd?days=400")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await supervisor.GetAsync("pauses/odd")).Body.GetProperty("looked").GetInt32().ShouldBe(1);

        var urgent = await supervisor.PostAsync($"tasks/{task}/priority", new { priority = "urgent", reason = "领导批示" });
        urgent.Text("priority").ShouldBe("urgent");
        (await ClockAsync(supervisor, task, "stage")).GetProperty("target").GetString().ShouldBe("PT4H");
        (await FiredAsync(supervisor, task)).GetRawText().ShouldBe(told.GetRawText(), "what has moved the clock since does not change what was");
        (await supervisor.PostAsync($"tasks/{task}/priority", new { priority = "urgent", reason = "" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await supervisor.PostAsync($"tasks/{task}/priority", new { priority = "urgent", reason = "再次" })).Text("rule").ShouldBe("priority");
    }

    private static async Task<JsonElement> FiredAsync(ApiClient client, string task) =>
        (await client.GetAsync($"tasks/{task}/timeline")).Body.GetProperty("items").EnumerateArray().Single(entry => entry.GetProperty("kind").GetString() == "rungFired");

    private static async Task<JsonElement?> NoticeAsync(ApiClient client, string task) =>
        (await client.GetAsync("notices")).Body.GetProperty("items").EnumerateArray().Where(notice => notice.GetProperty("taskId").GetString() == task).Select(notice => (JsonElement?)notice).FirstOrDefault();

    /// <summary>What a rung tells counts until it was seen, and seeing never goes back.</summary>
    private static async Task SeeAsync(ApiClient supervisor, string task)
    {
        async Task<int> CountAsync() => (await supervisor.GetAsync("notices/count")).Body.GetProperty("count").GetInt32();
        Task<ApiAnswer> PutAsync(DateTimeOffset until) => supervisor.RequestAsync(HttpMethod.Put, "notices/seen", JsonSerializer.Serialize(new { until }));
        var notice = (await NoticeAsync(supervisor, task))!.Value;
        (notice.GetProperty("kind").GetString(), notice.GetProperty("unread").GetBoolean()).ShouldBe(("rung", true));
        (await CountAsync()).ShouldBeGreaterThan(0);
        var at = notice.GetProperty("at").GetDateTimeOffset();

        (await PutAsync(at.AddYears(1))).Body.GetRawText().ShouldContain("/until");
        (await supervisor.RequestAsync(HttpMethod.Put, "notices/seen", """{ "until": "2026-11-24T09:00:00" }""")).Body.GetRawText().ShouldContain("with offset");
        (await PutAsync(at)).Status.ShouldBe(HttpStatusCode.OK);
        (await PutAsync(at.AddDays(-1))).Body.GetProperty("until").GetDateTimeOffset().ShouldBe(at);
        (await NoticeAsync(supervisor, task))!.Value.GetProperty("unread").GetBoolean().ShouldBeFalse();
        (await CountAsync()).ShouldBe(0);
    }

    private static async Task RubbishAsync(ApiClient enforcement, string item)
    {
        var none = await enforcement.PostAsync($"work-items/{item}/suspension", new { revision = 2, reason = "testing" });
        (none.Status, none.Text("reason")).ShouldBe((HttpStatusCode.UnprocessableEntity, "evidence-missing"), none.Body.ToString());
        (await enforcement.PostAsync($"work-items/{item}/suspension", new { revision = 2, reason = "testing", evidence = Unknown })).Body.GetRawText().ShouldContain("/evidence/0");
        (await enforcement.PostRawAsync($"work-items/{item}/suspension", """{ "revision": 2, "reason": "testing", "evidence": [null] }""")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var unheard = await enforcement.PostAsync($"work-items/{item}/suspension", new { revision = 2, reason = "lunch" });
        (unheard.Status, unheard.Body.GetProperty("errors")[0].GetProperty("pointer").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "/reason"), unheard.Body.ToString());
        (await enforcement.PostAsync($"work-items/{item}/suspension/decision", new { revision = 2, approved = true })).Text("rule").ShouldBe("who-may/decide-pause");
    }

    private async Task<string> RaiseAsync()
    {
        using var designer = await ApiClient.SignInAsync(server.Address, "designer");
        var unknown = await designer.PostRawAsync("definitions/import", $$"""{ "documents": [{{Document.Replace("\"testing\", \"hearing\"", "\"tasting\"", StringComparison.Ordinal)}}], "publish": true }""");
        unknown.Body.GetRawText().ShouldContain("/root/handling/sla/pauseReasons/0");
        var imported = await designer.PostRawAsync("definitions/import", $$"""{ "documents": [{{Document}}], "publish": true }""");
        imported.Status.ShouldBe(HttpStatusCode.OK, imported.Body.ToString());
        using var tech = await ApiClient.SignInAsync(server.Address, "tech");
        var raised = await tech.PostAsync("tasks", new { definitionId = "penalty", areaCode = "510107064", subject = "某厂超标排放案" });
        return raised.Text("id") ?? throw new InvalidOperationException(raised.Body.ToString());
    }

    private async Task ClockToAsync(string now)
    {
        await server.KillAsync();
        await server.StartAsync("--now", now);
    }

    private static async Task<string> ItemAsync(ApiClient client, string task) => (await client.GetAsync($"tasks/{task}")).Body.GetProperty("workItems")[0].GetProperty("id").GetString()!;

    private static bool IsLate(JsonElement clock) => clock.TryGetProperty("breachedAt", out var at) && at.ValueKind != JsonValueKind.Null;

    private static Task<JsonElement> LoopAsync(ApiClient client, string task) => ClockAsync(client, task, "task");

    private static async Task<JsonElement> ClockAsync(ApiClient client, string task, string scope) =>
        (await client.GetAsync($"tasks/{task}")).Body.GetProperty("clocks").EnumerateArray().Single(clock => clock.GetProperty("scope").GetString() == scope);
}
