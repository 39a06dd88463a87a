using Microsoft.Playwright;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Tasks;

public sealed class AlarmsPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_page_of_a_task_counts_its_alarms_and_says_that_they_are_over()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder());
        await server.StartAsync();
        using (var organiser = await ApiClient.SignInAsync(server.Address, "operator"))
            (await organiser.PostRawAsync("subjects/import", "key,name,category,areaCode\nsite,北区工地,dust-site,510107064", "text/csv")).IsSuccess.ShouldBeTrue();
        using var tech = await ApiClient.SignInAsync(server.Address, "tech");
        var task = "";
        foreach (var pm10 in new[] { 180, 110 })
            task = (await tech.PostAsync("tasks", new { definitionId = "dust-site-alarm", subject = "扬尘超限", subjectKey = "site", inputs = new { pm10 } })).Text("id")!;

        var wide = await browser.OpenAsync(server.Address, "tech");
        await wide.Page.GotoAsync($"/tasks/{task}");
        await Assertions.Expect(wide.Page.GetByText("2 次，最近")).ToContainTextAsync("已回落，自");
        await wide.LookAsync("10-alarms-wide");
        var phone = await browser.OpenAsync(server.Address, "tech", true, "en");
        await phone.Page.GotoAsync($"/tasks/{task}");
        await Assertions.Expect(phone.Page.GetByText("2, last")).ToContainTextAsync("cleared since");
        await phone.LookAsync("10-alarms-phone-en");
    }
}
