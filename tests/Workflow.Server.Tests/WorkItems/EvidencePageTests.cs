using Microsoft.Playwright;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>In a real browser: a photo from a phone, with what is known of it; and who reported the task, for those who may know.</summary>
public sealed class EvidencePageTests(Browser browser, ServerFixture fixture) : IClassFixture<Browser>, IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_photo_from_a_phone_is_shown_with_time_position_source_and_what_the_camera_wrote()
    {
        using var tech = await ApiClient.SignInAsync(fixture.Address, "tech");
        using var api = await ApiClient.SignInAsync(fixture.Address, "grid");
        var task = (await tech.RaiseAsync("工地扬尘")).Text("id")!;
        var item = (await api.ItemOfAsync(task))!.Value.GetProperty("id").GetString()!;

        var grid = await browser.OpenAsync(fixture.Address, "grid", onPhone: true);
        await grid.Page.Context.GrantPermissionsAsync(["geolocation"]);
        await grid.Page.Context.SetGeolocationAsync(new() { Longitude = 104.07f, Latitude = 30.57f });
        await grid.Page.GotoAsync($"/work-items/{item}");
        await grid.Button("签收").ClickAsync();
        await Assertions.Expect(grid.Page.GetByText("严禁上传涉密材料")).ToBeVisibleAsync();
        await grid.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload
        {
            Name = "现场.jpg", MimeType = "image/jpeg", Buffer = Exif.Jpeg(104.0668, 30.5728, "2026:10:03 02:10:00", "+08:00"),
        });

        await Assertions.Expect(grid.Page.GetByText("手持拍摄")).ToBeVisibleAsync();
        await Assertions.Expect(grid.Page.GetByText("照片自带信息")).ToBeVisibleAsync();
        await grid.LookAsync("11-evidence-phone");
        await grid.Page.Locator("input[type=file]").Last.SetInputFilesAsync(new FilePayload { Name = "病毒.jpg", MimeType = "image/jpeg", Buffer = [.. "MZ no photo"u8] });
        await Assertions.Expect(grid.Page.GetByText("不接受这种文件")).ToBeVisibleAsync();
        await grid.LookAsync("11-evidence-refused-phone");

        var inspection = await browser.OpenAsync(fixture.Address, "inspection", language: "en");
        await inspection.Page.GotoAsync($"/work-items/{item}");
        await Assertions.Expect(inspection.Page.GetByText("hand-held camera")).ToBeVisibleAsync();
        await inspection.LookAsync("11-evidence-wide-en");
    }

    [Fact]
    public async Task A_supervisor_looks_at_a_reporter_masked_first_and_erases_it()
    {
        using var tech = await ApiClient.SignInAsync(fixture.Address, "tech");
        var task = (await tech.PostAsync("tasks", new
        {
            definitionId = "air-station-alarm", areaCode = "510107064", subject = "刺鼻气味", inputs = new { pm25 = 180.5 },
            reporter = new { name = "欧阳举报", number = "13987654321", address = "天府五街九百零一号", text = "我是工地的会计", confidential = true },
        })).Text("id")!;

        var clerk = await browser.OpenAsync(fixture.Address, "tech", onPhone: true);
        await clerk.Page.GotoAsync($"/tasks/{task}");
        await clerk.Button("查看（部分隐藏）").ClickAsync();
        await Assertions.Expect(clerk.Page.GetByText("139****4321")).ToBeVisibleAsync();
        await clerk.LookAsync("12-reporter-masked-phone");

        var inspection = await browser.OpenAsync(fixture.Address, "inspection", language: "en");
        await inspection.Page.GotoAsync($"/tasks/{task}");
        await inspection.Button("Look (partly hidden)").ClickAsync();
        await inspection.Button("Show all of it").ClickAsync();
        await Assertions.Expect(inspection.Page.GetByText("13987654321")).ToBeVisibleAsync();
        await inspection.LookAsync("12-reporter-wide-en");
        await inspection.Button("Erase").ClickAsync();
        // By key: a popup that is still finding its place after the picture was taken lets a click of the same instant pass.
        await inspection.Page.Locator(".ant-popconfirm .ant-btn-primary").PressAsync("Enter");
        await Assertions.Expect(inspection.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Erased " })).ToBeVisibleAsync();
        await Assertions.Expect(inspection.Page.GetByText("13987654321")).ToHaveCountAsync(0);
        await inspection.LookAsync("12-reporter-erased-wide-en");

        var grid = await browser.OpenAsync(fixture.Address, "grid");
        await grid.Page.GotoAsync($"/tasks/{task}");
        await Assertions.Expect(grid.Page.GetByRole(AriaRole.Heading, new() { Name = "刺鼻气味" })).ToBeVisibleAsync();
        await Assertions.Expect(grid.Page.GetByTestId("task-reporter")).ToHaveCountAsync(0);
        foreach (var person in new[] { clerk, inspection, grid }) person.ShouldHaveSeenNoError();
    }
}
