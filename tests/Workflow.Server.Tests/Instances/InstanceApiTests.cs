using System.Net;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Instances;

public sealed class InstanceApiTests(WorkflowServer server) : IClassFixture<WorkflowServer>
{
    [Fact]
    public async Task A_workflow_is_started_hears_its_event_and_gives_its_output()
    {
        using var client = await server.SignInAsync();
        var started = await client.PostAsync("instances", new { definitionId = "wait", inputs = new { start = 3 }, correlationId = "site-7" }, "start-once");
        var again = await client.PostAsync("instances", new { definitionId = "wait", inputs = new { start = 3 }, correlationId = "site-7" }, "start-once");
        var id = started.Text("id")!;

        var waiting = await client.GetAsync($"instances/{id}");
        var sent = await client.PostAsync($"instances/{id}/events", new { name = "go", payload = new { pm25 = 80 } });
        var ended = await client.GetAsync($"instances/{id}");

        (started.Status, again.Text("id")).ShouldBe((HttpStatusCode.Created, id));
        (waiting.Text("status"), waiting.Text("correlationId"), waiting.Text("isStalled")).ShouldBe(("running", "site-7", "False"));
        waiting.Body.GetProperty("waits")[0].GetProperty("key").GetString().ShouldBe("go");
        (sent.Status, ended.Text("status")).ShouldBe((HttpStatusCode.OK, "finished"));
        ended.Body.GetProperty("output").GetProperty("seen").GetProperty("pm25").GetInt32().ShouldBe(80);
    }

    [Fact]
    public async Task An_event_to_all_reaches_those_who_wait_starts_those_who_begin_and_the_same_key_gets_the_same_answer()
    {
        using var client = await server.SignInAsync();
        var id = await StartAsync(client, "wait", "all-1");
        await StartAsync(client, "wait", "all-2");

        var sent = await client.PostAsync("events", new { name = "go", correlationId = "all-1" }, "event-1");
        var again = await client.PostAsync("events", new { name = "go", correlationId = "all-1" }, "event-1");
        var other = await client.PostAsync("events", new { name = "other" }, "event-1");

        sent.Body.GetProperty("resumed").EnumerateArray().Select(reached => reached.GetString()).ShouldBe([id]);
        var begun = await client.GetAsync($"instances/{sent.Body.GetProperty("started")[0].GetString()}");
        (begun.Text("definitionId"), begun.Text("correlationId")).ShouldBe(("begun", "all-1"));
        begun.Body.GetProperty("waits")[0].GetProperty("activityId").GetString().ShouldBe("stay");
        again.Body.GetRawText().ShouldBe(sent.Body.GetRawText());
        other.Text("reason").ShouldBe("idempotency-key-reused");
    }

    [Fact]
    public async Task A_child_runs_beside_its_parent_which_goes_on_at_its_end()
    {
        using var client = await server.SignInAsync();
        var parent = await StartAsync(client, "parent");
        await WorkflowServer.UntilAsync(client, parent, instance => instance.GetProperty("effects").GetArrayLength() == 0);

        var reached = await client.PostAsync("events", new { name = "go", correlationId = "of-parent" });

        reached.Body.GetProperty("resumed").GetArrayLength().ShouldBe(1);
        await WorkflowServer.UntilAsync(client, parent, instance => instance.GetProperty("status").GetString() == "finished");
    }

    [Fact]
    public async Task Workflows_that_wait_for_one_another_in_a_circle_end_at_the_configured_number()
    {
        using var client = await server.SignInAsync();
        await StartAsync(client, "self");

        JsonElement[] found = [];
        await Poll.UntilAsync("the last of the circle has an incident", TimeSpan.FromSeconds(30), async () =>
            (found = [.. (await client.GetAsync("incidents?limit=200")).Body.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("definitionId").GetString() == "self")]).Length > 0);

        found.ShouldHaveSingleItem().GetProperty("message").GetString()!.ShouldStartWith("expected at most 3 instances that wait for one another");
    }

    [Fact]
    public async Task A_killed_server_does_what_was_asked_for_when_it_is_started_again()
    {
        await using var other = new ServerProcess(ServerProcess.NewFolder());
        foreach (var (name, value) in server.Server.Settings) other.Settings[name] = value;
        other.Settings["Sms__Folder"] = Path.Combine(server.Messages, "later");
        await other.StartAsync();
        using var client = await ApiClient.SignInAsync(other.Address, "operator");
        var id = (await client.PostAsync("instances", new { definitionId = "sms", inputs = new { to = "10086" } })).Text("id")!;
        await WorkflowServer.UntilAsync(client, id, instance => instance.GetProperty("effects")[0].GetProperty("attempts").GetInt32() > 0);
        await other.KillAsync();

        Directory.CreateDirectory(other.Settings["Sms__Folder"]);
        await other.StartAsync();

        await WorkflowServer.UntilAsync(client, id, instance => instance.GetProperty("status").GetString() == "finished");
        Directory.EnumerateFiles(other.Settings["Sms__Folder"]).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_task_that_was_asked_for_is_reported_under_its_id_once()
    {
        using var client = await server.SignInAsync();
        var id = await StartAsync(client, "asks");
        var task = (await client.GetAsync($"instances/{id}")).Body.GetProperty("waits")[0].GetProperty("key").GetString();

        var done = await client.PostAsync($"run-tasks/{task}/completion", new { result = 12 }, "done-1");
        var again = await client.PostAsync($"run-tasks/{task}/completion", new { result = 12 }, "done-1");
        var twice = await client.PostAsync($"run-tasks/{task}/completion", new { result = 12 });
        var unknown = await client.PostAsync("run-tasks/rubbish/completion", new { result = 12 });

        (done.Text("status"), again.Text("status")).ShouldBe(("finished", "finished"));
        (twice.Status, twice.Text("reason")).ShouldBe((HttpStatusCode.Conflict, "instance-finished"));
        (unknown.Status, unknown.Text("detail")).ShouldBe((HttpStatusCode.NotFound, "Expected a task of a RunTask activity that exists and that you may see, found none."));
    }

    [Fact]
    public async Task An_incident_is_listed_until_a_person_decides_on_it()
    {
        using var client = await server.SignInAsync();
        var id = await StartAsync(client, "broken");
        var open = (await client.GetAsync("incidents?open=true&limit=200")).Body.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("instanceId").GetString() == id);
        var number = open.GetProperty("number").GetInt32();

        var wrong = await client.PostAsync($"instances/{id}/incidents/{number}/decision", new { decision = "skip", outcome = "Sideways", reason = "set by hand" });
        var none = await client.PostAsync($"instances/{id}/incidents/999/decision", new { decision = "retry" });
        var skipped = await client.PostAsync($"instances/{id}/incidents/{number}/decision", new { decision = "skip", reason = "set by hand" });
        var twice = await client.PostAsync($"instances/{id}/incidents/{number}/decision", new { decision = "retry" });

        open.GetProperty("message").GetString().ShouldBe("variable 'n': expected a value of type Int32, found \"many\"");
        wrong.Text("reason").ShouldBe("outcome-unknown");
        none.Text("reason").ShouldBe("incident-unknown");
        (skipped.Status, skipped.Text("status")).ShouldBe((HttpStatusCode.OK, "running"));
        (twice.Text("reason"), twice.Text("title")).ShouldBe(("already-decided", "The incident is decided already"));
        (await client.GetAsync("incidents?limit=200")).Body.GetProperty("items").EnumerateArray().ShouldNotContain(item => item.GetProperty("instanceId").GetString() == id);
        var decided = (await client.GetAsync($"instances/{id}")).Body.GetProperty("incidents")[0];
        (decided.GetProperty("decision").GetString(), decided.GetProperty("decidedBy").GetProperty("name").GetString(), decided.GetProperty("reason").GetString()).ShouldBe(("skip", "何敏", "set by hand"));
    }

    [Fact]
    public async Task The_list_of_incidents_is_read_page_by_page()
    {
        using var client = await server.SignInAsync();
        foreach (var _ in Enumerable.Range(0, 3)) await StartAsync(client, "broken");
        var whole = (await client.GetAsync("incidents?limit=200")).Body.GetProperty("items").EnumerateArray().Select(Name).ToList();

        var paged = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await client.GetAsync($"incidents?limit=1{(next.Length > 0 ? $"&cursor={Uri.EscapeDataString(next)}" : "")}");
            paged.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(Name));
            next = page.Text("next");
        }

        paged.ShouldBe(whole);

        static string Name(JsonElement item) => $"{item.GetProperty("instanceId")}-{item.GetProperty("number")}";
    }

    [Fact]
    public async Task A_cancelled_instance_takes_nothing_more()
    {
        using var client = await server.SignInAsync();
        var id = await StartAsync(client, "wait");

        var silent = await client.PostAsync($"instances/{id}/cancel", new { reason = " " });
        var cancelled = await client.PostAsync($"instances/{id}/cancel", new { reason = "raised twice" });
        var late = await client.PostAsync($"instances/{id}/events", new { name = "go" });

        silent.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/reason");
        cancelled.Text("status").ShouldBe("cancelled");
        (late.Text("reason"), late.Text("title")).ShouldBe(("instance-finished", "The instance has ended"));
    }

    [Fact]
    public async Task Operating_is_for_operators_who_see_every_task()
    {
        using var client = await server.SignInAsync();
        using var grid = await server.SignInAsync("grid");
        using var tech = await server.SignInAsync("tech");
        var id = await StartAsync(client, "wait");
        var task = (await tech.RaiseAsync("seen by operators", area: "510116001")).Text("id");

        (await grid.PostAsync("instances", new { definitionId = "wait" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await grid.PostAsync($"instances/{id}/cancel", new { reason = "x" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await grid.GetAsync("incidents")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await grid.GetAsync($"instances/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await grid.GetAsync($"instances/{task}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync($"instances/{task}")).Text("definitionId").ShouldBe("air-station-alarm");
        (await client.GetAsync($"tasks/{task}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_payload_that_nobody_could_compute_with_is_refused_at_the_edge_and_the_wait_goes_on()
    {
        using var client = await server.SignInAsync();
        var id = await StartAsync(client, "wait");

        var refused = await client.PostRawAsync($"instances/{id}/events", """{"name":"go","payload":{"values":[1,-1e999]}}""");

        (refused.Text("reason"), refused.Body.GetProperty("errors")[0].GetProperty("pointer").GetString()).ShouldBe(("input-invalid", "/payload/values/1"));
        (await client.GetAsync($"instances/{id}")).Text("status").ShouldBe("running");
    }

    [Theory]
    [InlineData("""{"definitionId":"air-station-alarm"}""", "definition-unknown", null)]
    [InlineData("""{"definitionId":"wait","version":9}""", "definition-unknown", null)]
    [InlineData("""{"definitionId":"wait","inputs":{"start":"soon"}}""", "input-invalid", "/inputs/start")]
    [InlineData("""{"definitionId":"wait","inputs":{"stop":1}}""", "input-invalid", "/inputs/stop")]
    public async Task What_cannot_be_started_is_refused(string body, string reason, string? pointer)
    {
        using var client = await server.SignInAsync();

        var answer = await client.PostRawAsync("instances", body);

        answer.Text("reason").ShouldBe(reason);
        if (pointer is not null) answer.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
    }

    private static async Task<string> StartAsync(ApiClient client, string definitionId, string? correlationId = null, int? version = null)
    {
        var started = await client.PostAsync("instances", new { definitionId, correlationId, version });
        started.Status.ShouldBe(HttpStatusCode.Created, started.Body.ToString());
        return started.Text("id")!;
    }
}
