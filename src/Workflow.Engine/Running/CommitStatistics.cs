using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Workflow.Engine.Running;

/// <summary>What a commit queue has done since its process started.</summary>
/// <param name="Commands">Commands that were answered after a commit, with or without a change.</param>
/// <param name="Bursts">Those that changed an instance.</param>
/// <param name="LostRaces">Commands that were tried again because somebody else had changed their instance.</param>
/// <param name="BatchSizes">Commands of each of the last transactions, latest first.</param>
/// <param name="LatencyP50">How long the last transactions took from their beginning until they were on disk; null before the first.</param>
public sealed record CommitReading(
    long Commands, long Bursts, long Transactions, long FailedTransactions, long LostRaces, IReadOnlyList<int> BatchSizes, TimeSpan? LatencyP50, TimeSpan? LatencyP99);

/// <summary>Counts transactions, for instruments and for the operators' page.</summary>
public sealed class CommitStatistics
{
    private readonly Counter<long> commands;
    private readonly Counter<long> bursts;
    private readonly Counter<long> transactions;
    private readonly Counter<long> lostRaces;
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> latency;
    private readonly Lock gate = new();
    private readonly (int Commands, TimeSpan Took)[] recent;
    private CommitReading totals = new(0, 0, 0, 0, 0, [], null, null);

    public CommitStatistics(EngineMeter engine, IOptions<CommitQueueOptions> options)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        recent = new (int, TimeSpan)[options.Value.RecentTransactions];
        var meter = engine.Meter;
        commands = meter.CreateCounter<long>("workflow.commands", "{command}", "Commands answered after a commit");
        bursts = meter.CreateCounter<long>("workflow.bursts", "{burst}", "Bursts committed");
        transactions = meter.CreateCounter<long>("workflow.transactions", "{transaction}", "Transactions of the commit queue, by result");
        lostRaces = meter.CreateCounter<long>("workflow.lost_races", "{command}", "Commands tried again because somebody else had changed their instance");
        batchSize = meter.CreateHistogram<int>("workflow.batch.size", "{command}", "Commands that shared a transaction");
        latency = meter.CreateHistogram<double>("workflow.commit.duration", "s", "A transaction from its beginning until it is on disk");
    }

    /// <param name="batch">Commands that were tried, with those that lost.</param>
    public void Committed(int batch, int lost, int advanced, TimeSpan took)
    {
        lock (gate)
        {
            if (recent.Length > 0) recent[totals.Transactions % recent.Length] = (batch, took);
            totals = totals with
            {
                Commands = totals.Commands + batch - lost, Bursts = totals.Bursts + advanced, Transactions = totals.Transactions + 1, LostRaces = totals.LostRaces + lost,
            };
        }
        commands.Add(batch - lost);
        bursts.Add(advanced);
        transactions.Add(1, Result("committed"));
        if (lost > 0) lostRaces.Add(lost);
        batchSize.Record(batch);
        latency.Record(took.TotalSeconds);
    }

    public void Failed()
    {
        lock (gate) totals = totals with { FailedTransactions = totals.FailedTransactions + 1 };
        transactions.Add(1, Result("failed"));
    }

    /// <param name="batches">How many of the last batch sizes to tell.</param>
    public CommitReading Read(int batches)
    {
        lock (gate)
        {
            var known = (int)Math.Min(totals.Transactions, recent.Length);
            var took = recent.Take(known).Select(transaction => transaction.Took).Order().ToList();
            var last = Enumerable.Range(1, Math.Min(batches, known)).Select(back => recent[(totals.Transactions - back) % recent.Length].Commands);
            return totals with { BatchSizes = [.. last], LatencyP50 = At(took, 0.5), LatencyP99 = At(took, 0.99) };
        }
    }

    /// <summary>The smallest value that this part of all does not exceed.</summary>
    private static TimeSpan? At(List<TimeSpan> sorted, double part) => sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(part * sorted.Count) - 1];

    private static KeyValuePair<string, object?> Result(string result) => new("result", result);
}
