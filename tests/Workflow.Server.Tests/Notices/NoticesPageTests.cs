using Microsoft.Playwright;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Notices;

public sealed class NoticesPageTests(Browser browser) : IClassFixture<Browser>
{
    private const string DutyLeader = """
        { "shifts": [ { "id": "all-day", "name": "全天", "from": "00:00", "to": "00:00" } ],
          "duties": [ { "team": "tech-city", "shift": "all-day", "member": "u-tech", "from": "2026-01-01", "leads": "true" } ] }
        """;

    [Fact]
    public async Task A_duty_leader_hears_by_the_bell_of_what_nobody_claims_and_has_read_it_when_it_is_opened()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder(), "--now", "2026-10-03T02:14:00+08:00", "--speed", "600");
        await server.StartAsync();
        using (var organiser = await ApiClient.SignInAsync(server.Address, "operator"))
            (await organiser.PostRawAsync("organisation/import", DutyLeader, "application/json")).IsSuccess.ShouldBeTrue();
        var wide = await browser.OpenAsync(server.Address, "tech");
        var bell = wide.Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "消息" });
        await bell.ClickAsync();
        await Assertions.Expect(wide.Page.GetByText("没有消息")).ToBeVisibleAsync();

        using (var raiser = await ApiClient.SignInAsync(server.Address, "tech"))
            (await raiser.PostAsync("tasks", new { definitionId = "air-station-alarm", areaCode = "510107064", subject = "大源站 PM2.5", priority = "urgent", inputs = new { pm25 = 182.5 } })).IsSuccess.ShouldBeTrue();

        // Nothing was reloaded: the list and the bell are told of it.
        var notice = wide.Page.GetByTestId("notice").Filter(new() { HasText = "大源站 PM2.5" });
        await Assertions.Expect(notice).ToContainTextAsync("无人签收", new() { Timeout = 60_000 });
        await Assertions.Expect(notice).ToContainTextAsync("未读");
        await Assertions.Expect(wide.Page.GetByRole(AriaRole.Link, new() { Name = "消息，1 条未读" })).ToBeVisibleAsync();
        await wide.LookAsync("20-notices-wide");
        var phone = await browser.OpenAsync(server.Address, "tech", true, "en");
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "Notices, 1 unread" }).ClickAsync();
        await Assertions.Expect(phone.Page.GetByTestId("notice")).ToContainTextAsync("nobody has claimed it");
        await phone.LookAsync("20-notices-phone-en");

        await notice.GetByRole(AriaRole.Heading).GetByRole(AriaRole.Link).ClickAsync();

        await Assertions.Expect(wide.Page.GetByTestId("ladder")).ToBeVisibleAsync();
        await Assertions.Expect(wide.Page.GetByRole(AriaRole.Link, new() { Name = "消息", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(phone.Page.GetByTestId("notice")).Not.ToContainTextAsync("Unread");
        wide.ShouldHaveSeenNoError();
    }
}
