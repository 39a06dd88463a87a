using Microsoft.Playwright;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>Declining, ruling and transferring in a real browser, on phones and a desk.</summary>
public sealed class WorkItemActionsPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Two_teams_decline_the_arbiter_rules_and_the_item_is_transferred()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder());
        await server.StartAsync();
        using var api = await ApiClient.SignInAsync(server.Address, "grid");
        var task = (await api.RaiseAsync("大源站超限")).Text("id")!;
        var page = $"/work-items/{(await api.ItemOfAsync(task))!.Value.GetProperty("id").GetString()}";

        var grid = await OpenAsync(server, "grid", page, onPhone: true);
        await grid.Button("退单").ClickAsync();
        await ChooseAsync(grid, "应归哪个班组", "高新区网格中心");
        await Dialog(grid).GetByLabel("原因").FillAsync("点位不在桂溪街道");
        await grid.LookAsync("9-decline-phone");
        await ConfirmAsync(grid);
        await Assertions.Expect(grid.Page.GetByText("等待 高新区网格中心 签收")).ToBeVisibleAsync();

        var other = await OpenAsync(server, "grid-gaoxin", page, onPhone: true, "en");
        await other.Button("Decline").ClickAsync();
        await ChooseAsync(other, "Whose it is", "桂溪街道网格");
        await Dialog(other).GetByLabel("Reason").FillAsync("inside Guixi");
        await ConfirmAsync(other);
        await Assertions.Expect(other.Page.GetByText("Declined twice; 市生态环境督查巡查组 has to rule")).ToBeVisibleAsync();
        await other.LookAsync("9-disputed-phone-en");

        var inspection = await OpenAsync(server, "inspection", page);
        await inspection.Button("裁定").ClickAsync();
        await ChooseAsync(inspection, "班组", "桂溪街道网格");
        await Dialog(inspection).GetByLabel("原因").FillAsync("以管理辖区为准");
        await inspection.LookAsync("9-ruling-wide");
        await ConfirmAsync(inspection);
        await Assertions.Expect(inspection.Page.GetByText("等待 桂溪街道网格 签收")).ToBeVisibleAsync();

        await grid.Page.ReloadAsync();
        await grid.Button("签收").ClickAsync();
        await grid.Button("转办").ClickAsync();
        await ChooseAsync(grid, "转给", "周洋 · 高新区网格中心");
        await grid.LookAsync("9-transfer-phone");
        await ConfirmAsync(grid);
        await Assertions.Expect(grid.Page.GetByText("已转给 周洋，等待签收")).ToBeVisibleAsync();
        await grid.LookAsync("9-transferred-phone");

        await other.Page.ReloadAsync();
        await other.Button("Claim").ClickAsync();
        await Assertions.Expect(other.Button("Delegate")).ToBeVisibleAsync();
        await other.LookAsync("9-actions-phone-en");
        await inspection.Page.GotoAsync($"/tasks/{task}");
        await Assertions.Expect(inspection.Page.GetByText("裁定「现场核实」")).ToBeVisibleAsync();
        await inspection.LookAsync("9-timeline-wide");
        foreach (var person in new[] { grid, other, inspection }) person.ShouldHaveSeenNoError();
    }

    private static ILocator Dialog(Person person) => person.Page.GetByRole(AriaRole.Dialog);

    private static Task ChooseAsync(Person person, string label, string option) => person.ChooseAsync(Dialog(person).GetByLabel(label), option);

    private static Task ConfirmAsync(Person person) =>
        Dialog(person).Locator(".ant-modal-footer .ant-btn-primary").ClickAsync();

    private async Task<Person> OpenAsync(ServerProcess server, string userName, string page, bool onPhone = false, string language = "zh-CN")
    {
        var person = await browser.OpenAsync(server.Address, userName, onPhone, language);
        await person.Page.GotoAsync(page);
        return person;
    }
}
