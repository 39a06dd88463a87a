using Microsoft.Playwright;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Operations;

/// <summary>An operator at the page, in a real browser against the real server.</summary>
public sealed class OperationsPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task An_operator_sees_what_is_wrong_and_puts_it_right()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder());
        server.Settings["Data__Definitions"] = OperationsDefinitions.Folder;
        server.Settings["Operations__NodeName"] = "city-1";
        await server.StartAsync();
        var wide = await browser.OpenAsync(server.Address, "operator");
        await wide.Page.GetByRole(AriaRole.Link, new() { Name = "运维" }).ClickAsync();
        await Assertions.Expect(wide.Page.GetByText("没有故障")).ToBeVisibleAsync();
        using var api = await ApiClient.SignInAsync(server.Address, "operator");
        await api.PostAsync("instances", new { definitionId = "ops-broken" });
        var broken = (await api.PostAsync("instances", new { definitionId = "ops-broken" })).Text("id");
        await api.PostAsync("instances", new { definitionId = "ops-sends" });
        await api.PostAsync("instances", new { definitionId = "ops-sends" });

        // What happened meanwhile comes by itself.
        await Assertions.Expect(wide.Page.GetByTestId("incident-row")).ToHaveCountAsync(2);
        await Assertions.Expect(wide.Page.GetByTestId("status-dead")).ToContainTextAsync("2");
        await wide.LookAsync("8-operations-incidents-wide");
        await GiveUpAsync(wide);
        await Assertions.Expect(wide.Page.GetByTestId("incident-row")).ToHaveCountAsync(1);
        await OpenListAsync(wide, "受阻");
        await Assertions.Expect(wide.Page.GetByTestId("stuck-row")).ToHaveCountAsync(1);
        await wide.LookAsync("8-operations-stuck-wide");
        await OpenListAsync(wide, "服务器");
        await Assertions.Expect(wide.Page.GetByTestId("node-row")).ToContainTextAsync("city-1");
        await wide.LookAsync("8-operations-nodes-wide");

        var phone = await browser.OpenAsync(server.Address, "operator", onPhone: true, language: "en");
        await phone.Page.GotoAsync("/operations?list=dead-letters");
        await phone.Page.GetByText("Show payload").First.ClickAsync();
        await Assertions.Expect(phone.Page.Locator("pre")).ToContainTextAsync("裸土未覆盖");
        await phone.LookAsync("8-operations-letters-phone-en");
        await phone.Button("Discard").First.ClickAsync();
        await phone.Page.GetByRole(AriaRole.Dialog).GetByLabel("Reason").FillAsync("told by telephone");
        await phone.LookAsync("8-operations-discard-phone-en");
        await phone.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Assertions.Expect(phone.Page.GetByTestId("dead-letter-row")).ToHaveCountAsync(1);

        await phone.Page.GotoAsync("/operations?lang=zh-CN");
        await Assertions.Expect(phone.Page.GetByTestId("incident-row")).ToHaveCountAsync(1);
        await phone.LookAsync("8-operations-incidents-phone");
        await phone.Page.GetByTestId("incident-row").GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(phone.Page.GetByText("在处理故障之前不再接受任何事件")).ToBeVisibleAsync();
        await phone.LookAsync("8-instance-phone");
        await wide.Page.GotoAsync($"/instances/{broken}?lang=en");
        await Assertions.Expect(wide.Page.GetByTestId("incident-row")).ToContainTextAsync("Given up · 何敏 · 泵站已停用");
        await wide.LookAsync("8-instance-wide-en");
        await wide.Page.GotoAsync("/operations?list=stuck");
        await Assertions.Expect(wide.Page.GetByTestId("stuck-row")).ToContainTextAsync("Stopped by a fault");
        await wide.LookAsync("8-operations-stuck-wide-en");
        wide.ShouldHaveSeenNoError();
        phone.ShouldHaveSeenNoError();
    }

    [Fact]
    public async Task Others_have_no_way_there()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder());
        await server.StartAsync();
        var tech = await browser.OpenAsync(server.Address, "tech");
        await Assertions.Expect(tech.Page.GetByRole(AriaRole.Link, new() { Name = "任务" })).ToBeVisibleAsync();

        await Assertions.Expect(tech.Page.GetByRole(AriaRole.Link, new() { Name = "运维" })).ToHaveCountAsync(0);
        await tech.Page.GotoAsync("/operations");
        await Assertions.Expect(tech.Page.GetByText("你没有使用此页面的权限")).ToBeVisibleAsync();
        tech.ShouldHaveSeenNoError();
    }

    private static async Task GiveUpAsync(Person person)
    {
        await person.Button("放弃").First.ClickAsync();
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "放弃" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("请填写原因")).ToBeVisibleAsync();
        await dialog.GetByLabel("原因").FillAsync("泵站已停用");
        await person.LookAsync("8-operations-give-up-wide");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "放弃" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    private static Task OpenListAsync(Person person, string name) => person.Page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();
}
