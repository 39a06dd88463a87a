using System.Net;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.WorkItems;

namespace Workflow.Server.Tests.Lists;

/// <summary>Lists, counts, filters and searches over HTTP, and many items in one command.</summary>
public sealed class ListApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>A task whose first item asks for a certificate that nobody has.</summary>
    private const string Certified = """
        { "definitionId": "certified", "name": "放射源监测", "version": 1,
          "root": { "id": "loop", "type": "Workflow.ClosedLoop", "sla": { "target": "PT72H", "calendar": "24x7" },
            "initiation": { "id": "initiation", "type": "Workflow.Stage", "body": { "id": "i", "type": "Elsa.Sequence" } },
            "response": { "id": "response", "type": "Workflow.Stage", "body": { "id": "r", "type": "Elsa.Sequence" } },
            "analysis": { "id": "analysis", "type": "Workflow.Stage", "body": { "id": "measure", "type": "Workflow.Enforcement", "title": "测量", "certificates": ["radiation"] } },
            "handling": { "id": "handling", "type": "Workflow.Stage", "body": { "id": "serve", "type": "Workflow.Enforcement", "title": "处置" } },
            "postEvaluation": { "id": "post", "type": "Workflow.Stage", "body": { "id": "evaluate", "type": "Workflow.Inspection", "title": "后评估" } } } }
        """;

    [Fact]
    public async Task A_task_is_found_by_number_subject_and_title_and_counted()
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");
        var raised = await grid.RaiseAsync("锦城湖 PM2.5 突升");
        var id = raised.Text("id")!;

        foreach (var search in (string[])["湖", "锦城", "ＰＭ2.5", "pm2", raised.Text("number")!, raised.Text("number")![^4..], "现场核实", "锦城 突升"])
            (await IdsAsync(grid, $"work-items?list=team&search={Uri.EscapeDataString(search)}", "taskId")).ShouldContain(id, search);
        (await IdsAsync(grid, $"work-items?list=team&search={Uri.EscapeDataString("湖锦")}", "taskId")).ShouldBeEmpty();
        (await IdsAsync(grid, "tasks?list=started&search=锦城湖&sort=due", "id")).ShouldContain(id);
        (await IdsAsync(grid, "tasks?area=510107064&priority=normal&stage=response", "id")).ShouldContain(id);
        (await IdsAsync(grid, "work-items?list=open&teamKind=enforcement", "taskId")).ShouldNotContain(id);

        var counts = (await grid.GetAsync("work-items/counts")).Body.GetProperty("lists").EnumerateArray().ToDictionary(list => list.GetProperty("list").GetString()!, list => list.GetProperty("count").GetInt32());
        counts.Keys.ShouldBe(["todo", "mine", "team", "copied", "open", "overdue", "today"]);
        counts["todo"].ShouldBe(counts["mine"] + counts["team"]);
        (counts["team"], counts["open"]).ShouldSatisfyAllConditions(both => both.Item1.ShouldBeGreaterThan(0), both => both.Item2.ShouldBeGreaterThanOrEqualTo(both.Item1));
    }

    [Fact]
    public async Task A_list_says_what_may_be_claimed_as_the_item_itself_does()
    {
        using var designer = await ApiClient.SignInAsync(fixture.Address, "designer");
        (await designer.PostRawAsync("definitions/import", $$"""{ "documents": [{{Certified}}], "publish": true }""")).Status.ShouldBe(HttpStatusCode.OK);
        using var tech = await ApiClient.SignInAsync(fixture.Address, "tech");
        await tech.PostAsync("tasks", new { definitionId = "certified", areaCode = "510107064", subject = "放射源" });
        await Collective.RaiseAsync(fixture.Address, "放射源 讨论");

        var said = new List<(string User, string? Title, bool MayClaim)>();
        foreach (var user in (string[])["tech", "enforcement", "inspection", "both"])
        {
            using var client = await ApiClient.SignInAsync(fixture.Address, user);
            foreach (var card in (await client.GetAsync($"work-items?list=open&search={Uri.EscapeDataString("放射源")}")).Body.GetProperty("items").EnumerateArray())
            {
                var own = (await client.GetAsync($"work-items/{card.Text("id")}")).Body.GetProperty("card");
                (card.GetProperty("canClaim").GetBoolean(), card.GetProperty("canComplete").GetBoolean()).ShouldBe((own.GetProperty("canClaim").GetBoolean(), own.GetProperty("canComplete").GetBoolean()), $"{user}: {card}");
                said.Add((user, card.Text("title"), card.GetProperty("canClaim").GetBoolean()));
            }
        }

        said.ShouldContain(("enforcement", "测量", false), "nobody has the certificate");
        said.ShouldContain(("inspection", "集体讨论", true));
        said.Where(one => one.User == "both" && one.MayClaim).ShouldBeEmpty("the part of their team is a supervisor's");
    }

    [Theory]
    [InlineData("work-items?list=everything", "/list")]
    [InlineData("work-items?sort=latest", "/sort")]
    [InlineData("work-items?area=nowhere", "/area")]
    [InlineData("work-items?priority=high", "/priority")]
    [InlineData("work-items?stage=1", "/stage")]
    [InlineData("work-items?due=soon", "/due")]
    [InlineData("work-items?teamKind=police", "/teamKind")]
    [InlineData("work-items?search=1%202%203%204%205%206%207%208%209", "/search")]
    [InlineData("work-items?sort=priority&cursor=OTIyMzM3MjAzNjg1NDc3NTgwN3x4fDE%3D", "/cursor")]
    [InlineData("work-items/counts?stage=late", "/stage")]
    [InlineData("tasks?status=closed&sort=due", "/sort")]
    [InlineData("tasks?teamKind=inspection", "/teamKind")]
    [InlineData("tasks?list=mine", "/list")]
    public async Task What_a_list_does_not_know_is_refused_and_named(string path, string pointer)
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");

        var answer = await grid.GetAsync(path);

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldContain(pointer);
    }

    [Fact]
    public async Task Each_item_of_many_has_its_own_answer_and_the_same_request_again_the_same_ones()
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");
        var (first, second) = (await ItemAsync(grid, "三瓦窑 扬尘"), await ItemAsync(grid, "十里店 扬尘"));
        var claim = new { command = "claim", items = new[] { first, second with { Revision = 9 }, new("nonsense", 1) } };

        var answers = Answers(await grid.PostAsync("work-items/bulk", claim, "bulk-claim"));

        answers.ShouldBe([(first.Id, 200, null), (second.Id, 409, "revision-stale"), ("nonsense", 404, "work-item-unknown")]);
        Answers(await grid.PostAsync("work-items/bulk", claim, "bulk-claim")).ShouldBe(answers);
        (await IdsAsync(grid, "work-items?list=mine&limit=200", "id")).ShouldContain(first.Id);
        var transfer = new { command = "transfer", items = new[] { first with { Revision = 2 }, second }, person = "u-grid-gaoxin", reason = "轮岗" };
        Answers(await grid.PostAsync("work-items/bulk", transfer)).ShouldBe([(first.Id, 200, null), (second.Id, 403, "not-allowed")]);
    }

    [Fact]
    public async Task A_supervisor_urges_many_and_who_works_on_no_items_claims_none()
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");
        using var inspection = await ApiClient.SignInAsync(fixture.Address, "inspection");
        using var @operator = await ApiClient.SignInAsync(fixture.Address, "operator");
        var item = await ItemAsync(grid, "金泉 扬尘");

        Answers(await inspection.PostAsync("work-items/bulk", new { command = "urge", items = new[] { item }, note = "请尽快" })).ShouldBe([(item.Id, 200, null)]);
        (await grid.GetAsync($"work-items/{item.Id}")).Body.GetProperty("card").TryGetProperty("urgedAt", out _).ShouldBeTrue();
        (await @operator.PostAsync("work-items/bulk", new { command = "claim", items = new[] { item } })).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Many_items_that_cannot_be_meant_are_refused_whole()
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");
        var none = Array.Empty<object>();

        (await PointersAsync(grid, new { command = "claim", items = none })).ShouldBe(["/items"]);
        (await PointersAsync(grid, new { command = "transfer", items = new[] { new Seen("a", 1), new("a", 1) } })).ShouldBe(["/items/1/id", "/team"]);
        (await PointersAsync(grid, new { command = "claim", items = Enumerable.Range(0, 201).Select(number => new Seen($"{number}", 1)) })).ShouldBe(["/items"]);
        (await grid.PostAsync("work-items/bulk", new { command = "complete", items = none })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_filter_is_saved_replaced_and_forgotten_each_person_their_own()
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");
        using var tech = await ApiClient.SignInAsync(fixture.Address, "tech");
        Task<ApiAnswer> SaveAsync(string of, string name, string query) => grid.RequestAsync(HttpMethod.Put, "saved-filters", JsonSerializer.Serialize(new { of, name, query }));
        async Task<List<string>> MineAsync(ApiClient client) => [.. (await client.GetAsync("saved-filters")).Body.GetProperty("items").EnumerateArray().Select(filter => $"{filter.GetProperty("name").GetString()}: {filter.GetProperty("query").GetString()}")];

        (await SaveAsync("work-items", "夜班", "list=team&priority=urgent")).Status.ShouldBe(HttpStatusCode.OK);
        (await SaveAsync("work-items", " 夜班 ", "list=team&search=扬尘")).Status.ShouldBe(HttpStatusCode.OK);
        (await SaveAsync("work-items", "", "x=1")).Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldBe(["/name", "/query"]);

        foreach (var (of, query) in new[] { ("work-items", "list=nowhere"), ("work-items", "area=1"), ("work-items", "sort=latest"), ("tasks", "teamKind=techGrid"), ("tasks", "status=closed&sort=due"), ("work-items", "list=open&status=open"), ("cars", "") })
            (await SaveAsync(of, "错", query)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, $"{of}?{query}");

        (await MineAsync(grid)).ShouldBe(["夜班: list=team&search=扬尘"]);
        foreach (var (query, pointer) in new[] { ("of=work-items", "/name"), ("name=x", "/of"), ("of=cars&name=x", "/of") })
            (await grid.RequestAsync(HttpMethod.Delete, $"saved-filters?{query}")).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
        (await MineAsync(tech)).ShouldBeEmpty();
        (await grid.RequestAsync(HttpMethod.Delete, $"saved-filters?of=work-items&name={Uri.EscapeDataString("夜班")}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await MineAsync(grid)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> PointersAsync(ApiClient client, object body) =>
        [.. (await client.PostAsync("work-items/bulk", body)).Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!)];

    private static async Task<Seen> ItemAsync(ApiClient client, string subject)
    {
        var item = (await client.ItemOfAsync((await client.RaiseAsync(subject)).Text("id")!))!.Value;
        return new(item.GetProperty("id").GetString()!, item.GetProperty("revision").GetInt32());
    }

    private static List<(string Id, int Status, string? Reason)> Answers(ApiAnswer answer) => [.. answer.Body.GetProperty("items").EnumerateArray().Select(one => (
        one.GetProperty("id").GetString()!, one.GetProperty("status").GetInt32(),
        one.TryGetProperty("problem", out var problem) && problem.ValueKind == JsonValueKind.Object ? problem.GetProperty("reason").GetString() : null))];

    private static async Task<IReadOnlyList<string>> IdsAsync(ApiClient client, string path, string member) =>
        [.. (await client.GetAsync(path)).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString()!)];

    private sealed record Seen(string Id, int Revision);
}
