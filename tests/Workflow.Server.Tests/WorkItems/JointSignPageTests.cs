using Microsoft.Playwright;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>A joint sign in a real browser: the signers are shown with their answers, one is added on a phone and removed at a desk.</summary>
public sealed class JointSignPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_signer_is_added_on_a_phone_and_removed_at_a_desk_and_the_answers_are_shown()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder());
        await server.StartAsync();
        var task = await Collective.RaiseAsync(server.Address, "未批先建");
        using var api = await ApiClient.SignInAsync(server.Address, "enforcement");
        var page = $"/work-items/{(await api.ItemOfAsync(task))!.Value.GetProperty("id").GetString()}";

        var enforcement = await OpenAsync(server, "enforcement", page, onPhone: true);
        await enforcement.Button("签收").ClickAsync();
        await Assertions.Expect(enforcement.Page.GetByText("「同意」已有 0 人，需 2 人")).ToBeVisibleAsync();
        await enforcement.Button("加签").ClickAsync();
        var dialog = enforcement.Page.GetByRole(AriaRole.Dialog);
        // The server narrows the list to what is typed; the last of the names is shared by another one's beginning.
        await dialog.GetByLabel("加签给谁").FillAsync("孙浩");
        var option = enforcement.Page.Locator(".ant-select-item-option").Filter(new() { HasText = "孙浩 · " });
        await Assertions.Expect(enforcement.Page.Locator(".ant-select-item-option").Filter(new() { HasText = "网格" })).ToHaveCountAsync(0);
        await Assertions.Expect(dialog.Locator(".ant-select-loading")).ToHaveCountAsync(0);
        // A list that is still taking up what the server sent lets a click pass.
        var chosen = dialog.Locator(".ant-select-selection-item");
        await Poll.UntilAsync("somebody is chosen", TimeSpan.FromSeconds(20), async () =>
        {
            if (await chosen.CountAsync() == 0) await option.ClickAsync();
            return await chosen.CountAsync() > 0;
        });
        await Assertions.Expect(chosen).ToContainTextAsync("孙浩");
        await dialog.GetByLabel("原因").FillAsync("涉及两区");
        await Assertions.Expect(option).ToBeHiddenAsync();
        await enforcement.LookAsync("10-add-signer-phone");
        await dialog.Locator(".ant-modal-footer .ant-btn-primary").ClickAsync();
        await Assertions.Expect(enforcement.Page.GetByText("「同意」已有 0 人，需 3 人")).ToBeVisibleAsync();
        await enforcement.LookAsync("10-signers-phone");

        var inspection = await OpenAsync(server, "inspection", page, onPhone: false, "en");
        await Assertions.Expect(inspection.Page.GetByText("added by 陈强")).ToBeVisibleAsync();
        await inspection.Page.GetByRole(AriaRole.Button, new() { Name = "Remove 孙浩" }).ClickAsync();
        var removal = inspection.Page.GetByRole(AriaRole.Dialog);
        await removal.GetByLabel("Reason").FillAsync("not concerned");
        await inspection.LookAsync("10-remove-signer-wide-en");
        await removal.Locator(".ant-modal-footer .ant-btn-primary").ClickAsync();
        await Assertions.Expect(inspection.Page.GetByText("“Agree”: 0 of the 2 that are needed")).ToBeVisibleAsync();
        await inspection.LookAsync("10-signers-wide-en");

        using var tech = await ApiClient.SignInAsync(server.Address, "tech");
        (await tech.HandleAsync(task, "Agree", [])).IsSuccess.ShouldBeTrue();
        await enforcement.Page.ReloadAsync();
        await Assertions.Expect(enforcement.Page.GetByText("「同意」已有 1 人，需 2 人")).ToBeVisibleAsync();
        (await api.PostAsync($"{page[1..]}/completion", new { revision = 2, outcome = "Agree", values = new { } })).IsSuccess.ShouldBeTrue();
        await inspection.Page.ReloadAsync();
        await Assertions.Expect(inspection.Page.GetByText("Decided: Agree")).ToBeVisibleAsync();
        await inspection.Page.GotoAsync($"/tasks/{task}");
        await Assertions.Expect(inspection.Page.GetByText("“集体讨论” was decided")).ToBeVisibleAsync();
        await inspection.LookAsync("10-joint-sign-timeline-wide-en");
        foreach (var person in new[] { enforcement, inspection }) person.ShouldHaveSeenNoError();
    }

    private async Task<Person> OpenAsync(ServerProcess server, string userName, string page, bool onPhone, string language = "zh-CN")
    {
        var person = await browser.OpenAsync(server.Address, userName, onPhone, language);
        await person.Page.GotoAsync(page);
        return person;
    }
}
