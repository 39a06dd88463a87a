using Workflow.Reliability.Processes;

namespace Workflow.Reliability;

public class DowntimeTests
{
    private static readonly TimeSpan FireLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Timers_that_were_due_while_the_server_was_down_fire_at_once_and_once()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder());
        await server.StartAsync("--now", "2026-10-03T02:14:00+08:00");
        using var before = await ApiClient.SignInAsync(server.Address, "tech");
        var task = (await before.RaiseAsync("down at night")).Text("id")!;
        await server.KillAsync();

        await server.StartAsync("--now", "2026-10-03T03:30:00+08:00");
        await Poll.UntilAsync("the breach shows", FireLimit, async () => (await before.GetAsync("tasks")).Body.GetProperty("items")[0].GetProperty("breached").GetBoolean());
        await server.KillAsync();
        await server.StartAsync("--now", "2026-10-03T03:40:00+08:00");

        var kinds = (await before.GetAsync($"tasks/{task}/timeline")).Body.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()).ToList();
        kinds.Count(kind => kind == "rungFired").ShouldBe(2);
        kinds.Count(kind => kind == "clockBreached").ShouldBe(1);
        (await before.GetAsync($"tasks/{task}")).Body.GetProperty("stages")[1].GetProperty("state").GetString().ShouldBe("current");
    }
}
