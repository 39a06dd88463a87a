using System.Collections.Concurrent;
using System.Diagnostics;
using Workflow.Benchmarks.Stores;
using Workflow.Engine.Instances;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>
/// Many instances that wait for a time far away: what they cost in memory, and how late those of them fire whose time comes. The clock of the engine is put
/// forward to just before that time instead of waiting for it; from there it runs as ever, and the timer job finds what is due as it does in the server.
/// </summary>
internal static class WaitingBenchmark
{
    private const int MostDue = 10_000;
    private const int WarmUpInstances = 500;
    private static readonly TimeSpan BetweenDue = TimeSpan.FromMilliseconds(1);

    /// <summary>Between the jump of the clock and the first due time.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(BenchmarkStore store, int instances, CancellationToken cancel)
    {
        var (database, definition, clock) = (store.Of(await store.NewDatabaseAsync(cancel)), FarTimer.Definition(), new Clock());
        await using var engine = await EngineInProcess.StartAsync(database, definition, cancel, clock);
        var far = clock.GetUtcNow() + 2 * FarTimer.FarAway;
        var warmUp = Math.Min(WarmUpInstances, instances);
        await FarTimer.StartAsync(engine, definition.Id, [.. Enumerable.Repeat(far, warmUp)], cancel);
        var firstDue = clock.GetUtcNow() + FarTimer.FarAway;
        var dueTimes = Enumerable.Range(0, Math.Min(MostDue, instances)).Select(index => firstDue + index * BetweenDue).ToList();
        List<DateTimeOffset> all = [.. dueTimes, .. Enumerable.Repeat(far, instances - dueTimes.Count)];
        var fired = new ConcurrentDictionary<InstanceId, DateTimeOffset>(concurrencyLevel: 1, capacity: dueTimes.Count);

        // Those that become due are started first, so that the others have come between: nothing of theirs is in memory any more.
        var before = RssAfterCollection();
        var started = Stopwatch.GetTimestamp();
        var waiting = await FarTimer.StartAsync(engine, definition.Id, all, cancel);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var after = RssAfterCollection();
        await Stored.AllWaiting(warmUp + instances).CheckAsync(database, cancel);

        var due = dueTimes.Index().ToDictionary(one => waiting[one.Index], one => one.Item);
        var lags = await FireAsync(engine, clock, due, fired, cancel);
        await (Stored.AllWaiting(warmUp + instances - due.Count) with { Instances = warmUp + instances, Finished = due.Count }).CheckAsync(database, cancel);
        Report.Print(new
        {
            store = store.Name,
            n = instances,
            starts_per_s = Report.Round(instances / elapsed.TotalSeconds),
            rss_before_mb = Report.Round(before / 1e6),
            rss_after_mb = Report.Round(after / 1e6),
            growth_mb = Report.Round((after - before) / 1e6),
            due = due.Count,
            lag_p50_ms = Report.Round(Report.Percentile(lags, 50).TotalMilliseconds),
            lag_p99_ms = Report.Round(Report.Percentile(lags, 99).TotalMilliseconds),
            lag_max_ms = Report.Round(Report.Percentile(lags, 100).TotalMilliseconds),
        });
    }

    /// <returns>From the due time of each to the end of the commit that used its timer: sorted.</returns>
    private static async Task<long[]> FireAsync(
        EngineInProcess engine, Clock clock, Dictionary<InstanceId, DateTimeOffset> due, ConcurrentDictionary<InstanceId, DateTimeOffset> fired, CancellationToken cancel)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Signals.Raised += signal =>
        {
            var now = clock.GetUtcNow();
            foreach (var instance in signal.Instances)
                if (due.ContainsKey(instance.Id)) fired.TryAdd(instance.Id, now);
            if (fired.Count == due.Count) all.TrySetResult();
        };
        var first = due.Values.Min();
        clock.PutForward(first - Ahead);
        // The job sleeps as it was told before the jump.
        await engine.Timers.PlanAsync(first, cancel);
        await all.Task.WaitAsync(cancel);

        var early = fired.Count(one => one.Value < due[one.Key]);
        WrongResultException.ThrowUnless(early == 0, "no timer before its time", $"{early} of {fired.Count}");
        return [.. fired.Select(one => (long)((one.Value - due[one.Key]).TotalSeconds * Stopwatch.Frequency)).Order()];
    }

    private static long RssAfterCollection()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>Real time that can be put forward.</summary>
    private sealed class Clock : TimeProvider
    {
        private TimeSpan ahead;

        public void PutForward(DateTimeOffset to) => ahead += to - GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
