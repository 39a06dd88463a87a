using System.Diagnostics;
using Workflow.Benchmarks.Stores;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>
/// The loop on an empty database against the loop on one with many finished instances. Rounds alternate between the two, each first in turn, and the medians are
/// compared, so that a machine that is slower for a while is slower for both.
/// </summary>
internal static class GrowthBenchmark
{
    /// <summary>Odd, so that there is a middle.</summary>
    private const int Rounds = 5;

    private const int WarmUpInstances = 1000;

    /// <param name="instances">Finished instances that the full database begins with.</param>
    /// <param name="driven">Instances of a round.</param>
    public static async Task RunAsync(BenchmarkStore store, int instances, int driven, int concurrency, CancellationToken cancel)
    {
        var definition = FiveSteps.WithTimers();
        var (emptyString, fullString) = (await store.NewDatabaseAsync(cancel), await store.NewDatabaseAsync(cancel));
        await using var empty = await EngineInProcess.StartAsync(store.Of(emptyString), definition, cancel);
        await using var full = await EngineInProcess.StartAsync(store.Of(fullString), definition, cancel);
        var (onEmpty, onFull) = (new EngineLoop(empty, definition.Id), new EngineLoop(full, definition.Id));
        var warmUp = Math.Min(WarmUpInstances, driven);
        await Loop.DriveAsync(onEmpty, warmUp, concurrency, cancel);
        await Loop.DriveAsync(onFull, warmUp, concurrency, cancel);

        var started = Stopwatch.GetTimestamp();
        await FinishedCopies.MakeAsync(store, fullString, instances, cancel);
        var fill = Stopwatch.GetElapsedTime(started);
        var size = await store.SizeBytesAsync(fullString, cancel);

        var (emptyRounds, fullRounds) = (new List<double>(), new List<double>());
        (List<double> Rounds, EngineLoop Target)[] both = [(emptyRounds, onEmpty), (fullRounds, onFull)];
        for (var round = 0; round < Rounds; round++)
            foreach (var (rounds, target) in round % 2 == 0 ? both : both.Reverse())
                rounds.Add((await Loop.DriveAsync(target, driven, concurrency, cancel)).TransitionsPerSecond);
        await Stored.AllFinished(warmUp + Rounds * driven).CheckAsync(store.Of(emptyString), cancel);
        await Stored.AllFinished(warmUp + instances + Rounds * driven).CheckAsync(store.Of(fullString), cancel);
        Report.Print(new
        {
            store = store.Name,
            n = instances,
            concurrency,
            fill_s = Report.Round(fill.TotalSeconds),
            size_mb = Report.Round(size / 1e6),
            empty_transitions_per_s = Report.Round(Median(emptyRounds)),
            full_transitions_per_s = Report.Round(Median(fullRounds)),
            ratio = Report.Round(Median(fullRounds) / Median(emptyRounds)),
        });
    }

    private static double Median(IEnumerable<double> rounds) => rounds.Order().ElementAt(Rounds / 2);
}
