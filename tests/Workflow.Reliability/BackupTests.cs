using System.Diagnostics;
using Workflow.Reliability.Checks;
using Workflow.Reliability.Clients;
using Workflow.Reliability.Faults;
using Workflow.Reliability.Processes;
using Workflow.Reliability.Runs;
using Xunit.Abstractions;

namespace Workflow.Reliability;

/// <summary>A backup that is taken while clients work holds everything that was answered before, and all of it can go on.</summary>
public class BackupTests(ITestOutputHelper output)
{
    private const int Clients = 6;
    private const int Before = 60;
    private const int Meanwhile = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task What_was_answered_before_a_backup_under_load_is_there_after_the_restore_and_goes_on()
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        await using var installation = await Installation.StartAsync(new(StoreKind.Sqlite, new KillServer(), 0, Clients, seed));
        var node = installation.Nodes[0];
        await using var restored = new ServerProcess(ServerProcess.NewFolder(), Installation.DemoClock);
        foreach (var (name, value) in node.Settings) restored.Settings[name] = value;
        var file = Path.Combine(installation.Folder, "backup.zip");

        var acknowledged = await BackUpUnderLoadAsync(installation, seed, file);
        await node.KillAsync();
        await RunAsync("restore", file, "--data", restored.DataFolder);
        await restored.StartAsync();
        using var staff = new Staff([restored.Address]);
        var stuck = await new GoingOn(restored.Database, staff).CheckAsync();
        await restored.KillAsync();

        var evidence = await EvidenceChecker.CheckAsync(restored.Database, Path.Combine(restored.DataFolder, "evidence"));
        output.WriteLine($"{acknowledged.Count} acknowledged before the backup, {evidence.Count} pieces of evidence");
        stuck.ShouldBeEmpty();
        (await PromiseChecker.CheckAsync(restored.Database, acknowledged, installation.Target.Arrivals, isRestored: true)).ShouldBeEmpty();
        evidence.Count.ShouldBePositive();
        evidence.Broken.ShouldBeEmpty();
        // The checks can fail: the acknowledgements of the whole run are not all in the backup, and a file can be missing.
        (await PromiseChecker.CheckAsync(restored.Database, AcknowledgedLog.ReadAll(installation.Logs), installation.Target.Arrivals, isRestored: true)).ShouldNotBeEmpty();
        Directory.Delete(Path.Combine(restored.DataFolder, "evidence"), recursive: true);
        (await EvidenceChecker.CheckAsync(restored.Database, Path.Combine(restored.DataFolder, "evidence"))).Broken.Count.ShouldBe(evidence.Count);
    }

    /// <returns>What was acknowledged before the backup began.</returns>
    private static async Task<IReadOnlyList<Acknowledged>> BackUpUnderLoadAsync(Installation installation, int seed, string file)
    {
        var logs = Enumerable.Range(0, Clients).Select(number => new AcknowledgedLog(installation.Logs, number)).ToList();
#pragma warning disable RS0030 // The seed is printed, so the run can be repeated.
        var clients = logs.Select((log, number) => new BusyClient(number, new Random(seed + number), installation.Staff, log)).ToList();
#pragma warning restore RS0030
        using var stop = new CancellationTokenSource();
        var running = clients.Select(client => Task.Run(() => client.RunAsync(stop.Token))).ToList();
        Task AnswersAsync(int count)
        {
            var enough = clients.Sum(client => client.Acknowledged) + count;
            return Poll.UntilAsync("work goes on", Limit, () => Task.FromResult(clients.Sum(client => client.Acknowledged) >= enough || running.Exists(client => client.IsFaulted)));
        }
        try
        {
            await AnswersAsync(Before);
            var acknowledged = AcknowledgedLog.ReadAll(installation.Logs);
            var backup = RunAsync("backup", file, "--data", installation.Nodes[0].DataFolder);
            await Task.WhenAll(backup, AnswersAsync(Meanwhile));
            await stop.CancelAsync();
            await Task.WhenAll(running);
            clients.SelectMany(client => client.Refusals).ShouldBeEmpty();
            return acknowledged;
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var log in logs) log.Dispose();
        }
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(ServerProcess.Command(arguments))!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, string.Join('\n', said));
    }
}
