using System.Net;
using System.Text;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Confidentiality;

/// <summary>Who reports a task is told to few, and written nowhere in the clear.</summary>
public sealed class ReporterApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private static readonly string[] Secrets = ["欧阳举报", "13987654321", "天府五街九百零一号", "我是工地的会计"];

    private static readonly string[] Names = ["name", "number", "address", "text"];

    private ApiClient tech = null!;
    private ApiClient inspection = null!;
    private ApiClient grid = null!;

    public async Task InitializeAsync()
    {
        tech = await ApiClient.SignInAsync(fixture.Address, "tech");
        inspection = await ApiClient.SignInAsync(fixture.Address, "inspection");
        grid = await ApiClient.SignInAsync(fixture.Address, "grid");
    }

    public Task DisposeAsync()
    {
        foreach (var client in new[] { tech, inspection, grid }) client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Who_took_it_down_and_a_supervisor_read_it_and_every_look_is_in_the_audit()
    {
        var task = await RaiseAsync(confidential: true);

        var masked = await tech.GetAsync($"tasks/{task}/reporter");
        var full = await inspection.GetAsync($"tasks/{task}/reporter?full=true");

        masked.Body.GetProperty("reporter").GetProperty("number").GetString().ShouldBe("139****4321");
        masked.Body.ToString().ShouldNotContain(Secrets[0]);
        full.Status.ShouldBe(HttpStatusCode.OK, full.Body.ToString());
        Members(full).ShouldBe(Secrets);
        full.Body.GetProperty("looks").EnumerateArray().Select(look => $"{look.GetProperty("by").GetProperty("name")} {look.GetProperty("act")}").ShouldBe(["赵敏 read", "王磊 readMasked"]);
        (await tech.GetAsync($"tasks/{task}")).Body.GetProperty("reporter").GetProperty("confidential").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_holder_reads_an_ordinary_reporter_and_never_a_confidential_one()
    {
        var (open, hidden) = (await RaiseAsync(confidential: false), await RaiseAsync(confidential: true));
        foreach (var task in new[] { open, hidden }) (await grid.GetAsync($"tasks/{task}/reporter")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var task in new[] { open, hidden })
        {
            var item = (await grid.ItemOfAsync(task))!.Value;
            (await grid.PostAsync($"work-items/{item.GetProperty("id").GetString()}/claim", new { revision = item.GetProperty("revision").GetInt32() })).IsSuccess.ShouldBeTrue();
        }

        Members(await grid.GetAsync($"tasks/{open}/reporter?full=true")).ShouldBe(Secrets);
        (await grid.GetAsync($"tasks/{hidden}/reporter?full=true")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await grid.GetAsync($"tasks/{hidden}")).Body.TryGetProperty("reporter", out var mark).ShouldBe(mark.ValueKind == JsonValueKind.Null);
        (await grid.RequestAsync(HttpMethod.Delete, $"tasks/{open}/reporter")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await inspection.GetAsync($"tasks/{hidden}/reporter")).Body.GetProperty("looks").EnumerateArray().Select(look => look.GetProperty("act").GetString()).ShouldBe(["readMasked", "refused", "refused"]);
    }

    [Fact]
    public async Task What_is_erased_is_gone_for_everybody_and_says_when_and_by_whom()
    {
        var task = await RaiseAsync(confidential: false);

        var erased = await tech.RequestAsync(HttpMethod.Delete, $"tasks/{task}/reporter");
        var again = await inspection.RequestAsync(HttpMethod.Delete, $"tasks/{task}/reporter");
        var read = await inspection.GetAsync($"tasks/{task}/reporter?full=true");

        foreach (var answer in new[] { erased, again, read })
        {
            (answer.Status, answer.Text("state")).ShouldBe((HttpStatusCode.OK, "erased"));
            answer.Body.GetProperty("erasedBy").GetProperty("name").GetString().ShouldBe("王磊");
            Secrets.ShouldAllBe(secret => !answer.Body.ToString().Contains(secret));
        }
    }

    [Fact]
    public async Task No_file_of_the_server_holds_a_word_of_it_and_no_other_answer()
    {
        var body = Body(confidential: true);
        var raised = await tech.PostAsync("tasks", body, "a-key");
        var task = raised.Text("id")!;
        (await tech.PostAsync("tasks", body, "a-key")).Text("id").ShouldBe(task, "the same request gets the same answer");
        (await tech.PostRawAsync("cloud-events", JsonSerializer.Serialize(new { specversion = "1.0", id = "1", source = "12369", type = "air-station-alarm", data = body }), "application/cloudevents+json")).Status.ShouldBe(HttpStatusCode.Created);
        (await tech.PostAsync("tasks/batch", new { tasks = new[] { new { task = body } } }, "batch")).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await tech.PostAsync("tasks", new { definitionId = "no such", areaCode = "510107064", subject = "刺鼻气味", reporter = Reporter(true) }, "refused");
        await inspection.GetAsync($"tasks/{task}/reporter?full=true");
        using var operating = await ApiClient.SignInAsync(fixture.Address, "operator");

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var path in new[] { $"tasks/{task}", $"tasks/{task}/timeline", $"instances/{task}", $"instances/{task}/journal", $"instances/{task}/variables", "tasks?search=" + Uri.EscapeDataString(Secrets[0]) })
            Secrets.ShouldAllBe(secret => !operating.GetAsync(path).Result.Body.ToString().Contains(secret), path);
        Secrets.ShouldAllBe(secret => !refused.Body.ToString().Contains(secret));
        Secrets.ShouldAllBe(secret => !fixture.Server.Output.Contains(secret));
        var files = Directory.EnumerateFiles(fixture.Server.DataFolder, "*", SearchOption.AllDirectories).ToList();
        files.Count(file => file.EndsWith(".key", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
        foreach (var file in files)
        {
            var bytes = await ReadAsync(file);
            foreach (var secret in Secrets)
                foreach (var encoding in new Encoding[] { Encoding.UTF8, Encoding.Unicode })
                    bytes.AsSpan().IndexOf(encoding.GetBytes(secret)).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task A_reporter_that_does_not_fit_is_refused_without_a_word_of_it()
    {
        foreach (var (reporter, pointer) in new (object, string)[]
        {
            (new { }, "/reporter"), (new { name = "  " }, "/reporter"), (new { name = new string('欧', 201) }, "/reporter/name"), (new { text = new string('欧', 2001) }, "/reporter/text"),
            (new { name = 7 }, "/reporter/name"), (new { email = "x" }, "/reporter/email"), ("欧阳举报", "/reporter"),
        })
        {
            var answer = await tech.PostAsync("tasks", new { definitionId = "air-station-alarm", areaCode = "510107064", subject = "刺鼻气味", reporter });
            answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Body.ToString());
            answer.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldContain(pointer);
        }
        (await tech.GetAsync("tasks/no-task/reporter")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await tech.GetAsync($"tasks/{(await tech.RaiseAsync("without a reporter")).Text("id")}/reporter")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var nobody = ApiClient.Anonymous(fixture.Address);
        (await nobody.GetAsync($"tasks/{await RaiseAsync(false)}/reporter")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static IReadOnlyList<string?> Members(ApiAnswer answer) => [.. Names.Select(member => answer.Body.GetProperty("reporter").GetProperty(member).GetString())];

    private static object Reporter(bool confidential) => new { name = Secrets[0], number = Secrets[1], address = Secrets[2], text = Secrets[3], confidential };

    private static object Body(bool confidential) => new { definitionId = "air-station-alarm", areaCode = "510107064", subject = "刺鼻气味", inputs = new { pm25 = 180.5 }, reporter = Reporter(confidential) };

    private async Task<string> RaiseAsync(bool confidential)
    {
        var raised = await tech.PostAsync("tasks", Body(confidential));
        raised.Status.ShouldBe(HttpStatusCode.Created, raised.Body.ToString());
        return raised.Text("id")!;
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        // The server has them open.
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
