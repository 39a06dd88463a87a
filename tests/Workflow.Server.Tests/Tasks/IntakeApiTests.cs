using System.Globalization;
using System.Net;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Tasks;

/// <summary>Tasks come in one by one, in batches and as CloudEvents; alarms of one site join its open task.</summary>
public sealed class IntakeApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Street = "510107064";

    private static readonly string[] Sites = ["intake-one", "intake-other", "intake-low", "batch-1", "batch-2", "batch-3", "event-site", "too-many", "in-order", "due-1", "due-2", "due-3"];

    [Fact]
    public async Task Alarms_of_one_site_join_its_open_task_and_are_listed_there()
    {
        using var tech = await SignInAsync();

        var first = await tech.PostAsync("tasks", Dust("intake-one", 180));
        var second = await tech.PostAsync("tasks", Dust("intake-one", 110));
        var other = await tech.PostAsync("tasks", Dust("intake-other", 180));

        (first.Status, second.Status, other.Status).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created));
        (second.Text("id"), second.Text("number"), second.Text("alarms")).ShouldBe((first.Text("id"), first.Text("number"), "2"));
        other.Text("id").ShouldNotBe(first.Text("id"));
        var alarms = (await tech.GetAsync($"tasks/{first.Text("id")}/alarms")).Body.GetProperty("items").EnumerateArray().ToList();
        alarms.Select(alarm => (alarm.GetProperty("level").GetString(), alarm.GetProperty("inputs").GetProperty("pm10").GetDouble())).ShouldBe([("raised", 180), ("cleared", 110)]);
        var task = (await tech.GetAsync($"tasks/{first.Text("id")}")).Body.GetProperty("alarms");
        (task.GetProperty("count").GetInt32(), task.GetProperty("clearedAt").ValueKind).ShouldBe((2, JsonValueKind.String));
    }

    [Fact]
    public async Task A_value_below_the_limit_raises_nothing_and_the_answer_names_the_limit()
    {
        using var tech = await SignInAsync();

        var answer = await tech.PostAsync("tasks", Dust("intake-low", 149.5));

        (answer.Status, answer.Text("reason")).ShouldBe((HttpStatusCode.UnprocessableEntity, "alarm-below-limit"));
        answer.Text("detail").ShouldBe("Expected pm10 of at least 150, found 149.5.");
    }

    [Fact]
    public async Task Each_task_of_a_batch_has_its_own_answer_and_a_batch_that_comes_again_the_same_ones()
    {
        using var tech = await SignInAsync();
        var batch = new { tasks = new[] { new { task = Dust("batch-1", 180) }, new { task = Dust("batch-2", 20) }, new { task = Dust("batch-3", 200) } } };

        var answer = await tech.PostAsync("tasks/batch", batch, "a-batch");
        var again = await tech.PostAsync("tasks/batch", batch, "a-batch");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        var items = answer.Body.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.GetProperty("status").GetInt32()).ShouldBe([201, 422, 201]);
        items[1].GetProperty("problem").GetProperty("reason").GetString().ShouldBe("alarm-below-limit");
        again.Body.GetProperty("items").EnumerateArray().Select(TaskId).ShouldBe(items.Select(TaskId));
    }

    [Fact]
    public async Task Alarms_of_one_site_in_a_batch_keep_their_order()
    {
        using var tech = await SignInAsync();
        var values = Enumerable.Range(0, 40).Select(number => 200.0 - number).ToList();

        var answer = await tech.PostAsync("tasks/batch", new { tasks = values.Select(value => new { task = Dust("in-order", value) }) });

        var task = TaskId(answer.Body.GetProperty("items")[0]);
        var alarms = (await tech.GetAsync($"tasks/{task}/alarms?limit=100")).Body.GetProperty("items").EnumerateArray();
        alarms.Select(alarm => alarm.GetProperty("inputs").GetProperty("pm10").GetDouble()).ShouldBe(values);
    }

    [Fact]
    public async Task A_batch_that_is_too_long_or_empty_is_refused_with_the_limit()
    {
        using var tech = await SignInAsync();

        foreach (var count in new[] { 0, 1001 })
        {
            var answer = await tech.PostAsync("tasks/batch", new { tasks = Enumerable.Range(0, count).Select(_ => new { task = Dust("too-many", 180) }) });
            (answer.Status, answer.Body.GetProperty("errors")[0].GetProperty("expected").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "1 to 1000 tasks"));
        }
    }

    [Fact]
    public async Task A_batch_with_nothing_in_a_place_is_refused_and_the_place_is_named()
    {
        using var tech = await SignInAsync();

        var answer = await tech.PostRawAsync("tasks/batch", """{ "tasks": [null] }""");

        (answer.Status, answer.Body.GetProperty("errors")[0].GetProperty("pointer").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "/tasks/0"));
    }

    [Fact]
    public async Task An_event_raises_one_task_however_it_comes_and_however_often()
    {
        using var tech = await SignInAsync();
        var data = JsonSerializer.Serialize(new { areaCode = Street, subject = "扬尘超限", inputs = new { pm10 = 190 } });

        var structured = await tech.PostRawAsync("cloud-events", Event("1", data), "application/cloudevents+json");
        var binary = await tech.PostRawAsync(
            "cloud-events", data, "application/json", ("ce-id", "1"), ("ce-source", "urn:dust:gateway"), ("ce-specversion", "1.0"), ("ce-type", "dust-site-alarm"), ("ce-subject", "event-site"));
        var batch = await tech.PostRawAsync("cloud-events", $"[{Event("1", data)},{Event("2", data)}]", "application/cloudevents-batch+json");

        structured.Status.ShouldBe(HttpStatusCode.Created);
        (binary.Status, binary.Text("id"), binary.Text("alarms")).ShouldBe((HttpStatusCode.Created, structured.Text("id"), "1"));
        var items = batch.Body.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => (item.GetProperty("status").GetInt32(), item.GetProperty("task").GetProperty("alarms").GetInt32())).ShouldBe([(201, 1), (200, 2)]);
        items.Select(TaskId).ShouldAllBe(id => id == structured.Text("id"));
    }

    [Fact]
    public async Task An_event_of_a_batch_that_cannot_be_read_has_its_own_answer_and_keeps_no_other_back()
    {
        using var tech = await SignInAsync();
        var data = JsonSerializer.Serialize(new { areaCode = Street, subject = "扬尘超限", inputs = new { pm10 = 190 } });

        var batch = await tech.PostRawAsync("cloud-events", $"[{Event("bad", "{}")},{Event("good", data)},null]", "application/cloudevents-batch+json");

        var items = batch.Body.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.GetProperty("status").GetInt32() / 100).ShouldBe([4, 2, 4]);
        items[0].GetProperty("problem").GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/0/data/subject");
        items[2].GetProperty("problem").GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/2");
    }

    [Theory]
    [InlineData("supervised-order")]
    [InlineData("handed-down")]
    public async Task What_an_order_or_a_hand_down_makes_is_not_raised(string definition)
    {
        using var tech = await SignInAsync();

        (await tech.PostAsync("tasks", new { definitionId = definition, subject = "督办", areaCode = Street })).Text("reason").ShouldBe("definition-unknown");

        (await tech.GetAsync("task-definitions")).Body.EnumerateArray().Select(known => known.GetProperty("definitionId").GetString()).ShouldNotContain(definition);
    }

    [Fact]
    public async Task A_deadline_that_an_order_gives_is_the_tasks_and_its_ledger_says_so_however_it_comes_in()
    {
        using var tech = await SignInAsync();
        const string Due = "2026-10-20T12:00:00+08:00";

        var one = await tech.PostAsync("tasks", Dust("due-1", 180, Due), "due-once");
        var again = await tech.PostAsync("tasks", Dust("due-1", 180, Due), "due-once");
        var other = await tech.PostAsync("tasks", Dust("due-1", 180, "2026-10-21T12:00:00+08:00"), "due-once");
        var batch = await tech.PostAsync("tasks/batch", new { tasks = new[] { new { task = Dust("due-2", 180, Due) }, new { task = Dust("due-2", 180, "tomorrow") } } });
        var ended = await tech.PostRawAsync("cloud-events", Event("due", JsonSerializer.Serialize(Dust("due-3", 180, Due))), "application/cloudevents+json");

        (again.Status, again.Text("id")).ShouldBe((HttpStatusCode.Created, one.Text("id")));
        (other.Status, other.Text("reason")).ShouldBe((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"));
        var items = batch.Body.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.GetProperty("status").GetInt32()).ShouldBe([201, 422]);
        foreach (var id in new[] { one.Text("id"), TaskId(items[0]), ended.Text("id") })
        {
            var task = (await tech.GetAsync($"tasks/{id}")).Body;
            var due = DateTimeOffset.Parse(Due, CultureInfo.InvariantCulture);
            task.GetProperty("dueBy").GetDateTimeOffset().ShouldBe(due);
            var clock = task.GetProperty("clocks").EnumerateArray().Single(clock => clock.GetProperty("scope").GetString() == "task");
            (clock.GetProperty("due").GetDateTimeOffset(), clock.GetProperty("basis").GetString()).ShouldBe((due, "来件要求时限（due by order）"));
            clock.GetProperty("ledger").EnumerateArray().Select(entry => (entry.GetProperty("rule").GetString(), entry.GetProperty("to").GetDateTimeOffset())).ShouldBe([("fixed-instant", due)]);
        }
    }

    [Theory]
    [InlineData("2026-10-20T12:00:00")]
    [InlineData("2026-10-03T01:00:00+08:00")]
    [InlineData("2126-10-03T01:00:00+08:00")]
    [InlineData("")]
    public async Task A_deadline_without_offset_past_or_too_far_away_is_refused_and_raises_nothing(string due)
    {
        using var tech = await SignInAsync();

        var answer = await tech.PostAsync("tasks", Dust("too-many", 180, due));

        (answer.Status, answer.Body.GetProperty("errors")[0].GetProperty("pointer").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "/dueBy"));
    }

    [Theory]
    [InlineData("""{ "id": "x", "specversion": "1.0", "type": "dust-site-alarm", "data": {} }""", "/source", "a text, as CloudEvents demands")]
    [InlineData("""{ "id": "x", "source": "s", "specversion": "0.3", "type": "t", "data": {} }""", "/specversion", "1.0")]
    [InlineData("""{ "id": "x", "source": "s", "specversion": "1.0", "type": "t" }""", "/data", "what a task is raised with, as JSON")]
    [InlineData("""{ "id": "x", "source": "s", "specversion": "1.0", "type": "t", "data": { "areaCode": 5, "subject": "s" } }""", "/data/areaCode", null)]
    [InlineData("[]", "", "a CloudEvent")]
    [InlineData("{", "", "JSON")]
    public async Task Rubbish_is_refused_with_what_was_expected_and_where(string body, string pointer, string? expected)
    {
        using var tech = await SignInAsync();

        var answer = await tech.PostRawAsync("cloud-events", body, "application/cloudevents+json");

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var error = answer.Body.GetProperty("errors")[0];
        error.GetProperty("pointer").GetString().ShouldBe(pointer);
        if (expected is not null) error.GetProperty("expected").GetString().ShouldBe(expected);
    }

    private static string? TaskId(JsonElement item) => item.TryGetProperty("task", out var task) ? task.GetProperty("id").GetString() : null;

    private static string Event(string id, string data) =>
        $$"""{ "id": "{{id}}", "source": "urn:dust:gateway", "specversion": "1.0", "type": "dust-site-alarm", "subject": "event-site", "data": {{data}} }""";

    private static object Dust(string site, double pm10, string? dueBy = null) => new { definitionId = "dust-site-alarm", areaCode = Street, subject = "扬尘超限", subjectKey = site, dueBy, inputs = new { pm10 } };

    /// <summary>Registers the sites before anybody alarms.</summary>
    private async Task<ApiClient> SignInAsync()
    {
        using (var organiser = await ApiClient.SignInAsync(fixture.Address, "operator"))
        {
            var sites = Sites.Select(site => $"{site},工地,dust-site,{Street}");
            (await organiser.PostRawAsync("subjects/import", string.Join('\n', ["key,name,category,areaCode", .. sites]), "text/csv")).Status.ShouldBe(HttpStatusCode.OK);
        }
        return await ApiClient.SignInAsync(fixture.Address, "tech");
    }
}
