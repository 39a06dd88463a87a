using System.Net;
using Microsoft.Playwright;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.JointWork;

/// <summary>The page of a task that was handed down, and of the order that covers it.</summary>
public sealed class JointPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_pages_show_the_tree_and_the_order()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder(), "--now", "2026-09-14T10:00:00+08:00");
        await server.StartAsync();
        using var inspection = await ApiClient.SignInAsync(server.Address, "inspection");
        using var tech = await ApiClient.SignInAsync(server.Address, "tech");
        var task = (await tech.RaiseAsync("桂溪站 PM2.5 超标")).Text("id")!;
        var order = (await inspection.PostAsync("orders", new { text = "限期查处", due = "2026-09-20T18:00:00+08:00", every = "P1D", tasks = new[] { task } })).Text("id")!;
        (await inspection.PostAsync($"orders/{order}/press", new { rung = "urge", text = "请尽快" })).IsSuccess.ShouldBeTrue();
        var handed = await inspection.PostAsync($"tasks/{task}/hand-down", new { parts = new object[] { new { areaCode = "gaoxin", role = "lead", text = "牵头查处" }, new { areaCode = "510107063", text = "排查周边" } } });
        handed.Status.ShouldBe(HttpStatusCode.OK);

        var wide = await browser.OpenAsync(server.Address, "inspection");
        await wide.Page.GotoAsync($"/tasks/{task}");
        await Assertions.Expect(wide.Page.GetByTestId("tree-part")).ToHaveCountAsync(3);
        await Assertions.Expect(wide.Page.GetByTestId("task-tree")).ToContainTextAsync("主办");
        await Assertions.Expect(wide.Page.GetByText("DB-2026-000001")).Not.ToHaveCountAsync(0);
        await wide.LookAsync("11-tree-wide");
        foreach (var (language, page, text, name) in new[] { ("zh-CN", task, "石羊街道", "11-tree-phone"), ("en", order, "Urged", "11-order-phone-en") })
        {
            var phone = await browser.OpenAsync(server.Address, "inspection", true, language);
            await phone.Page.GotoAsync($"/tasks/{page}");
            await Assertions.Expect(phone.Page.GetByText(text).First).ToBeVisibleAsync();
            (await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
            await phone.LookAsync(name);
            phone.ShouldHaveSeenNoError();
        }
        wide.ShouldHaveSeenNoError();
    }

    [Fact]
    public async Task Rubbish_is_refused_with_its_place()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder(), "--now", "2026-09-14T10:00:00+08:00");
        await server.StartAsync();
        using var inspection = await ApiClient.SignInAsync(server.Address, "inspection");
        using var tech = await ApiClient.SignInAsync(server.Address, "tech");
        var task = (await tech.RaiseAsync("桂溪站 PM2.5 超标")).Text("id")!;

        foreach (var (path, body, pointer) in new[]
        {
            ($"tasks/{task}/hand-down", """{ "parts": [ null ] }""", "/parts/0"), ($"tasks/{task}/hand-down", """{ "parts": [ { "areaCode": "gaoxin", "text": "" } ] }""", "/parts/0/text"),
            ($"tasks/{task}/hand-down", """{ "parts": [ { "areaCode": "gaoxin", "text": "x" } ], "definition": "nope" }""", "/definition"),
            ("orders", """{ "text": "x", "areaCode": "gaoxin", "due": "9999-12-31T23:59:59Z" }""", "/due"), ("orders", """{ "text": "x", "due": "2026-12-31T23:59:59Z", "tasks": [ null ] }""", "/tasks/0"),
        })
        {
            var answer = await inspection.PostRawAsync(path, body);
            answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, body);
            answer.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldContain(pointer);
        }
        (await inspection.GetAsync("orders?status=all")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }
}
