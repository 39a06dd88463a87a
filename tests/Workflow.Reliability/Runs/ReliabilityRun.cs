using System.Globalization;
using Workflow.Reliability.Checks;
using Workflow.Reliability.Clients;
using Workflow.Reliability.Processes;

namespace Workflow.Reliability.Runs;

/// <summary>
/// Lets clients work while faults strike, then brings everything that is under way a step further, or to its end, and holds the database against
/// what the clients were told.
/// </summary>
internal static class ReliabilityRun
{
    private const int MostBetweenFaults = 40;
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(120);

    /// <param name="say">Gets the progress, line by line.</param>
    public static async Task<RunReport> RunAsync(RunDescription run, Action<string> say)
    {
        var began = TimeProvider.System.GetTimestamp();
        say($"seed {run.Seed}: {run.Times} × {run.Fault.Name}, {run.Store}, {run.Clients} clients");
        await using var installation = await Installation.StartAsync(run);
        var refusals = await StrikeAsync(run, installation, say);
        await run.Fault.EndAsync(installation);
        await installation.RestartEndedAsync();

        var acknowledged = AcknowledgedLog.ReadAll(installation.Logs);
        say($"{acknowledged.Count} commands acknowledged, {installation.Staff.Repeated} requests repeated; everything goes on");
        var stuck = run.IsBrokenOnPurpose ? [] : await new GoingOn(installation.Database, installation.Staff).CheckAsync();
        var answers = installation.Addresses.Select(address => installation.Staff.Answers.GetValueOrDefault(address)).ToList();
        foreach (var node in installation.Nodes) await node.KillAsync();
        var broken = await PromiseChecker.CheckAsync(installation.Database, acknowledged, installation.Target.Arrivals);
        await using var db = installation.Database.CreateDbContext();
        var report = new RunReport(run.Times, acknowledged.Count, installation.Staff.Repeated, answers, db.Instances.Count(), TimeProvider.System.GetElapsedTime(began), [.. refusals, .. stuck, .. broken]);
        foreach (var line in report.Broken) say($"BROKEN: {line}");
        if (report.Broken.Count > 0 && !run.IsBrokenOnPurpose) Keep(installation, say);
        say(string.Create(CultureInfo.InvariantCulture,
            $"{report.Faults} faults, {report.Acknowledged} acknowledged, {report.Repeated} repeated, {report.Instances} instances, answers by server {string.Join(" ", report.Answers)}, {report.Took.TotalSeconds:F0} s: {report.Broken.Count} broken promises"));
        return report;
    }

    /// <returns>What was refused to the clients.</returns>
    private static async Task<IReadOnlyList<string>> StrikeAsync(RunDescription run, Installation installation, Action<string> say)
    {
        var random = Seeded(run.Seed);
        var logs = Enumerable.Range(0, run.Clients).Select(number => new AcknowledgedLog(installation.Logs, number)).ToList();
        var clients = logs.Select((log, number) => new BusyClient(number, Seeded(run.Seed + number + 1), installation.Staff, log)).ToList();
        using var stop = new CancellationTokenSource();
        var running = clients.Select(client => Task.Run(() => client.RunAsync(stop.Token))).ToList();
        int Acknowledged() => clients.Sum(client => client.Acknowledged);
        async Task WorkAsync(string what, int enough)
        {
            await Poll.UntilAsync(what, ProgressLimit, () => Task.FromResult(Acknowledged() >= enough || running.Exists(client => client.IsFaulted)));
            if (running.Find(client => client.IsFaulted) is { } failed) await failed;
        }
        try
        {
            for (var strike = 1; strike <= run.Times; strike++)
            {
                // So many answers after the last fault, and then wherever the servers happen to be.
                var enough = Acknowledged() + random.Next(1, MostBetweenFaults);
                await WorkAsync("work goes on", enough);
                await run.Fault.StrikeAsync(installation, random);
                if (strike <= 10 || strike % 10 == 0) say($"{strike} of {run.Times}: {run.Fault.Name}; {Acknowledged()} acknowledged");
            }
            var last = Acknowledged() + MostBetweenFaults;
            await WorkAsync("work goes on after the last fault", last);
            await stop.CancelAsync();
            await Task.WhenAll(running);
        }
        catch
        {
            Keep(installation, say);
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var log in logs) log.Dispose();
        }
        return [.. clients.SelectMany(client => client.Refusals)];
    }

    /// <summary>What the servers have printed, for whoever looks for the cause.</summary>
    private static void Keep(Installation installation, Action<string> say)
    {
        var folder = Directory.CreateTempSubdirectory("workflow-broken-").FullName;
        foreach (var (number, node) in installation.Nodes.Index()) File.WriteAllText(Path.Combine(folder, $"node-{number}.txt"), node.Output);
        foreach (var file in Directory.EnumerateFiles(installation.Logs)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        say($"what the servers printed and the clients' files: {folder}");
    }

#pragma warning disable RS0030 // The seed is printed, so the run can be repeated.
    private static Random Seeded(int seed) => new(seed);
#pragma warning restore RS0030
}
