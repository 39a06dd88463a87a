using System.Net;
using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.Instances;

namespace Workflow.Server.Tests.Operations;

public sealed class OperationsApiTests(WorkflowServer server) : IClassFixture<WorkflowServer>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_dead_letter_is_listed_with_what_was_to_be_done_and_dies_again_after_a_retry()
    {
        using var client = await server.SignInAsync();
        var id = await DeadAsync(client);

        var letter = await client.GetAsync($"operations/dead-letters/{id}");
        var retried = await client.PostAsync($"operations/dead-letters/{id}/retry", new { reason = "the definition is there now" }, "retry-1");
        var again = await client.PostAsync($"operations/dead-letters/{id}/retry", new { reason = "the definition is there now" }, "retry-1");
        var other = await client.PostAsync($"operations/dead-letters/{id}/retry", new { reason = "another" }, "retry-1");

        letter.Body.GetProperty("payload").GetProperty("definitionId").GetString().ShouldBe("not-there");
        (letter.Text("kind"), letter.Text("attempts"), letter.Text("definitionId")).ShouldBe(("start-child", "1", "sends"));
        letter.Text("lastError").ShouldBe("expected a published workflow 'not-there', found none");
        (retried.Status, again.Status, other.Text("reason")).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK, "idempotency-key-reused"));
        again.Body.GetRawText().ShouldBe(retried.Body.GetRawText());
        await Poll.UntilAsync("it is dead again", Limit, async () => (await client.GetAsync($"operations/dead-letters/{id}")).Status == HttpStatusCode.OK);
        server.Server.Output.ShouldContain($"Dead letter {id}: retry by u-operator 何敏, reason: the definition is there now");
    }

    [Fact]
    public async Task A_discarded_dead_letter_is_gone_and_that_is_on_record()
    {
        using var client = await server.SignInAsync();
        var id = await DeadAsync(client);

        var without = await client.PostAsync($"operations/dead-letters/{id}/discard", new { reason = " " });
        var discarded = await client.PostAsync($"operations/dead-letters/{id}/discard", new { reason = "sent by hand" });
        var again = await client.PostAsync($"operations/dead-letters/{id}/discard", new { reason = "sent by hand" });

        (without.Status, without.Body.GetProperty("errors")[0].GetProperty("pointer").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "/reason"));
        (discarded.Status, again.Status, again.Text("reason")).ShouldBe((HttpStatusCode.OK, HttpStatusCode.NotFound, "dead-letter-unknown"));
        server.Server.Output.ShouldContain($"Dead letter {id}: discard by u-operator 何敏, reason: sent by hand");
    }

    [Fact]
    public async Task Dead_letters_are_paged_without_gaps()
    {
        using var client = await server.SignInAsync();
        var made = new List<string>();
        for (var count = 0; count < 4; count++) made.Add(await DeadAsync(client));

        var seen = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await client.GetAsync($"operations/dead-letters?limit=3{(next.Length > 0 ? $"&cursor={Uri.EscapeDataString(next)}" : "")}");
            seen.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            next = page.Text("next");
        }

        seen.ShouldBeUnique();
        seen.Where(made.Contains).ShouldBe(Enumerable.Reverse(made));
    }

    [Fact]
    public async Task An_instance_with_an_incident_and_one_with_an_effect_that_fails_are_stuck()
    {
        using var client = await server.SignInAsync();
        var broken = (await client.PostAsync("instances", new { definitionId = "broken" })).Text("id")!;
        var trying = (await client.PostAsync("instances", new { definitionId = "calls" })).Text("id")!;
        var fine = (await client.PostAsync("instances", new { definitionId = "wait" })).Text("id")!;

        var stuck = new Dictionary<string, JsonElement>();
        await Poll.UntilAsync("both are stuck", Limit, async () =>
        {
            foreach (var item in (await client.GetAsync("operations/stuck?limit=200")).Body.GetProperty("items").EnumerateArray()) stuck[item.GetProperty("id").GetString()!] = item;
            return stuck.ContainsKey(broken) && stuck.ContainsKey(trying);
        });

        stuck.ShouldNotContainKey(fine);
        ReasonOf(stuck[broken]).By.ShouldBe("incident");
        ReasonOf(stuck[trying]).By.ShouldBe("effect");
        ReasonOf(stuck[trying]).Message.ShouldStartWith("HttpRequestException");
        (await client.GetAsync("operations/stuck?limit=1")).Text("next").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_dispatched_start_that_fails_is_stuck_though_the_instance_is_not_there()
    {
        using var client = await server.SignInAsync();
        var now = TimeProvider.System.GetUtcNow();
        var start = new OutboxRow
        {
            InstanceId = new(Guid.CreateVersion7(now)), Number = 0, Kind = "start-child", Schema = 1, Payload = "{}", State = OutboxState.Pending, Attempts = 2, NextAt = now.AddDays(1), Epoch = 1,
            ClaimedUntil = null, CreatedAt = now, LastError = "the queue is full", Result = null,
        };
        await using var db = server.Server.Database.CreateDbContext();
        db.Outbox.Add(start);
        await db.SaveChangesAsync();

        var page = (await client.GetAsync("operations/stuck?limit=1")).Body;
        var next = (await client.GetAsync($"operations/stuck?cursor={Uri.EscapeDataString(page.GetProperty("next").GetString() ?? "")}")).Body;
        db.Outbox.Remove(start);
        await db.SaveChangesAsync();

        var stuck = page.GetProperty("items")[0];
        (stuck.GetProperty("id").GetString(), stuck.TryGetProperty("definitionId", out var definition) ? definition.GetString() : null).ShouldBe((start.InstanceId.ToString(), null));
        ReasonOf(stuck).ShouldBe(("effect", "the queue is full"));
        next.GetProperty("items").EnumerateArray().ShouldNotContain(item => item.GetProperty("id").GetString() == start.InstanceId.ToString());
    }

    [Fact]
    public async Task An_instance_with_a_timer_that_does_not_fire_is_stuck_and_the_status_shows_the_lag()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "wait" })).Text("id")!;
        var now = TimeProvider.System.GetUtcNow();
        InstanceId.TryParse(id, out var instance).ShouldBeTrue();
        // The instance knows nothing of this timer, so it is refused each time.
        var timer = new TimerRow { InstanceId = instance, Kind = TimerKind.Bookmark, Number = 999, DueAt = now.AddMinutes(-10) };
        await using var db = server.Server.Database.CreateDbContext();
        db.Timers.Add(timer);
        await db.SaveChangesAsync();

        var stuck = (await client.GetAsync("operations/stuck?limit=200")).Body.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);
        var timers = (await client.GetAsync("operations/status")).Body.GetProperty("timers");
        db.Timers.Remove(timer);
        await db.SaveChangesAsync();

        ReasonOf(stuck).ShouldBe(("timer", null));
        timers.GetProperty("overdue").GetInt32().ShouldBe(1);
        timers.GetProperty("lagSeconds").GetDouble().ShouldBeGreaterThanOrEqualTo(600);
    }

    [Fact]
    public async Task The_status_tells_what_this_server_has_done_and_what_waits()
    {
        using var client = await server.SignInAsync();
        var before = (await client.GetAsync("operations/status")).Body;
        await client.PostAsync("instances", new { definitionId = "broken" });

        var after = (await client.GetAsync("operations/status")).Body;

        Number(after, "queue", "commands").ShouldBeGreaterThan(Number(before, "queue", "commands"));
        Number(after, "queue", "capacity").ShouldBe(4096);
        Number(after, "queue", "latencyP99Ms").ShouldBeGreaterThanOrEqualTo(Number(after, "queue", "latencyP50Ms"));
        after.GetProperty("queue").GetProperty("batchSizes").GetArrayLength().ShouldBeInRange(1, 10);
        after.GetProperty("openIncidents").GetInt32().ShouldBeGreaterThan(0);
        after.GetProperty("database").GetProperty("provider").GetString().ShouldBe("sqlite");
        Number(after, "database", "sizeBytes").ShouldBeGreaterThan(100_000);
        Number(after, "database", "freeBytes").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task This_server_is_among_the_nodes_and_one_that_was_killed_is_shown_as_gone()
    {
        using var client = await server.SignInAsync();
        JsonElement[] nodes = [];

        await Poll.UntilAsync("the first sign of life is stored", Limit, async () =>
            (nodes = [.. (await client.GetAsync("operations/nodes")).Body.GetProperty("items").EnumerateArray()]).Any(node => node.GetProperty("isThis").GetBoolean()));
        await using (var db = server.Server.Database.CreateDbContext())
        {
            var now = TimeProvider.System.GetUtcNow();
            db.Nodes.Add(new() { Name = "killed", Address = "http://127.0.0.1:1", Version = "0", StartedAt = now.AddHours(-2), SeenAt = now.AddHours(-1) });
            db.Nodes.Add(new() { Name = "forgotten", Address = "http://127.0.0.1:1", Version = "0", StartedAt = now.AddDays(-3), SeenAt = now.AddHours(-25) });
            await db.SaveChangesAsync();
        }
        await Poll.UntilAsync("the one of yesterday is forgotten", Limit, async () =>
            (nodes = [.. (await client.GetAsync("operations/nodes")).Body.GetProperty("items").EnumerateArray()]).All(node => node.GetProperty("name").GetString() != "forgotten"));

        var own = nodes.Single(node => node.GetProperty("isThis").GetBoolean());
        own.GetProperty("address").GetString().ShouldBe(server.Server.Address.ToString().TrimEnd('/'));
        own.GetProperty("isGone").GetBoolean().ShouldBeFalse();
        nodes.Single(node => node.GetProperty("name").GetString() == "killed").GetProperty("isGone").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("operations/status")]
    [InlineData("operations/nodes")]
    [InlineData("operations/stuck")]
    [InlineData("operations/dead-letters")]
    [InlineData("operations/dead-letters/0199e00000007000800000000000000a-1")]
    public async Task Who_does_not_operate_sees_nothing_of_it(string path)
    {
        using var client = await server.SignInAsync("tech");

        (await client.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("operations/dead-letters?cursor=x", "/cursor")]
    [InlineData("operations/stuck?limit=0", "/limit")]
    public async Task What_does_not_fit_is_told(string path, string pointer)
    {
        using var client = await server.SignInAsync();

        (await client.GetAsync(path)).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
        (await client.GetAsync("operations/dead-letters/nonsense")).Text("reason").ShouldBe("dead-letter-unknown");
        (await client.PostAsync("operations/dead-letters/nonsense/retry", new { })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>Starts a workflow that starts another, without waiting, that is not there.</summary>
    private static async Task<string> DeadAsync(ApiClient client)
    {
        var instance = (await client.PostAsync("instances", new { definitionId = "sends" })).Text("id")!;
        string? found = null;
        await Poll.UntilAsync($"{instance} has a dead letter", Limit, async () =>
            (found = (await client.GetAsync("operations/dead-letters?limit=200")).Body.GetProperty("items").EnumerateArray()
                .Where(item => item.GetProperty("instanceId").GetString() == instance).Select(item => item.GetProperty("id").GetString()).FirstOrDefault()) is not null);
        return found!;
    }

    private static (string By, string? Message) ReasonOf(JsonElement stuck)
    {
        var reason = stuck.GetProperty("reasons").EnumerateArray().ShouldHaveSingleItem();
        return (reason.GetProperty("by").GetString()!, reason.TryGetProperty("message", out var message) ? message.GetString() : null);
    }

    private static double Number(JsonElement status, string part, string member) => status.GetProperty(part).GetProperty(member).GetDouble();
}
