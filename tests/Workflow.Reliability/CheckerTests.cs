using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Reliability.Checks;
using Workflow.Reliability.Clients;
using Workflow.Reliability.Processes;

namespace Workflow.Reliability;

/// <summary>A checker that never failed is not trusted.</summary>
public class CheckerTests
{
    [Fact]
    public async Task The_checker_notices_a_lost_answer_a_repeated_task_and_a_tampered_journal()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder(), "--now", "2026-10-03T02:14:00+08:00");
        await server.StartAsync();
        using var tech = await ApiClient.SignInAsync(server.Address, "tech");
        var first = await tech.RaiseAsync("same subject");
        await tech.RaiseAsync("same subject");
        await server.KillAsync();
        await using (var db = server.Database.CreateDbContext())
        {
            InstanceId.TryParse(first.Text("id"), out var id).ShouldBeTrue();
            await db.Journal.Where(row => row.InstanceId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ActorName, "somebody else"));
            await db.Timers.Where(row => row.InstanceId == id).ExecuteDeleteAsync();
        }

        var broken = await PromiseChecker.CheckAsync(
            server.Database, [new Acknowledged.Raised("never stored", new string('0', 32), "CD-2026-999999"), new Acknowledged.Claimed(first.Text("id")!, 9, "u-grid")],
            new Dictionary<string, int> { ["never-asked:1"] = 1 });

        broken.ShouldContain(line => line.Contains("CD-2026-999999 was acknowledged and is gone", StringComparison.Ordinal));
        broken.ShouldContain(line => line.Contains("'same subject' was raised 2 times", StringComparison.Ordinal));
        broken.ShouldContain(line => line.Contains("the journal breaks at revision 1", StringComparison.Ordinal));
        broken.ShouldContain(line => line.Contains("is missing", StringComparison.Ordinal));
        broken.ShouldContain(line => line.StartsWith("Claimed", StringComparison.Ordinal));
        broken.ShouldContain("effect never-asked:1 arrived and was never asked for");
    }
}
