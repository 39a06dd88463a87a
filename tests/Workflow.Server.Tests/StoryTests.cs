using Microsoft.Playwright;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests;

/// <summary>The walk-through of the README, in a real browser against the real server on SQLite.</summary>
public sealed class StoryTests(Browser browser) : IClassFixture<Browser>
{
    private const string Subject = "桂溪站 PM2.5 超标";

    [Fact]
    public async Task One_alarm_goes_through_the_whole_loop()
    {
        await using var server = await StartAsync(speed: 1);
        var grid = await browser.OpenAsync(server.Address, "grid", onPhone: true);
        var tech = await browser.OpenAsync(server.Address, "tech");
        var techList = await browser.OpenAsync(server.Address, "tech", language: "en");
        await techList.Page.GotoAsync("/tasks");
        await grid.LookAsync("1-inbox-empty-phone");

        await RaiseAsync(tech);
        await Assertions.Expect(grid.Card(Subject)).ToBeVisibleAsync();
        await Assertions.Expect(techList.Page.GetByTestId("task-row").Filter(new() { HasText = "CD-2026-000001" })).ToBeVisibleAsync();
        await grid.LookAsync("2-inbox-phone");
        await techList.LookAsync("2-tasks-wide-en");

        await RespondAsync(grid);
        await HandleAsync(tech, "溯源研判", "完成", ("结论", "附近工地土方作业"), choice: ("污染来源类别", "扬尘"));
        var enforcement = await browser.OpenAsync(server.Address, "enforcement");
        await HandleAsync(enforcement, "现场处置", "完成", ("采取的措施", "责令覆盖"));
        var inspection = await browser.OpenAsync(server.Address, "inspection");
        await HandleAsync(inspection, "后评估", "退回", ("说明", "仍有裸土"), "否");
        await HandleAsync(enforcement, "现场处置", "完成", ("采取的措施", "覆盖并洒水"));
        await HandleAsync(inspection, "后评估", "通过", ("说明", "复查合格"), "是");

        await tech.Page.GotoAsync("/tasks");
        await tech.Page.GetByText("已结案", new() { Exact = true }).First.ClickAsync();
        await tech.Page.GetByTestId("task-row").Filter(new() { HasText = "CD-2026-000001" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await ReadTaskPageAsync(tech);
        foreach (var person in new[] { grid, tech, techList, enforcement, inspection }) person.ShouldHaveSeenNoError();
    }

    [Fact]
    public async Task With_nobody_acting_the_clock_warns_at_half_time_and_breaches_at_the_end_and_it_shows()
    {
        await using var server = await StartAsync(speed: 60);
        var grid = await browser.OpenAsync(server.Address, "grid", onPhone: true);
        using var api = await ApiClient.SignInAsync(server.Address, "tech");
        var task = (await api.RaiseAsync(Subject)).Text("id")!;

        await Assertions.Expect(grid.Card("预警")).ToBeVisibleAsync();
        await Assertions.Expect(grid.Card("超期").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await grid.LookAsync("7-breached-phone");

        var inspection = await browser.OpenAsync(server.Address, "inspection", onPhone: true, language: "en");
        await inspection.Page.GotoAsync($"/tasks/{task}");
        await Assertions.Expect(inspection.Page.GetByTestId("clock-stage")).ToContainTextAsync("Overdue");
        await inspection.LookAsync("7-breached-task-phone-en");
        var kinds = (await api.GetAsync($"tasks/{task}/timeline")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()).ToList();
        kinds.Where(kind => kind is "rungFired" or "clockBreached").ShouldBe(["rungFired", "clockBreached", "rungFired"]);
        grid.ShouldHaveSeenNoError();
        inspection.ShouldHaveSeenNoError();
    }

    private static async Task<ServerProcess> StartAsync(int speed)
    {
        var server = new ServerProcess(ServerProcess.NewFolder(), "--now", "2026-10-03T02:14:00+08:00", "--speed", $"{speed}");
        await server.StartAsync();
        return server;
    }

    private static async Task RaiseAsync(Person tech)
    {
        await tech.Page.GotoAsync("/raise");
        await tech.Page.GetByLabel("流程").ClickAsync();
        await tech.Page.Locator(".ant-select-item-option").Filter(new() { HasText = "空气站点报警" }).ClickAsync();
        await tech.Page.GetByLabel("地点").ClickAsync();
        await tech.Page.GetByLabel("地点").FillAsync("桂溪");
        await tech.Page.GetByText("桂溪街道 · 高新区（统计代码属武侯区）").First.ClickAsync();
        await tech.FillAsync("事项", Subject);
        await tech.FillAsync("PM2.5 小时均值（μg/m³）", "180.5");
        await tech.LookAsync("1-raise-wide");
        await tech.Button("上报").ClickAsync();
        await Assertions.Expect(tech.Page.GetByText("CD-2026-000001").First).ToBeVisibleAsync();
        await tech.LookAsync("2-task-raised-wide");
    }

    private static async Task RespondAsync(Person grid)
    {
        await Assertions.Expect(grid.Card(Subject)).ToContainTextAsync("02:3");
        await Assertions.Expect(grid.Card(Subject)).ToContainTextAsync("前响应");
        await grid.Card(Subject).GetByRole(AriaRole.Link).First.ClickAsync();
        await grid.Button("签收").ClickAsync();
        await Assertions.Expect(grid.Page.GetByText("照片 0/1")).ToBeVisibleAsync();
        await grid.LookAsync("3-claimed-phone");
        await grid.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "现场.png", MimeType = "image/png", Buffer = ApiClient.Png });
        await Assertions.Expect(grid.Page.GetByText("照片 1/1")).ToBeVisibleAsync();
        await grid.FillAsync("现场情况", "工地裸土未覆盖");
        await grid.Page.ReloadAsync();
        await Assertions.Expect(grid.Page.GetByLabel("现场情况")).ToHaveValueAsync("工地裸土未覆盖");
        await grid.LookAsync("3-filled-phone");
        await grid.Button("完成").ClickAsync();
        await Assertions.Expect(grid.Page.GetByText("已办结").First).ToBeVisibleAsync();
    }

    /// <summary>Finds the item in the inbox, claims it, fills one text field, answers every question with the option, chooses from a list, and completes.</summary>
    private static async Task HandleAsync(Person person, string title, string outcome, (string Label, string Text) field, string? option = null, (string Label, string Option)? choice = null)
    {
        await person.Page.GotoAsync("/");
        await person.Page.GetByRole(AriaRole.Link, new() { Name = title }).First.ClickAsync();
        await person.Button("签收").ClickAsync();
        if (option is not null)
        {
            // A post-evaluation asks more than one question of yes and no.
            var radios = person.Page.GetByRole(AriaRole.Radio, new() { Name = option, Exact = true });
            await Assertions.Expect(radios.First).ToBeVisibleAsync();
            foreach (var radio in await radios.AllAsync()) await radio.CheckAsync();
        }
        if (choice is (string label, string text)) await person.ChooseAsync(person.Page.GetByLabel(label), text);
        await person.FillAsync(field.Label, field.Text);
        await person.LookAsync($"4-{title}-{outcome}-wide");
        await person.Button(outcome).ClickAsync();
        await Assertions.Expect(person.Page.GetByText("已办结").First).ToBeVisibleAsync();
    }

    private static async Task ReadTaskPageAsync(Person tech)
    {
        var page = tech.Page;
        foreach (var stage in new[] { "initiation", "response", "analysis", "handling", "postEvaluation" })
            await Assertions.Expect(page.GetByTestId($"stage-{stage}")).ToHaveAttributeAsync("data-state", "done");
        var handling = page.GetByTestId("clock-stage").Filter(new() { HasText = "4 个工作小时" });
        await Assertions.Expect(handling).ToContainTextAsync("10月8日 14:00");
        await handling.Locator("summary").First.ClickAsync();
        var ledger = handling.GetByTestId("ledger-row");
        foreach (var day in new[] { "10月3日", "10月4日", "10月5日", "10月6日", "10月7日" })
            await Assertions.Expect(ledger.Filter(new() { HasText = "国庆节" }).Filter(new() { HasText = $"{day} " }).First).ToBeVisibleAsync();
        foreach (var name in new[] { "李静", "王磊", "陈强", "赵敏" }) await Assertions.Expect(page.GetByText(name).First).ToBeVisibleAsync();
        await tech.LookAsync("6-task-closed-wide");

        await page.SetViewportSizeAsync(390, 844);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByTestId("stage-handling")).ToBeVisibleAsync();
        await tech.LookAsync("6-task-closed-390");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
    }
}
