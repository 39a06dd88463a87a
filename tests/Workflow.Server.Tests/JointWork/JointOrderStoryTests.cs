using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.JointWork;

/// <summary>A dust storm, and what becomes of one of its tasks: an order, handed down to a district and two streets, with a quarrel, a failed recheck and an audit at the end.</summary>
public sealed class JointOrderStoryTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Sites = 300;
    private const int Alarms = 5000;
    private const int Batch = 1000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_storm_a_joint_order_a_ruling_and_a_failed_recheck_end_with_the_whole_tree_closed_and_every_step_has_its_actor()
    {
        using var people = new People(fixture.Address);
        var task = await StormAsync(people);
        var order = (await (await people.OfAsync("inspection")).PostAsync("orders", new { text = "限期查处扬尘，每日反馈", due = "2026-10-20T18:00:00+08:00", every = "P1D", tasks = new[] { task } })).Text("id")!;
        await UntilAsync("the order reaches its task", async () => (await people.GetAsync("inspection", $"tasks/{task}")).GetProperty("ordered").GetBoolean());
        (await people.GetAsync("inspection", $"orders/{order}")).GetProperty("number").GetString().ShouldBe("DB-2026-000001");
        await people.DoAsync("grid", task, "Done", new() { ["finding"] = "裸土未覆盖" }, withPhoto: true);
        await people.DoAsync("tech", task, "Done", new() { ["category"] = "裸土未覆盖", ["conclusion"] = "工地裸土" });

        var (lead, guixi, shiyang) = await HandDownAsync(people, task);
        await QuarrelAsync(people, shiyang);
        await AnswerAsync(people, lead, guixi, shiyang);
        await ReviewAsync(people, lead, guixi, shiyang);
        await RecheckAsync(people, task);
        // No readings come in for a day, so the effect cannot be shown by data and inspection looks.
        await fixture.Server.KillAsync();
        await fixture.Server.StartAsync("--now", "2026-10-05T09:00:00+08:00");
        await UntilAsync("a day has passed without readings", async () => await (await people.OfAsync("inspection")).ItemOfAsync(task) is not null);

        var evaluation = (await (await people.OfAsync("inspection")).ItemOfAsync(task))!.Value;
        var own = await (await people.OfAsync("both")).PostAsync($"work-items/{evaluation.GetProperty("id").GetString()}/claim", new { revision = evaluation.GetProperty("revision").GetInt32() });
        (own.Status, own.Text("reason"), own.Text("rule")).ShouldBe((HttpStatusCode.Forbidden, "avoidance-required", "avoidance"));
        await people.DoAsync("inspection", task, "Pass", new() { ["solved"] = true, ["cause"] = true, ["source"] = "裸土未覆盖", ["benefit"] = "周边扬尘减少" });
        await StrikeOffAsync(people, order);

        await AuditAsync(people, [task, lead, guixi, shiyang, order]);
    }

    private static async Task<string> StormAsync(People people)
    {
        var operatorClient = await people.OfAsync("operator");
        var sites = new StringBuilder("key,name,category,areaCode\n");
        for (var site = 0; site < Sites; site++) sites.Append(CultureInfo.InvariantCulture, $"site-{site},工地{site},dust-site,510107064\n");
        (await operatorClient.PostRawAsync("subjects/import", sites.ToString(), "text/csv")).IsSuccess.ShouldBeTrue();
        var tech = await people.OfAsync("tech");
        var raised = new HashSet<string>();
        for (var first = 0; first < Alarms; first += Batch)
        {
            var events = Enumerable.Range(first, Batch).Select(alarm => new
            {
                specversion = "1.0", id = $"a{alarm}", source = "urn:storm", type = "dust-site-alarm", subject = $"site-{alarm % Sites}", data = new { subject = "扬尘超限", inputs = new { pm10 = 160 + (alarm % 90) } },
            });
            var answer = await tech.PostRawAsync("cloud-events", JsonSerializer.Serialize(events), "application/cloudevents-batch+json");
            foreach (var one in answer.Body.GetProperty("items").EnumerateArray()) raised.Add(one.GetProperty("task").GetProperty("id").GetString()!);
        }
        raised.Count.ShouldBe(Sites);
        return raised.First();
    }

    private static async Task<(string Lead, string Guixi, string Shiyang)> HandDownAsync(People people, string task)
    {
        var inspection = await people.OfAsync("inspection");
        object Parts(string due) => new
        {
            parts = new object[]
            {
                new { areaCode = "gaoxin", role = "lead", text = "牵头查处", due, wanted = "处置情况" }, new { areaCode = "510107064", role = "assist", text = "覆盖裸土", due }, new { areaCode = "510107063", role = "assist", text = "排查周边", due },
            },
        };
        var late = await inspection.PostAsync($"tasks/{task}/hand-down", Parts("2027-01-01T00:00:00+08:00"));
        (late.Status, late.Text("reason")).ShouldBe((HttpStatusCode.UnprocessableEntity, "input-invalid"));
        (await (await people.OfAsync("grid-shiyang")).PostAsync($"tasks/{task}/hand-down", Parts("2026-10-08T10:00:00+08:00"))).Status.ShouldBe(HttpStatusCode.NotFound, "a street does not see it");

        var handed = await inspection.PostAsync($"tasks/{task}/hand-down", Parts("2026-10-08T10:00:00+08:00"), "hand-down-1");
        handed.Status.ShouldBe(HttpStatusCode.OK, handed.Body.ToString());
        (await inspection.PostAsync($"tasks/{task}/hand-down", Parts("2026-10-08T10:00:00+08:00"), "hand-down-1")).Body.ToString().ShouldBe(handed.Body.ToString());
        var parts = handed.Body.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("taskId").GetString()!).ToList();
        await UntilAsync("every part has begun", async () => (await TreeAsync(people, "inspection", task)).Count == 4);
        (await TreeAsync(people, "grid-shiyang", parts[2])).ShouldHaveSingleItem("a street sees its own part").GetProperty("areaName").GetString().ShouldBe("石羊街道");
        (await TreeAsync(people, "enforcement", parts[0])).Count.ShouldBe(4, "the task lies in the district too");
        return (parts[0], parts[1], parts[2]);
    }

    private static async Task QuarrelAsync(People people, string part)
    {
        foreach (var (who, proposed) in new[] { ("grid-shiyang", "grid-gaoxin"), ("grid-gaoxin", "grid-shiyang") })
        {
            var client = await people.OfAsync(who);
            var item = await people.ItemAsync(who, part);
            (await client.PostAsync($"work-items/{item.Id}/decline", new { revision = item.Revision, reason = "不属本街道", proposedTeam = proposed })).Status.ShouldBe(HttpStatusCode.OK);
        }
        var ruling = await people.ItemAsync("inspection", part);
        (await (await people.OfAsync("inspection")).PostAsync($"work-items/{ruling.Id}/ruling", new { revision = ruling.Revision, team = "grid-shiyang", reason = "以管理辖区为准" })).Status.ShouldBe(HttpStatusCode.OK);
        (await people.GetAsync("inspection", $"tasks/{part}")).GetProperty("part").GetProperty("team").GetString().ShouldBe("石羊街道网格");
    }

    private static async Task AnswerAsync(People people, string lead, string guixi, string shiyang)
    {
        await people.DoAsync("enforcement", lead, "Done", []);
        var answer = await people.ItemAsync("enforcement", lead);
        var enforcement = await people.OfAsync("enforcement");
        var claimed = await enforcement.PostAsync($"work-items/{answer.Id}/claim", new { revision = answer.Revision });
        var early = await enforcement.PostAsync($"work-items/{answer.Id}/completion", new { revision = claimed.Revision, outcome = "Done", values = new { feedback = "已查处" } });
        (early.Status, early.Text("reason"), early.Text("rule")).ShouldBe((HttpStatusCode.Conflict, "feedback-missing", "lead-answers-last"));
        foreach (var (who, part, outcome) in new[] { ("grid", guixi, "Done"), ("grid-shiyang", shiyang, "Explained") })
        {
            await people.DoAsync(who, part, "Done", []);
            await people.DoAsync(who, part, outcome, new() { ["feedback"] = outcome == "Done" ? "已覆盖 300 平方米" : "辖区内无工地" });
        }
        await UntilAsync("the lead has heard its assistants", async () =>
            (await enforcement.PostAsync($"work-items/{answer.Id}/completion", new { revision = claimed.Revision, outcome = "Done", values = new { feedback = "已查处" } })).Status == HttpStatusCode.OK);
    }

    private static async Task ReviewAsync(People people, string lead, string guixi, string shiyang)
    {
        await people.DoAsync("enforcement", guixi, "Accepted", new() { ["opinion"] = "属实" });
        await people.DoAsync("inspection", guixi, "SentBack", new() { ["opinion"] = "补充照片" });
        await people.DoAsync("grid", guixi, "Done", new() { ["feedback"] = "已补充" });
        foreach (var street in new[] { guixi, shiyang })
        {
            await people.DoAsync("enforcement", street, "Accepted", new() { ["opinion"] = "属实" });
            await people.DoAsync("inspection", street, "Accepted", new() { ["opinion"] = "同意" });
        }
        await people.DoAsync("inspection", lead, "Accepted", new() { ["opinion"] = "同意" });
    }

    /// <summary>The recheck finds open soil, so the task goes back to analysis; the second one finds none.</summary>
    private static async Task RecheckAsync(People people, string task)
    {
        await people.DoAsync("enforcement", task, "Done", new() { ["measure"] = "责令覆盖" });
        var recheck = await people.ItemAsync("grid", task);
        var grid = await people.OfAsync("grid");
        var claimed = await grid.PostAsync($"work-items/{recheck.Id}/claim", new { revision = recheck.Revision });
        (await grid.PostAsync($"work-items/{recheck.Id}/return", new { revision = claimed.Revision, to = "stage:analysis", reason = "复查仍有裸土" })).Status.ShouldBe(HttpStatusCode.OK);
        (await people.GetAsync("inspection", $"tasks/{task}")).GetProperty("stage").GetString().ShouldBe("analysis");
        await people.DoAsync("tech", task, "Done", new() { ["category"] = "裸土未覆盖", ["conclusion"] = "覆盖不全" });
        await people.DoAsync("enforcement", task, "Done", new() { ["measure"] = "全部覆盖" });
        await people.DoAsync("grid", task, "Done", new() { ["clean"] = true }, withPhoto: true);
        await people.DoAsync("grid", task, "Done", new() { ["morning"] = "正常", ["afternoon"] = "正常" }, withPhoto: true);
    }

    private static async Task StrikeOffAsync(People people, string order)
    {
        var (enforcement, inspection) = (await people.OfAsync("enforcement"), await people.OfAsync("inspection"));
        var skipped = await inspection.PostAsync($"orders/{order}/press", new { rung = "interview", text = "约谈" });
        (skipped.Status, skipped.Text("rule")).ShouldBe((HttpStatusCode.Conflict, "ladder"));
        (await inspection.PostAsync($"orders/{order}/press", new { rung = "urge", text = "请尽快报告" })).Status.ShouldBe(HttpStatusCode.OK);
        (await enforcement.PostAsync($"orders/{order}/feedback", new { text = "正在整改" })).Status.ShouldBe(HttpStatusCode.OK);
        (await inspection.PostAsync($"orders/{order}/strike-off", new { report = "属实" })).Text("rule").ShouldBe("strike-off");
        await people.DoAsync("enforcement", order, "Done", []);
        await UntilAsync("the order hears that its task is closed", async () => (await people.GetAsync("inspection", $"orders/{order}")).GetProperty("tasks")[0].TryGetProperty("endedAt", out _));
        await people.DoAsync("enforcement", order, "Done", new() { ["feedback"] = "全部整改到位" });
        var struck = await inspection.PostAsync($"orders/{order}/strike-off", new { report = "属实，予以销号" });
        struck.Status.ShouldBe(HttpStatusCode.OK, struck.Body.ToString());
        struck.Body.GetProperty("struckOff").GetProperty("report").GetString().ShouldBe("属实，予以销号");
        (await people.GetAsync("inspection", "orders?status=struckOff")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    private static async Task AuditAsync(People people, string[] tasks)
    {
        var tree = await TreeAsync(people, "inspection", tasks[0]);
        tree.Count.ShouldBe(4);
        tree.ShouldAllBe(node => node.GetProperty("status").GetString() == "closed");
        tree.Single(node => node.GetProperty("taskId").GetString() == tasks[2]).GetProperty("heldBy").EnumerateArray().Select(held => held.GetProperty("kind").GetString()).Distinct().ShouldBe(["work", "review"]);
        foreach (var task in tasks)
        {
            var journal = (await people.GetAsync("operator", $"instances/{task}/journal?verify=true&limit=200"));
            journal.GetProperty("chain").GetProperty("holds").GetBoolean().ShouldBeTrue();
            var without = journal.GetProperty("items").EnumerateArray().Where(burst => !burst.TryGetProperty("actor", out _)).Select(burst => burst.GetProperty("stimulus").GetString()).Distinct();
            without.ShouldBeSubsetOf(["TimerFired"], $"each step of {task} that is not time's has its actor");
        }
    }

    private static async Task<List<JsonElement>> TreeAsync(People people, string who, string task) => [.. (await people.GetAsync(who, $"tasks/{task}/tree")).GetProperty("tasks").EnumerateArray()];

    private static Task UntilAsync(string what, Func<Task<bool>> isSo) => Poll.UntilAsync(what, Limit, isSo);

    private sealed class People(Uri address) : IDisposable
    {
        private readonly Dictionary<string, ApiClient> clients = [];

        public async Task<ApiClient> OfAsync(string user) => clients.TryGetValue(user, out var known) ? known : clients[user] = await ApiClient.SignInAsync(address, user);

        public async Task<JsonElement> GetAsync(string user, string path)
        {
            var answer = await (await OfAsync(user)).GetAsync(path);
            answer.IsSuccess.ShouldBeTrue($"{user} {path}: {answer.Body}");
            return answer.Body;
        }

        public async Task<(string Id, int Revision)> ItemAsync(string user, string task)
        {
            // The inbox holds the whole storm, so the item is looked for on the task.
            JsonElement found = default;
            await UntilAsync($"{user} has an item of {task}", async () =>
            {
                found = (await GetAsync(user, $"tasks/{task}")).GetProperty("workItems").EnumerateArray().LastOrDefault(item => item.GetProperty("state").GetString() is "offered" or "claimed" or "disputed");
                return found.ValueKind == JsonValueKind.Object;
            });
            return (found.GetProperty("id").GetString()!, found.GetProperty("revision").GetInt32());
        }

        public async Task DoAsync(string user, string task, string outcome, JsonObject values, bool withPhoto = false)
        {
            var (client, item) = (await OfAsync(user), await ItemAsync(user, task));
            var claimed = await client.PostAsync($"work-items/{item.Id}/claim", new { revision = item.Revision });
            claimed.IsSuccess.ShouldBeTrue($"{user} claims of {task}: {claimed.Body}");
            if (withPhoto) (await client.AttachAsync(item.Id, ApiClient.Png)).IsSuccess.ShouldBeTrue();
            var done = await client.PostAsync($"work-items/{item.Id}/completion", new { revision = claimed.Revision, outcome, values = values.Count > 0 ? values : null });
            done.IsSuccess.ShouldBeTrue($"{user} completes of {task}: {done.Body}");
        }

        public void Dispose()
        {
            foreach (var client in clients.Values) client.Dispose();
        }
    }
}
