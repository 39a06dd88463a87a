using Workflow.Benchmarks.Stores;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>The loop through the real server over loopback, as one account; its callers share the machine with it.</summary>
internal static class HttpBenchmark
{
    private const int WarmUpInstances = 500;

    public static async Task RunAsync(BenchmarkStore store, int instances, int concurrency, CancellationToken cancel)
    {
        var connectionString = await store.NewDatabaseAsync(cancel);
        var definition = FiveSteps.WithTimers();
        await using var server = ServerUnderTest.Prepare(store, connectionString, definition);
        await server.StartAsync();
        using var client = await server.SignInAsync();
        var target = new HttpLoop(client, definition.Id);
        var warmUp = Math.Min(WarmUpInstances, instances);
        await Loop.DriveAsync(target, warmUp, concurrency, cancel);

        var (cpuBefore, clientBefore) = (server.Usage.Cpu, Environment.CpuUsage.TotalTime);
        var times = await Loop.DriveAsync(target, instances, concurrency, cancel);
        var (usage, clientCpu) = (server.Usage, Environment.CpuUsage.TotalTime - clientBefore);

        await Stored.AllFinished(warmUp + instances).CheckAsync(store.Of(connectionString), cancel);
        Report.Print(new
        {
            store = store.Name,
            n = instances,
            concurrency,
            instances_per_s = Report.Round(times.InstancesPerSecond),
            transitions_per_s = Report.Round(times.TransitionsPerSecond),
            ack_p50_ms = Report.Round(times.AnswerMs(50)),
            ack_p99_ms = Report.Round(times.AnswerMs(99)),
            server_cpu_s = Report.Round((usage.Cpu - cpuBefore).TotalSeconds),
            client_cpu_s = Report.Round(clientCpu.TotalSeconds),
            server_peak_rss_mb = Report.Round(usage.PeakRssBytes / 1e6),
        });
    }
}
