using System.Net;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.Definitions;

namespace Workflow.Server.Tests.Operations;

/// <summary>The real server with more free disk asked for than there is.</summary>
public class LowDiskTests
{
    [Fact]
    public async Task Starts_get_503_what_runs_goes_on_and_the_same_request_is_taken_when_there_is_room()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder());
        server.Settings["Operations__HeartbeatSeconds"] = "0.2";
        await server.StartAsync();
        using var client = await ApiClient.SignInAsync(server.Address, "operator");
        using var tech = await ApiClient.SignInAsync(server.Address, "tech");
        await client.PublishAsync("waits", Documents.Waiting("waits", "go"));
        using var grid = await ApiClient.SignInAsync(server.Address, "grid");
        var running = (await tech.RaiseAsync("raised before")).Text("id")!;
        await server.KillAsync();

        server.Settings["Disk__MinFreeMegabytes"] = "1000000000";
        await server.StartAsync();
        ApiAnswer[] refused =
        [
            await tech.RaiseAsync("raised while it is low", key: "low-1"), await client.PostAsync("instances", new { definitionId = "waits" }, "low-2"),
            await client.PostAsync("instances/dispatch", new { definitionId = "waits" }, "low-3"),
        ];
        var item = (await grid.ItemOfAsync(running))!.Value;
        var claimed = await grid.PostAsync($"work-items/{item.GetProperty("id").GetString()}/claim", new { revision = item.GetProperty("revision").GetInt32() });
        var unattached = await grid.AttachAsync(item.GetProperty("id").GetString()!, new MultipartFormDataContent { { new ByteArrayContent(ApiClient.Png), "file", "a.png" } });
        var status = (await client.GetAsync("operations/status")).Body.GetProperty("database");
        await Poll.UntilAsync("it is told", TimeSpan.FromSeconds(30), () => Task.FromResult(server.Output.Contains("The disk is low", StringComparison.Ordinal)));
        await server.KillAsync();

        server.Settings["Disk__MinFreeMegabytes"] = "0";
        await server.StartAsync();
        var taken = await tech.RaiseAsync("raised while it is low", key: "low-1");
        var dispatched = await client.PostAsync("instances/dispatch", new { definitionId = "waits" }, "low-3");

        refused.ShouldAllBe(answer => answer.Status == HttpStatusCode.ServiceUnavailable && answer.Text("reason") == "disk-low" && answer.RetryAfter > TimeSpan.Zero);
        refused.ShouldAllBe(answer => answer.Text("detail")!.StartsWith("Expected at least 1000000000 MB free on the disk, found "));
        (unattached.Status, unattached.Text("reason")).ShouldBe((HttpStatusCode.ServiceUnavailable, "disk-low"));
        claimed.Status.ShouldBe(HttpStatusCode.OK);
        status.GetProperty("freeBytes").GetInt64().ShouldBeInRange(1, status.GetProperty("minFreeBytes").GetInt64());
        (taken.Status, dispatched.Status).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Accepted));
    }
}
