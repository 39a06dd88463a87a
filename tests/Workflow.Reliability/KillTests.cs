using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Reliability.Processes;
using Xunit.Abstractions;

namespace Workflow.Reliability;

public class KillTests(ITestOutputHelper output)
{
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FireLimit = TimeSpan.FromSeconds(30);
    private static readonly string[] UserNames = ["grid", "tech", "enforcement", "inspection"];

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("WORKFLOW_KILLS") ?? "10", CultureInfo.InvariantCulture);
    private static readonly int Clients = int.Parse(Environment.GetEnvironmentVariable("WORKFLOW_CLIENTS") ?? "4", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Killed_at_random_points_nothing_answered_is_lost_and_nothing_happens_twice()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("WORKFLOW_SEED") ?? TimeProvider.System.GetTimestamp().GetHashCode().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        output.WriteLine($"seed {seed}: WORKFLOW_SEED={seed} reruns it; {Kills} kills, {Clients} clients");
        var random = Seeded(seed);
        // 600 × real time: the 20 minutes of the response clock pass in two seconds, so timers fire between the kills.
        await using var server = new ServerProcess(ServerProcess.NewFolder(), "--now", "2026-10-03T02:14:00+08:00", "--speed", "600");
        await server.StartAsync();
        var people = await SignInAsync(server);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(number => new BusyClient(number, Seeded(seed + number + 1), people)).ToList();
        var running = clients.Select(client => Task.Run(() => client.RunAsync(stop.Token))).ToList();

        for (var kill = 1; kill <= Kills; kill++)
        {
            // So many answers after the last start, and then wherever the server happens to be.
            var enough = clients.Sum(client => client.Acknowledged.Count) + random.Next(1, 40);
            await Poll.UntilAsync("work goes on", ProgressLimit, () => Task.FromResult(clients.Sum(client => client.Acknowledged.Count) >= enough || running.Exists(client => client.IsFaulted)));
            await server.KillAsync();
            await server.StartAsync();
            output.WriteLine($"kill {kill}: {clients.Sum(client => client.Acknowledged.Count)} acknowledged");
        }
        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(running);
        }
        catch (Exception)
        {
            output.WriteLine(server.Output);
            throw;
        }
        await server.KillAsync();

        var acknowledged = clients.SelectMany(client => client.Acknowledged).ToList();
        acknowledged.Count.ShouldBeGreaterThan(Kills);
        (await PromiseChecker.CheckAsync(server.Database, acknowledged)).ShouldBeEmpty();
    }

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

        var broken = await PromiseChecker.CheckAsync(server.Database, [new Acknowledged.Raised("never stored", new string('0', 32), "CD-2026-999999"), new Acknowledged.Claimed(first.Text("id")!, 9, "u-grid")]);

        broken.ShouldContain(line => line.Contains("CD-2026-999999 was acknowledged and is gone", StringComparison.Ordinal));
        broken.ShouldContain(line => line.Contains("'same subject' was raised 2 times", StringComparison.Ordinal));
        broken.ShouldContain(line => line.Contains("the journal breaks at revision 1", StringComparison.Ordinal));
        broken.ShouldContain(line => line.Contains("is missing", StringComparison.Ordinal));
        broken.ShouldContain(line => line.StartsWith("Claimed", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyDictionary<string, ApiClient>> SignInAsync(ServerProcess server)
    {
        var people = new Dictionary<string, ApiClient>();
        foreach (var name in UserNames) people[name] = await ApiClient.SignInAsync(server.Address, name);
        return people;
    }

#pragma warning disable RS0030 // The seed is printed, so the run can be repeated.
    private static Random Seeded(int seed) => new(seed);
#pragma warning restore RS0030
}
