using System.Globalization;
using System.Net;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Confidentiality;

/// <summary>An inspection is hidden from the inspected area until it is due: in lists, search, counts and by id.</summary>
public sealed class HiddenTaskTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private readonly Dictionary<string, ApiClient> people = [];

    public async Task InitializeAsync()
    {
        foreach (var name in new[] { "inspection", "enforcement", "tech", "grid", "both", "operator" }) people[name] = await ApiClient.SignInAsync(fixture.Address, name);
    }

    public Task DisposeAsync()
    {
        foreach (var client in people.Values) client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Who_covers_the_area_sees_it_nowhere_before_it_is_due_and_inspection_does()
    {
        var raised = await RaiseAsync("专项检查甲", (await NowAsync()).AddDays(2));
        var (task, number) = (raised.Text("id")!, raised.Text("number")!);
        var item = (await people["inspection"].GetAsync("work-items?list=open&search=" + number)).Body.GetProperty("items")[0].GetProperty("id").GetString()!;

        foreach (var name in new[] { "enforcement", "tech", "grid", "both" })
        {
            foreach (var path in new[] { $"tasks/{task}", $"tasks/{task}/timeline", $"tasks/{task}/tree", $"tasks/{task}/alarms", $"work-items/{item}" })
                (await people[name].GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, $"{name} {path}");
            foreach (var path in new[] { "tasks?", "tasks?status=all&", "tasks?search=专项检查甲&", "work-items?list=open&", "work-items?list=todo&", "work-items?list=team&", "work-items?list=today&", "reports/tasks?count=raised&", "subjects/none/tasks?" })
                (await people[name].GetAsync(path + "limit=200")).Body.ToString().ShouldNotContain(task, Case.Sensitive, $"{name} {path}");
            (await people[name].PostAsync($"work-items/{item}/claim", new { revision = 1 })).Status.ShouldBe(HttpStatusCode.NotFound);
            (await people[name].PostAsync($"work-items/{item}/urge", new { note = "x" })).Status.ShouldBe(HttpStatusCode.NotFound);
        }
        foreach (var name in new[] { "inspection", "operator" })
        {
            (await people[name].GetAsync($"tasks/{task}")).Status.ShouldBe(HttpStatusCode.OK, name);
            (await people[name].GetAsync("tasks?search=专项检查甲")).Body.ToString().ShouldContain(task);
            (await people[name].GetAsync("reports/tasks?count=raised&limit=200")).Body.ToString().ShouldContain(task);
        }
    }

    [Fact]
    public async Task A_preview_of_a_calendar_counts_its_clocks_and_does_not_show_them()
    {
        var task = (await RaiseAsync("专项检查丁", (await NowAsync()).AddDays(2))).Text("id")!;
        (await people["operator"].PostRawAsync("organisation/import?part=accounts", "member,userName,roles\nu-tech,tech,\"staff,duty-officer,supervisor\"\n", "text/csv")).Status.ShouldBe(HttpStatusCode.OK);
        using var tech = await ApiClient.SignInAsync(fixture.Address, "tech");
        var calendar = System.Text.Json.Nodes.JsonNode.Parse((await people["operator"].GetAsync("calendars/cn-gov")).Body.GetProperty("document").GetRawText())!;
        foreach (var day in new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }) calendar["weeklyHours"]![day] = new System.Text.Json.Nodes.JsonArray("09:00-12:00");
        var proposed = await people["operator"].PostRawAsync("calendars/cn-gov/preview", calendar.ToJsonString());
        proposed.Status.ShouldBe(HttpStatusCode.OK, proposed.Body.ToString());
        var change = proposed.Body.GetProperty("change").GetProperty("number").GetInt32();

        var (seen, shown) = (await people["operator"].GetAsync($"clock-changes/{change}/preview?limit=200"), await tech.GetAsync($"clock-changes/{change}/preview?limit=200"));

        seen.Body.ToString().ShouldContain(task);
        shown.Status.ShouldBe(HttpStatusCode.OK, shown.Body.ToString());
        shown.Body.ToString().ShouldNotContain(task);
        shown.Body.GetProperty("counts").ToString().ShouldBe(seen.Body.GetProperty("counts").ToString());
    }

    [Fact]
    public async Task Counts_do_not_tell_of_it_either()
    {
        var before = await CountsAsync("grid");

        await RaiseAsync("专项检查乙", (await NowAsync()).AddDays(2));

        (await CountsAsync("grid")).ShouldBe(before);
    }

    [Fact]
    public async Task When_it_is_due_it_is_a_task_like_any_other()
    {
        var task = (await RaiseAsync("专项检查丙", (await NowAsync()).AddSeconds(20))).Text("id")!;
        (await people["grid"].GetAsync($"tasks/{task}")).Status.ShouldBe(HttpStatusCode.NotFound);

        await Poll.UntilAsync("it is due", TimeSpan.FromSeconds(60), async () => (await people["grid"].GetAsync($"tasks/{task}")).Status == HttpStatusCode.OK);

        (await people["grid"].ItemOfAsync(task)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Nobody_hides_a_task_from_themselves_and_none_for_ever()
    {
        var now = await NowAsync();

        (await RaiseAsync("x", now.AddDays(1), "tech")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await RaiseAsync("x", now.AddDays(1), "both")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await RaiseAsync("x", now.AddDays(-1))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await RaiseAsync("x", now.AddDays(367))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var text in new[] { "2030-01-01T08:00:00", "2030-01-01", "tomorrow" })
        {
            var error = (await RaiseAsync("x", text, "inspection")).Body.GetProperty("errors")[0];
            (error.GetProperty("pointer").GetString(), error.GetProperty("found").GetString()).ShouldBe(("/hiddenUntil", $"'{text}'"));
            error.GetProperty("expected").GetString()!.ShouldStartWith("an instant with offset");
        }
    }

    private async Task<string> CountsAsync(string name) => (await people[name].GetAsync("work-items/counts")).Body.ToString();

    private async Task<DateTimeOffset> NowAsync() => (await people["inspection"].GetAsync("clock")).Body.GetProperty("now").GetDateTimeOffset();

    private Task<ApiAnswer> RaiseAsync(string subject, DateTimeOffset until, string name = "inspection") => RaiseAsync(subject, until.ToString("O", CultureInfo.InvariantCulture), name);

    private Task<ApiAnswer> RaiseAsync(string subject, string hiddenUntil, string name) => people[name].PostAsync(
        "tasks", new { definitionId = "air-station-alarm", areaCode = "510107064", subject, inputs = new { pm25 = 180.5 }, hiddenUntil });
}
