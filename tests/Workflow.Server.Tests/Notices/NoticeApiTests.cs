using System.Net;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Notices;

/// <summary>A real server that is killed while it tells people; receipts, notices and what nobody answers, over HTTP.</summary>
public sealed class NoticeApiTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_server_that_is_killed_before_and_after_a_delivery_tells_each_once_under_one_id_and_records_it()
    {
        await using var gateway = new FakeGateway();
        var (isDead, arrived) = (true, new TaskCompletionSource());
        // Dead at first; then it has told the person and does not answer before the server is killed.
        gateway.Answer = async (call, cancel) =>
        {
            if (isDead) return null;
            if (!arrived.TrySetResult()) return (200, """{"status":"delivered"}""");
            gateway.Told.TryAdd(call.Id, call.Body.GetProperty("to").GetString()!);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return null;
        };
        await using var server = new ServerProcess(ServerProcess.NewFolder(), "--now", "2026-10-03T02:14:00+08:00", "--speed", "60");
        foreach (var (name, value) in new[]
        {
            ("Gateways__sms__Url", gateway.Address.ToString()), ("Gateways__sms__Secret", FakeGateway.Secret), ("AllowedHosts__0", "127.0.0.1"), ("AllowPrivateAddresses", "true"),
        }) server.Settings[$"Notifications__{name}"] = value;
        server.Settings["Delivery__MaxAttempts"] = "1000";
        server.Settings["Delivery__MaxPauseSeconds"] = "20";
        await server.StartAsync();
        string task;
        using (var @operator = await ApiClient.SignInAsync(server.Address, "operator"))
        using (var tech = await ApiClient.SignInAsync(server.Address, "tech"))
        {
            (await @operator.PostRawAsync("organisation/import?part=contacts", "member,channel,address\nu-grid,sms,13800000001\n", "text/csv")).Status.ShouldBe(HttpStatusCode.OK);
            var raised = await tech.PostAsync("tasks", new { definitionId = "air-station-alarm", areaCode = "510107064", subject = "大源站 PM2.5", priority = "urgent", inputs = new { pm25 = 182.5 } });
            raised.Status.ShouldBe(HttpStatusCode.Created, raised.Body.GetRawText());
            task = raised.Text("id")!;
        }
        // Committed, not delivered.
        await Poll.UntilAsync("an SMS is on its way", Limit, () => Task.FromResult(gateway.Attempts.Count > 0));
        await server.KillAsync();
        isDead = false;
        await server.StartAsync();
        // Delivered, not recorded.
        await arrived.Task.WaitAsync(Limit);
        await server.KillAsync();
        await server.StartAsync();

        using var grid = await ApiClient.SignInAsync(server.Address, "grid");
        JsonElement notice = default;
        await Poll.UntilAsync("the delivery is recorded", Limit, async () =>
        {
            notice = (await SmsAsync(grid, task)) ?? default;
            return notice.ValueKind == JsonValueKind.Object && notice.TryGetProperty("deliveredAt", out _);
        });
        (notice.GetProperty("to").GetProperty("userId").GetString(), notice.GetProperty("address").GetString()).ShouldBe(("u-grid", "138****01"));
        var id = $"{task}-{notice.GetProperty("number").GetInt32()}";
        gateway.Told.Keys.ShouldContain(id);
        gateway.Attempts[id].ShouldBeGreaterThan(1);
        gateway.Unsigned.ShouldBe(0);

        await ReceiveAsync(server, id);
        await AnswerAsync(server, grid, task, id);
    }

    /// <summary>Receipts count when they are signed, once; what is no receipt changes nothing.</summary>
    private static async Task ReceiveAsync(ServerProcess server, string id)
    {
        using var anybody = ApiClient.Anonymous(server.Address);
        const string Read = """{"status":"read"}""";
        async Task<HttpStatusCode> PostAsync(string to, string body, IEnumerable<(string, string)> headers) => (await anybody.PostRawAsync($"notices/{to}/receipts", body, "application/json", [.. headers])).Status;

        (await PostAsync(id, Read, [])).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(id, Read, FakeGateway.Sign(id, Read, "another secret here"))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(id, Read, FakeGateway.Sign(id, Read, secondsAgo: 3600))).ShouldBe(HttpStatusCode.Forbidden);
        var absent = $"{id}0";
        (await PostAsync(absent, Read, FakeGateway.Sign(absent, Read))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("rubbish", Read, FakeGateway.Sign("rubbish", Read))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(id, "{", FakeGateway.Sign(id, "{"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await PostAsync(id, Read, FakeGateway.Sign(id, Read))).ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(id, Read, FakeGateway.Sign(id, Read))).ShouldBe(HttpStatusCode.NoContent);
    }

    /// <summary>The item was read by its receipt, is listed as unanswered when its ladder has ended, and no longer when it is claimed.</summary>
    private static async Task AnswerAsync(ServerProcess server, ApiClient grid, string task, string id)
    {
        (await SmsAsync(grid, task))!.Value.TryGetProperty("readAt", out _).ShouldBeTrue(id);
        var item = (await grid.ItemOfAsync(task))!.Value.GetProperty("id").GetString()!;
        (await grid.PostAsync($"work-items/{item}/reading", new { })).Status.ShouldBe(HttpStatusCode.OK);
        (await LadderAsync(grid, item))!.Value.GetProperty("readers").GetArrayLength().ShouldBe(1);

        using var @operator = await ApiClient.SignInAsync(server.Address, "operator");
        async Task<bool> IsStuckAsync() => (await @operator.GetAsync("operations/stuck?limit=200")).Body.GetProperty("items").EnumerateArray().Any(stuck =>
            stuck.GetProperty("id").GetString() == task && stuck.GetProperty("reasons").EnumerateArray().Any(reason => reason.GetProperty("by").GetString() == "unanswered"));
        await Poll.UntilAsync("nobody is left to tell", Limit, IsStuckAsync);

        var revision = (await grid.GetAsync($"work-items/{item}")).Body.GetProperty("card").GetProperty("revision").GetInt32();
        (await grid.PostAsync($"work-items/{item}/claim", new { revision })).Status.ShouldBe(HttpStatusCode.OK);
        (await LadderAsync(grid, item))!.Value.GetProperty("end").GetString().ShouldBe("acknowledged");
        (await IsStuckAsync()).ShouldBeFalse();
        (await grid.GetAsync("notices?limit=0")).Body.GetRawText().ShouldContain("/limit");
        (await grid.GetAsync("notices?cursor=x")).Body.GetRawText().ShouldContain("/cursor");
    }

    private static async Task<JsonElement?> SmsAsync(ApiClient client, string task)
    {
        if (await client.ItemOfAsync(task) is not { } item || await LadderAsync(client, item.GetProperty("id").GetString()!) is not { } ladder) return null;
        return ladder.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("id").GetString() == "sms").SelectMany(step => step.GetProperty("notices").EnumerateArray())
            .Where(notice => notice.GetProperty("to").GetProperty("userId").GetString() == "u-grid").Select(notice => (JsonElement?)notice).FirstOrDefault();
    }

    private static async Task<JsonElement?> LadderAsync(ApiClient client, string item) =>
        (await client.GetAsync($"work-items/{item}")).Body.TryGetProperty("ladder", out var ladder) ? ladder : null;
}
