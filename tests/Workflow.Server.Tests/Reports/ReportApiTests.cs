using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Reports;

/// <summary>Reports, their files and the tasks behind their figures over HTTP.</summary>
public sealed class ReportApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Each_count_of_a_report_leads_to_just_as_many_tasks()
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");
        var numbers = new[] { (await grid.RaiseAsync("报表 PM2.5 一")).Text("number"), (await grid.RaiseAsync("报表 PM2.5 二")).Text("number") };
        using var @operator = await ApiClient.SignInAsync(fixture.Address, "operator");
        await using (var db = fixture.Server.Database.CreateDbContext()) await ReportedCity.Make(7, 60).StoreAsync(db);
        const string September = "from=2026-09-01&to=2026-10-01";

        var met = 0.0;
        foreach (var path in (string[])["indicators", "indicators?by=jurisdiction", "indicators?by=teamKind&source=person", "ageing?by=definition", "durations", "durations?by=team", "work", "work?by=person", "pauses", "scorecard?by=priority"])
            met += await CheckAsync(grid, path);
        met.ShouldBeGreaterThan(0);
        // These teams and people the organisation does not have.
        foreach (var path in (string[])["indicators?by=category&", "indicators?team=t1&", "durations?by=person&", "work?workPerson=u1&", "work?by=person&workTeam=t2&", "work?by=teamKind&pauseReason=testing&", "pauses?workTeam=t1&"])
            (await CheckAsync(@operator, $"{path}{September}")).ShouldBeGreaterThan(0, path);

        var raised = (await grid.GetAsync("reports/tasks?count=raised&limit=200")).Body.GetProperty("items").EnumerateArray().Select(task => task.Text("number")).ToList();
        numbers.ShouldBeSubsetOf(raised);
        using var enforcement = await ApiClient.SignInAsync(fixture.Address, "tech");
        long Raised(ApiAnswer answer) => answer.Body.GetProperty("total").GetProperty("values")[0].GetInt64();
        Raised(await enforcement.GetAsync("reports/indicators")).ShouldBeLessThanOrEqualTo(Raised(await @operator.GetAsync("reports/indicators")));
    }

    [Fact]
    public async Task Pages_of_tasks_go_on_where_the_last_one_ended()
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");
        for (var task = 0; task < 3; task++) await grid.RaiseAsync($"分页 {task}");
        var all = (await grid.GetAsync("reports/tasks?count=raised&limit=200")).Body;

        var (ids, path) = (new List<string?>(), "reports/tasks?count=raised&limit=2");
        for (var next = path; next is not null;)
        {
            var page = (await grid.GetAsync(next)).Body;
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(task => task.Text("id")));
            next = page.Text("next") is { } cursor ? $"{path}&cursor={Uri.EscapeDataString(cursor)}" : null;
        }

        ids.ShouldBe(all.GetProperty("items").EnumerateArray().Select(task => task.Text("id")));
    }

    [Fact]
    public async Task A_report_is_also_a_table_for_programs_and_a_workbook_for_people()
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");
        await grid.RaiseAsync("导出");
        var raised = (await grid.GetAsync("reports/indicators")).Body.GetProperty("total").GetProperty("values")[0].GetInt64();

        var csv = Encoding.UTF8.GetString(await grid.DownloadAsync("reports/indicators?by=jurisdiction&format=csv"));
        var lines = csv.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("key,label,raised,dispatched,");
        lines[^2].ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"total,,{raised},"));
        lines[^1].ShouldStartWith("meaning,,统计期内发起的任务,");

        var workbook = await grid.DownloadAsync("reports/indicators?by=jurisdiction&format=xlsx");
        Sheet(workbook, "workbook.xml").ShouldContain("口径");
        Sheet(workbook, "sheet1.xml").ShouldContain("按期处置率");
    }

    [Fact]
    public async Task Reasons_for_a_pause_have_their_names()
    {
        using var @operator = await ApiClient.SignInAsync(fixture.Address, "operator");
        await using (var db = fixture.Server.Database.CreateDbContext()) await ReportedCity.Make(8, 40).StoreAsync(db);
        const string Pauses = "reports/pauses?from=2026-09-01&to=2026-10-01";

        var names = (await @operator.GetAsync(Pauses)).Body.GetProperty("rows").EnumerateArray().ToDictionary(row => row.Text("key")!, row => row.GetProperty("title"));

        (names["testing"].Text("zh"), names["testing"].Text("en")).ShouldBe(("检测", "Testing"));
        Encoding.UTF8.GetString(await @operator.DownloadAsync($"{Pauses}&format=csv")).ShouldContain("testing,检测,");
        Sheet(await @operator.DownloadAsync($"{Pauses}&format=xlsx"), "sheet1.xml").ShouldContain("检测");
    }

    [Fact]
    public async Task Every_figure_says_what_it_means()
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");
        var figures = (await grid.GetAsync("reports/figures")).Body;
        var counts = figures.GetProperty("counts").EnumerateArray().Select(count => count.Text("name")).ToHashSet();

        foreach (var report in (string[])["indicators", "durations", "work", "pauses", "ageing", "scorecard"])
        {
            var columns = (await grid.GetAsync($"reports/{report}")).Body.GetProperty("columns").EnumerateArray().ToList();
            foreach (var column in columns.Where(column => column.Text("count") is not null)) counts.ShouldContain(column.Text("count"));
            var (csv, xlsx) = (await grid.DownloadAsync($"reports/{report}?format=csv"), await grid.DownloadAsync($"reports/{report}?format=xlsx"));
            var (last, sheet) = (Encoding.UTF8.GetString(csv).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[^1], Sheet(xlsx, "sheet2.xml"));
            foreach (var meaning in columns.Select(column => column.GetProperty("meaning").Text("zh")!))
            {
                meaning.Length.ShouldBeGreaterThan(5);
                last.ShouldContain(meaning);
                sheet.ShouldContain(meaning);
            }
        }
        figures.GetProperty("rates").EnumerateArray().Select(rate => rate.Text("name")).ShouldContain("onTimeHandling");
        figures.GetProperty("scorecards")[0].GetProperty("formula").Text("en")!.ShouldContain("20 × (1 − Rework rate)");
    }

    [Theory]
    [InlineData("reports/nothing", "/report")]
    [InlineData("reports/indicators?by=moon", "/by")]
    [InlineData("reports/indicators?from=yesterday", "/from")]
    [InlineData("reports/indicators?from=2026-09-01T00:00:00", "/from")]
    [InlineData("reports/indicators?to=2026-13-01", "/to")]
    [InlineData("reports/indicators?from=2020-02-01&to=2020-02-01", "/to")]
    [InlineData("reports/indicators?from=2020-01-01&to=2021-06-01", "/to")]
    [InlineData("reports/indicators?from=2999-01-01&to=2999-02-01", "/from")]
    [InlineData("reports/indicators?area=nowhere", "/area")]
    [InlineData("reports/indicators?teamKind=police", "/teamKind")]
    [InlineData("reports/indicators?priority=1", "/priority")]
    [InlineData("reports/indicators?source=moon", "/source")]
    [InlineData("reports/indicators?format=pdf", "/format")]
    [InlineData("reports/pauses?by=team", "/by")]
    [InlineData("reports/work?by=category", "/by")]
    [InlineData("reports/scorecard?scorecard=none", "/scorecard")]
    [InlineData("reports/tasks?count=none", "/count")]
    [InlineData("reports/tasks", "/count")]
    [InlineData("reports/tasks?count=raised&by=priority&key=high", "/key")]
    [InlineData("reports/tasks?count=raised&by=team&key=nobody", "/key")]
    [InlineData("reports/tasks?count=raised&key=grid-guixi", "/key")]
    [InlineData("reports/indicators?team=nobody", "/team")]
    [InlineData("reports/indicators?team=", "/team")]
    [InlineData("reports/indicators?person=nobody", "/person")]
    [InlineData("reports/indicators?definitionId=nothing", "/definitionId")]
    [InlineData("reports/indicators?category=nothing", "/category")]
    [InlineData("reports/work?workTeam=nobody", "/workTeam")]
    [InlineData("reports/work?workPerson=nobody", "/workPerson")]
    [InlineData("reports/pauses?pauseReason=nothing", "/pauseReason")]
    [InlineData("reports/indicators?scorecard=jinniu", "/scorecard")]
    public async Task What_a_report_does_not_know_is_refused_and_named(string path, string pointer)
    {
        using var grid = await ApiClient.SignInAsync(fixture.Address, "grid");

        var answer = await grid.GetAsync(path);

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Body.ToString());
        answer.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldContain(pointer);
    }

    /// <summary>Asks for the tasks behind every figure of a report that is a count of tasks, or a share of them.</summary>
    /// <returns>How many there were.</returns>
    private static async Task<double> CheckAsync(ApiClient client, string path)
    {
        var met = 0.0;
        var report = (await client.GetAsync($"reports/{path}")).Body;
        var columns = report.GetProperty("columns").EnumerateArray().ToList();
        var rows = report.GetProperty("rows").EnumerateArray().Select(row => (Row: row, Key: (string?)(row.Text("key") ?? ""))).ToList();
        if (report.TryGetProperty("total", out var total)) rows.Add((total, null));
        foreach (var (row, key) in rows)
            foreach (var (index, column) in columns.Index().Where(column => column.Item.Text("unit") is "tasks" or "share"))
            {
                async Task<double> TotalAsync(string count) => (await client.GetAsync(Link(report.Text("tasks")!, count, key))).Body.GetProperty("total").GetDouble();
                var (figure, tasks) = (row.GetProperty("values")[index], await TotalAsync(column.Text("count")!));
                if (column.Text("of") is { } of && await TotalAsync(of) is var all) (figure.ValueKind == JsonValueKind.Null ? null : (double?)figure.GetDouble()).ShouldBe(all > 0 ? tasks / all : null, $"{path} {key} {column}");
                else figure.GetDouble().ShouldBe(tasks, $"{path} {key} {column}");
                met += tasks;
            }
        return met;
    }

    private static string Sheet(byte[] workbook, string name)
    {
        using var parts = new ZipArchive(new MemoryStream(workbook));
        return new StreamReader(parts.Entries.Single(entry => entry.FullName.EndsWith(name, StringComparison.Ordinal)).Open()).ReadToEnd();
    }

    /// <summary>The address of the tasks behind a figure, as a client puts it together; without a key those of the total.</summary>
    private static string Link(string template, string count, string? key)
    {
        var link = template["/api/v1/".Length..].Replace("{count}", count, StringComparison.Ordinal);
        return key is null ? link.Replace("&key={key}", "", StringComparison.Ordinal) : link.Replace("{key}", Uri.EscapeDataString(key), StringComparison.Ordinal);
    }
}
