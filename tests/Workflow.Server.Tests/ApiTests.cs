using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests;

public sealed class ApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly JsonObject Finding = new() { ["finding"] = "裸土未覆盖" };

    [Fact]
    public async Task A_task_goes_to_the_team_that_runs_the_street_not_to_the_one_it_is_coded_under()
    {
        using var tech = await SignInAsync("tech");
        using var grid = await SignInAsync("grid");

        var raised = await tech.RaiseAsync("routing");

        raised.Status.ShouldBe(HttpStatusCode.Created);
        raised.Text("number")!.ShouldStartWith("CD-2026-");
        var item = (await grid.ItemOfAsync(raised.Text("id")!))!.Value;
        item.GetProperty("teamName").GetString().ShouldBe("桂溪街道网格");
        (await tech.GetAsync($"tasks/{raised.Text("id")}")).Text("jurisdictionName").ShouldBe("高新区");
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_another_body_is_refused()
    {
        using var tech = await SignInAsync("tech");
        var first = await tech.RaiseAsync("once", key: "raise-once");

        var again = await tech.RaiseAsync("once", key: "raise-once");
        var other = await tech.RaiseAsync("other", key: "raise-once");

        again.Status.ShouldBe(HttpStatusCode.Created);
        again.Body.GetRawText().ShouldBe(first.Body.GetRawText());
        other.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        other.Text("reason").ShouldBe("idempotency-key-reused");
    }

    [Fact]
    public async Task One_bad_command_does_not_spoil_those_that_arrive_with_it()
    {
        using var tech = await SignInAsync("tech");

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => number % 8 == 0
            ? tech.PostRawAsync("tasks", $$$"""{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"bad {{{number}}}","inputs":{"station":"\ud83d"}}""")
            : tech.RaiseAsync($"beside a bad one {number}")));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(28);
        answers.Count(answer => answer.Status == HttpStatusCode.UnprocessableEntity).ShouldBe(4);
    }

    [Fact]
    public async Task A_refused_task_uses_up_no_number()
    {
        using var tech = await SignInAsync("tech");
        var before = NumberOf(await tech.RaiseAsync("before"));
        await tech.PostAsync("tasks", new { definitionId = "air-station-alarm", areaCode = "510107064", subject = "refused", inputs = new { pm25 = "much" } });

        NumberOf(await tech.RaiseAsync("after")).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Who_raised_a_task_sees_it_wherever_it_is()
    {
        using var grid = await SignInAsync("grid");

        var raised = await grid.RaiseAsync("seen on the way home", area: "510116001");

        (await grid.GetAsync($"tasks/{raised.Text("id")}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Many_tasks_at_once_get_a_number_each()
    {
        using var tech = await SignInAsync("tech");

        var raised = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => tech.RaiseAsync($"storm {number}")));

        raised.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        raised.Select(answer => answer.Text("number")).Distinct().Count().ShouldBe(40);
    }

    [Fact]
    public async Task Of_many_who_claim_at_once_one_wins_and_the_others_are_told()
    {
        using var tech = await SignInAsync("tech");
        using var grid = await SignInAsync("grid");
        var task = (await tech.RaiseAsync("race")).Text("id")!;
        var item = (await grid.ItemOfAsync(task))!.Value.GetProperty("id").GetString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => grid.PostAsync($"work-items/{item}/claim", new { revision = 1 })));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(answer => !answer.IsSuccess).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict && answer.Text("reason") == "already-claimed");
    }

    [Fact]
    public async Task Evidence_is_required_told_apart_by_its_bytes_and_read_back_unchanged()
    {
        using var tech = await SignInAsync("tech");
        using var grid = await SignInAsync("grid");
        var task = (await tech.RaiseAsync("evidence")).Text("id")!;
        var item = (await grid.ItemOfAsync(task))!.Value.GetProperty("id").GetString()!;
        await grid.PostAsync($"work-items/{item}/claim", new { revision = 1 });

        var without = await grid.PostAsync($"work-items/{item}/completion", new { revision = 2, outcome = "Done", values = Finding });
        var disguised = await grid.AttachAsync(item, "<svg onload=alert(1)>"u8.ToArray(), "photo.png");
        var attached = await grid.AttachAsync(item, ApiClient.Png);
        var done = await grid.PostAsync($"work-items/{item}/completion", new { revision = 2, outcome = "Done", values = Finding });

        without.Text("reason").ShouldBe("evidence-missing");
        disguised.Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        attached.Status.ShouldBe(HttpStatusCode.Created);
        attached.Text("contentType").ShouldBe("image/png");
        done.Status.ShouldBe(HttpStatusCode.OK);
        (await grid.GetAsync($"work-items/{item}")).Body.GetProperty("evidence").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_form_that_does_not_fit_is_refused_field_by_field_and_changes_nothing()
    {
        using var tech = await SignInAsync("tech");
        using var grid = await SignInAsync("grid");
        var task = (await tech.RaiseAsync("form")).Text("id")!;
        await grid.HandleAsync(task, "Done", new() { ["finding"] = "x" }, withPhoto: true);

        var refused = await tech.HandleAsync(task, "Done", new() { ["category"] = "moon", ["score"] = 120, ["extra"] = 1 });

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString())
            .ShouldBe(["/values/conclusion", "/values/category", "/values/score", "/values/extra"], ignoreOrder: true);
        (await tech.GetAsync($"tasks/{task}")).Text("stage").ShouldBe("analysis");
    }

    [Fact]
    public async Task A_false_alarm_goes_straight_to_post_evaluation()
    {
        using var tech = await SignInAsync("tech");
        using var grid = await SignInAsync("grid");
        using var inspection = await SignInAsync("inspection");
        var task = (await tech.RaiseAsync("false alarm")).Text("id")!;

        await grid.HandleAsync(task, "FalseAlarm", new() { ["finding"] = "nothing there" }, withPhoto: true);
        var middle = await tech.GetAsync($"tasks/{task}");
        await inspection.HandleAsync(task, "Pass", new() { ["solved"] = true });

        middle.Text("stage").ShouldBe("postEvaluation");
        middle.Body.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("state").GetString()).ShouldBe(["done", "done", "skipped", "skipped", "current"]);
        (await tech.GetAsync($"tasks/{task}")).Text("status").ShouldBe("closed");
    }

    [Theory]
    [InlineData("tasks", """{"definitionId":"none","areaCode":"510107064","subject":"x"}""", 422, "definition-unknown", null)]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"999","subject":"x"}""", 422, "area-unknown", null)]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":" "}""", 422, "input-invalid", "/subject")]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"x","inputs":{"pm25":"much"}}""", 422, "input-invalid", "/inputs/pm25")]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"x","inputs":{"pm10":1}}""", 422, "input-invalid", "/inputs/pm10")]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"x","priority":"huge"}""", 422, "input-invalid", "/priority")]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"x","admin":true}""", 422, "input-invalid", "/admin")]
    [InlineData("tasks", """{"definitionId":""", 422, "input-invalid", null)]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"x","inputs":{"station":"\ud83d"}}""", 422, "input-invalid", null)]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"x\u0000y"}""", 422, "input-invalid", "/subject")]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"x","priority":7}""", 422, "input-invalid", "/priority")]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"x","subject":"y"}""", 422, "input-invalid", null)]
    [InlineData("tasks", """{"definitionId":"air-station-alarm","areaCode":"510107064","subject":"x","reporter":{"name":"\u0000"}}""", 422, "input-invalid", "/reporter/name")]
    [InlineData("tasks?areaCode=510107064", "{}", 422, "input-invalid", null)]
    [InlineData("session", "{}", 422, "input-invalid", null)]
    [InlineData("work-items/rubbish/claim", """{"revision":1}""", 404, "work-item-unknown", null)]
    [InlineData("nowhere", "{}", 404, "no-such-route", null)]
    public async Task Rubbish_gets_a_problem_that_says_what_is_wrong(string path, string body, int status, string reason, string? pointer)
    {
        using var tech = await SignInAsync("tech");

        var answer = await tech.PostRawAsync(path, body);

        ((int)answer.Status).ShouldBe(status);
        answer.Text("reason").ShouldBe(reason);
        answer.Text("type").ShouldBe($"urn:workflow:problem:{reason}");
        if (pointer is not null) answer.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
    }

    [Theory]
    [InlineData("tasks?limit=0")]
    [InlineData("tasks?limit=100000")]
    [InlineData("tasks?cursor=rubbish")]
    [InlineData("tasks?cursor=LTV8eA%3D%3D")]
    [InlineData("work-items?cursor=OTIyMzM3MjAzNjg1NDc3NTgwN3x4fDE%3D")]
    [InlineData("tasks?status=lost")]
    [InlineData("work-items?list=all")]
    public async Task A_bad_query_is_refused(string path)
    {
        using var tech = await SignInAsync("tech");

        (await tech.GetAsync(path)).Text("reason").ShouldBe("input-invalid");
    }

    [Fact]
    public async Task An_event_that_nothing_waits_for_is_refused()
    {
        using var tech = await SignInAsync("tech");
        var task = (await tech.RaiseAsync("event")).Text("id");

        var answer = await tech.PostAsync($"tasks/{task}/events", new { name = "lab-result" });

        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.Text("reason").ShouldBe("event-not-awaited");
    }

    [Fact]
    public async Task Without_a_session_only_the_clock_and_the_sign_in_answer()
    {
        using var anonymous = ApiClient.Anonymous(fixture.Address);

        (await anonymous.GetAsync("clock")).Status.ShouldBe(HttpStatusCode.OK);
        (await anonymous.GetAsync("tasks")).Text("reason").ShouldBe("sign-in-required");
        (await anonymous.PostAsync("session", new { userName = "grid", password = "wrong" })).Text("reason").ShouldBe("wrong-credentials");
    }

    [Fact]
    public async Task Nobody_sees_or_touches_the_tasks_of_another_area()
    {
        using var tech = await SignInAsync("tech");
        using var grid = await SignInAsync("grid");
        var elsewhere = (await tech.RaiseAsync("in 双流", area: "510116001")).Text("id")!;

        (await grid.GetAsync($"tasks/{elsewhere}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await grid.GetAsync($"tasks/{elsewhere}/timeline")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await grid.GetAsync("tasks?limit=200")).Body.GetProperty("items").EnumerateArray().ShouldNotContain(task => task.GetProperty("id").GetString() == elsewhere);
        (await grid.PostAsync($"work-items/{elsewhere}-9/claim", new { revision = 1 })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_without_gap_or_repetition()
    {
        using var tech = await SignInAsync("tech");
        foreach (var number in Enumerable.Range(0, 5)) await tech.RaiseAsync($"page {number}");
        var whole = Ids((await tech.GetAsync("tasks?limit=200")).Body);

        var paged = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await tech.GetAsync($"tasks?limit=2{(next.Length > 0 ? $"&cursor={Uri.EscapeDataString(next)}" : "")}");
            paged.AddRange(Ids(page.Body));
            next = page.Text("next");
        }

        paged.ShouldBe(whole);
    }

    [Fact]
    public async Task The_committed_api_document_is_the_one_that_the_server_serves()
    {
        using var http = new HttpClient { BaseAddress = fixture.Address };
        var served = JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        var path = Path.Combine(ServerProcess.RepositoryRoot, "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("WORKFLOW_UPDATE_DOCS") is not null) await File.WriteAllTextAsync(path, served.ToJsonString(Indented) + "\n");

        var committed = JsonNode.Parse(await File.ReadAllTextAsync(path));

        JsonNode.DeepEquals(served, committed).ShouldBeTrue("docs/openapi.json is out of date; WORKFLOW_UPDATE_DOCS=1 ./test.sh writes it");
    }

    private static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static int NumberOf(ApiAnswer raised) => int.Parse(raised.Text("number")!.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Ids(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    private Task<ApiClient> SignInAsync(string userName) => ApiClient.SignInAsync(fixture.Address, userName);
}
