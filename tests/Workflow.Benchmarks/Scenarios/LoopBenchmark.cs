using System.Diagnostics;
using Workflow.Benchmarks.Stores;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>
/// The whole way of a stimulus: into the commit queue, through the core, to the disk, and back to the caller with the answer.
/// The floor is taken before, between and after, because a shared disk is not the same disk from one minute to the next.
/// </summary>
internal static class LoopBenchmark
{
    /// <summary>Driven before the clock starts, so that what is measured is compiled; no more than are measured.</summary>
    private const int WarmUpInstances = 1000;

    public static async Task RunAsync(BenchmarkStore store, int instances, int concurrency, CancellationToken cancel)
    {
        var floor = await FloorBenchmark.PrepareAsync(store, store.FloorConnections(concurrency), cancel);
        await floor.MeasureAsync(cancel);
        var connectionString = await store.NewDatabaseAsync(cancel);
        var (database, definition) = (store.Of(connectionString), FiveSteps.WithTimers());
        await using var engine = await EngineInProcess.StartAsync(database, definition, cancel);
        var target = new EngineLoop(engine, definition.Id);
        var warmUp = Math.Min(WarmUpInstances, instances);
        await Loop.DriveAsync(target, warmUp, concurrency, cancel);
        await floor.MeasureAsync(cancel);

        var sizeBefore = await store.SizeBytesAsync(connectionString, cancel);
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var times = await Loop.DriveAsync(target, instances, concurrency, cancel);
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        var size = await store.SizeBytesAsync(connectionString, cancel) - sizeBefore;
        await floor.MeasureAsync(cancel);

        await Stored.AllFinished(warmUp + instances).CheckAsync(database, cancel);
        Report.Print(new
        {
            store = store.Name,
            n = instances,
            concurrency,
            instances_per_s = Report.Round(times.InstancesPerSecond),
            transitions_per_s = Report.Round(times.TransitionsPerSecond),
            ack_p50_ms = Report.Round(times.AnswerMs(50)),
            ack_p99_ms = Report.Round(times.AnswerMs(99)),
            cpu_s = Report.Round(cpu.TotalSeconds),
            peak_rss_mb = Report.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1e6),
            disk_bytes_per_instance = Report.Round((double)size / instances),
            floor_commits_per_s = Report.Round(floor.Best),
            cpu_ms_per_transition = Report.Round(cpu.TotalMilliseconds / times.Answers.Length),
            of_floor = Report.Round(times.TransitionsPerSecond / floor.Best),
        });
    }
}
