using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.Definitions;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Clocks;

/// <summary>
/// A case like a penalty's, started on 23 November 2026 with 90 calendar days: provisional, because the holidays of 2027 are not known. Over HTTP, on each
/// database: the calendar of 2027 is previewed, approved by another person, and moves it; a later version of the definition shortens what is open.
/// </summary>
[Collection(Stores.Collection)]
public sealed class ClockChangeApiTests(Stores stores)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task A_calendar_and_a_policy_are_previewed_approved_by_another_person_and_move_what_is_open(string store)
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder(), "--now", "2026-11-23T09:00:00+08:00")
        {
            Postgres = store == "Postgres" ? await stores.NewPostgresAsync() : null,
        };
        server.Settings["ClockChanges__PollSeconds"] = "1";
        await server.StartAsync();
        using var designer = await ApiClient.SignInAsync(server.Address, "designer");
        using var supervisor = await ApiClient.SignInAsync(server.Address, "inspection");
        using var grid = await ApiClient.SignInAsync(server.Address, "grid");
        await designer.PublishAsync("penalty-like", Definition("90cd"));
        var first = await RaiseAsync(grid);
        var second = await RaiseAsync(grid);
        await Provisional(grid, first);

        // Calendar: what is refused changes nothing.
        var calendar = await With2027Async(designer, ("2027-02-22", "holiday"));
        (await designer.PostRawAsync("calendars/cn-gov/preview", """{ "id": "cn-gov" }""")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var limit = (await designer.PostRawAsync("calendars/cn-gov/preview?limit=abc", calendar)).Body.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (limit.GetProperty("pointer").GetString(), limit.GetProperty("found").GetString()).ShouldBe(("/limit", "'abc'"));
        (await designer.PostRawAsync("calendars/nowhere/preview", calendar)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await designer.PostRawAsync("calendars/24x7/preview", calendar)).Body.GetRawText().ShouldContain("as in the path");
        (await grid.PostRawAsync("calendars/cn-gov/preview", calendar)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var preview = await designer.PostRawAsync("calendars/cn-gov/preview?limit=1", calendar);
        preview.Status.ShouldBe(HttpStatusCode.OK, preview.Body.ToString());
        var counts = preview.Body.GetProperty("counts");
        (Number(counts, "altered"), Number(counts, "moved"), Number(counts, "later"), Number(counts, "noLongerProvisional"), Number(counts, "breachesAppearing")).ShouldBe((2, 2, 2, 2, 0));
        var row = preview.Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (row.GetProperty("taskNumber").GetString(), Instant(row, "dueBefore"), Instant(row, "due")).ShouldBe(("CD-2026-000001", At("2027-02-22T17:00+08:00"), At("2027-02-23T17:00+08:00")));
        var next = await designer.PostRawAsync($"calendars/cn-gov/preview?limit=1&cursor={Uri.EscapeDataString(preview.Text("next")!)}", calendar);
        next.Body.GetProperty("items")[0].GetProperty("taskNumber").GetString().ShouldBe("CD-2026-000002");
        next.Body.TryGetProperty("next", out _).ShouldBeFalse();
        await Provisional(grid, second);

        var change = preview.Body.GetProperty("change");
        var apply = new { fingerprint = change.GetProperty("fingerprint").GetString(), reason = "国办发明电〔2026〕7号" };
        (await designer.PostAsync("calendars/cn-gov/apply", apply)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await supervisor.PostAsync("calendars/nowhere/apply", apply)).Text("reason").ShouldBe("calendar-unknown");
        (await supervisor.PostAsync("calendars/cn-gov/apply", new { fingerprint = "another", apply.reason })).Text("reason").ShouldBe("precondition-failed");
        (await supervisor.PostAsync("calendars/cn-gov/apply", new { apply.fingerprint, reason = " " })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var applied = await supervisor.PostAsync("calendars/cn-gov/apply", apply, "apply-2027");
        applied.Status.ShouldBe(HttpStatusCode.Accepted, applied.Body.ToString());
        (await supervisor.PostAsync("calendars/cn-gov/apply", apply, "apply-2027")).Body.GetRawText().ShouldBe(applied.Body.GetRawText());
        (await supervisor.PostAsync("calendars/cn-gov/apply", apply)).Text("reason").ShouldBe("already-done");
        await DoneAsync(supervisor, applied);

        foreach (var task in (string[])[first, second])
        {
            var clock = await ClockAsync(grid, task);
            (Instant(clock, "due"), clock.GetProperty("provisional").GetBoolean()).ShouldBe((At("2027-02-23T17:00+08:00"), false));
            var move = clock.GetProperty("changes").EnumerateArray().ShouldHaveSingleItem();
            var told = (await grid.GetAsync($"tasks/{task}/timeline")).Body.GetProperty("items").EnumerateArray().Single(entry => entry.GetProperty("kind").GetString() == "clockRecounted");
            (told.GetProperty("actor").GetProperty("userId").GetString(), Instant(told, "dueBefore"), Instant(told, "due"), told.GetProperty("reason").GetString())
                .ShouldBe(("u-inspection", At("2027-02-22T17:00+08:00"), At("2027-02-23T17:00+08:00"), apply.reason));
            (move.GetProperty("why").GetString(), move.GetProperty("text").GetString(), move.GetProperty("approved").GetProperty("approverId").GetString())
                .ShouldBe(("calendarChanged", apply.reason, "u-inspection"));
        }
        var same = await designer.PostRawAsync("calendars/cn-gov/preview", calendar);
        (same.Status, same.Body.GetProperty("errors").GetArrayLength()).ShouldBe((HttpStatusCode.UnprocessableEntity, 1));

        // It lies in the database: a server that starts again, on the same file of 2026, goes on with it.
        await server.KillAsync();
        await server.StartAsync("--now", "2026-11-24T09:00:00+08:00");
        var known = (await designer.GetAsync("calendars/cn-gov")).Body;
        known.GetProperty("years").EnumerateArray().Last().GetInt32().ShouldBe(2027);

        // Policy: 60 days for new tasks, and for those that are open. The first version has no tasks of others.
        var only = await designer.PostAsync("definitions/penalty-like/versions/1/policy/preview", new { });
        (only.Status, only.Body.GetProperty("errors")[0].GetProperty("pointer").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "/version"));
        await designer.PublishAsync("penalty-like", Definition("60cd"));
        var shorter = await designer.PostAsync("definitions/penalty-like/versions/2/policy/preview", new { });
        shorter.Status.ShouldBe(HttpStatusCode.OK, shorter.Body.ToString());
        (Number(shorter.Body.GetProperty("counts"), "earlier"), shorter.Body.GetProperty("items")[0].GetProperty("target").GetString()).ShouldBe((2, "60cd"));
        var decision = new { fingerprint = shorter.Body.GetProperty("change").GetProperty("fingerprint").GetString(), reason = "提速" };
        var decided = await supervisor.PostAsync("definitions/penalty-like/versions/2/policy/apply", decision);
        decided.Status.ShouldBe(HttpStatusCode.Accepted, decided.Body.ToString());
        await DoneAsync(supervisor, decided);
        var after = await ClockAsync(grid, first);
        (Instant(after, "due"), after.GetProperty("target").GetString()).ShouldBe((At("2027-01-22T17:00+08:00"), "60cd"));
        after.GetProperty("changes").GetArrayLength().ShouldBe(2);
        (await grid.GetAsync($"tasks/{first}/timeline")).Body.GetProperty("items").EnumerateArray().Count(entry => entry.GetProperty("kind").GetString() == "clockRecounted")
            .ShouldBe(2, "clocks that have not moved say nothing");
        await OverAsync(designer, supervisor);
    }

    /// <summary>What was previewed and is not so any more is not applied: another version is in force, or the one that was previewed was retracted.</summary>
    private static async Task OverAsync(ApiClient designer, ApiClient supervisor)
    {
        async Task<object> PreviewedAsync(int version, string target)
        {
            await designer.PublishAsync("penalty-like", Definition(target));
            var preview = await designer.PostAsync($"definitions/penalty-like/versions/{version}/policy/preview", new { });
            return new { fingerprint = preview.Body.GetProperty("change").GetProperty("fingerprint").GetString(), reason = "提速" };
        }
        Task<ApiAnswer> ApplyAsync(int version, object decision) => supervisor.PostAsync($"definitions/penalty-like/versions/{version}/policy/apply", decision);
        var third = await PreviewedAsync(3, "50cd");
        var fourth = await PreviewedAsync(4, "40cd");

        (await ApplyAsync(3, fourth)).Text("detail")!.ShouldContain("the fingerprint of a preview of version 3");
        (await ApplyAsync(4, fourth)).Status.ShouldBe(HttpStatusCode.Accepted);
        var late = await ApplyAsync(3, third);
        (late.Status, late.Text("detail")).ShouldBe((HttpStatusCode.PreconditionFailed, "Expected version '2' to be in force, as when it was previewed, found version '4': preview it again."));

        var fifth = await PreviewedAsync(5, "30cd");
        await designer.RequestAsync(HttpMethod.Post, "definitions/penalty-like/versions/5/retract");
        (await ApplyAsync(5, fifth)).Text("reason").ShouldBe("version-unknown");
        (await supervisor.GetAsync("clock-changes")).Body.EnumerateArray().Select(change => (change.GetProperty("version").GetString(), change.GetProperty("state").GetString()))
            .ShouldContain(("3", "outdated"));
    }

    private static async Task Provisional(ApiClient grid, string task)
    {
        var clock = await ClockAsync(grid, task);
        (Instant(clock, "due"), clock.GetProperty("provisional").GetBoolean()).ShouldBe((At("2027-02-22T17:00+08:00"), true));
    }

    private static async Task<JsonElement> ClockAsync(ApiClient client, string task) =>
        (await client.GetAsync($"tasks/{task}")).Body.GetProperty("clocks").EnumerateArray().Single(clock => clock.GetProperty("scope").GetString() == "task");

    private static async Task<string> RaiseAsync(ApiClient grid)
    {
        var raised = await grid.PostAsync("tasks", new { definitionId = "penalty-like", subject = "涉嫌违法排污", areaCode = "510107064" });
        raised.Status.ShouldBe(HttpStatusCode.Created, raised.Body.ToString());
        return raised.Text("id")!;
    }

    private static Task DoneAsync(ApiClient client, ApiAnswer applied) =>
        Poll.UntilAsync("every open clock counts by the change", Limit, async () => (await client.GetAsync($"clock-changes/{applied.Text("number")}")).Text("state") == "done");

    private static async Task<string> With2027Async(ApiClient client, params (string Date, string Kind)[] days)
    {
        var document = JsonNode.Parse((await client.GetAsync("calendars/cn-gov")).Body.GetProperty("document").GetRawText())!;
        document["years"]!["2027"] = new JsonArray([.. days.Select(day => (JsonNode)new JsonObject { ["date"] = day.Date, ["kind"] = day.Kind, ["name"] = "测试" })]);
        return document.ToJsonString();
    }

    /// <summary>The air station's, with another target of the whole.</summary>
    private static string Definition(string target)
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(ServerProcess.RepositoryRoot, "definitions", "workflows", "air-station-alarm.json")))!.AsObject();
        (document["definitionId"], document["name"]) = ("penalty-like", "行政处罚");
        document.Remove("version");
        document.Remove("$schema");
        var root = document["root"]!.AsObject();
        root["sla"] = new JsonObject { ["target"] = target, ["calendar"] = "cn-gov" };
        return document.ToJsonString();
    }

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private static DateTimeOffset Instant(JsonElement of, string name) => of.GetProperty(name).GetDateTimeOffset();

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, null);
}
