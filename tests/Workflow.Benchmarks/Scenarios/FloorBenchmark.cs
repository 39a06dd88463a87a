using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Workflow.Benchmarks.Stores;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>
/// What the disk and the driver allow at best: one prepared single-row insert of 500 bytes per transaction, each durable before the next.
/// Nothing that commits once per command can be faster; group commit can.
/// </summary>
internal sealed class FloorBenchmark
{
    public const int MaxConnections = 256;

    private const int Rounds = 3;
    private const int RowBytes = 500;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(1);

    private readonly BenchmarkStore store;
    private readonly string database;
    private readonly int connections;

    private FloorBenchmark(BenchmarkStore store, string database, int connections) => (this.store, this.database, this.connections) = (store, database, connections);

    /// <summary>Commits per second in the best round so far.</summary>
    public double Best { get; private set; }

    /// <summary>A floor in a database of its own on the same disk.</summary>
    public static async Task<FloorBenchmark> PrepareAsync(BenchmarkStore store, int connections, CancellationToken cancel)
    {
        var database = await store.NewDatabaseAsync(cancel);
        await using var connection = store.Open(database);
        await BenchmarkStore.ExecuteAsync(connection, store.FloorTable, cancel);
        return new(store, database, Math.Min(connections, MaxConnections));
    }

    public static async Task RunAsync(BenchmarkStore store, int connections, CancellationToken cancel)
    {
        var floor = await PrepareAsync(store, connections, cancel);
        for (var round = 0; round < Rounds; round++) await floor.MeasureAsync(cancel);
        Report.Print(new { store = store.Name, connections, floor_commits_per_s = Report.Round(floor.Best) });
    }

    /// <summary>One round of a second; what was inserted has to be there afterwards.</summary>
    public async Task MeasureAsync(CancellationToken cancel)
    {
        var before = await RowsAsync(cancel);
        using var ready = new Barrier(connections + 1);
        var writers = Enumerable.Range(0, connections)
            .Select(_ => Task.Factory.StartNew(() => Write(ready, cancel), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        ready.SignalAndWait(cancel);
        var started = Stopwatch.GetTimestamp();
        var commits = (await Task.WhenAll(writers)).Sum();
        var elapsed = Stopwatch.GetElapsedTime(started);
        WrongResultException.ThrowUnless(await RowsAsync(cancel) - before == commits, $"{commits} inserted rows", $"{await RowsAsync(cancel) - before}");
        Best = Math.Max(Best, commits / elapsed.TotalSeconds);
    }

    private long Write(Barrier ready, CancellationToken cancel)
    {
        using var connection = OpenOrLeave(ready);
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into rows (body) values (@body)";
        var body = insert.CreateParameter();
        (body.ParameterName, body.DbType, body.Value) = ("@body", DbType.Binary, new byte[RowBytes]);
        insert.Parameters.Add(body);
        insert.Prepare();
        ready.SignalAndWait(cancel);
        var (commits, started) = (0L, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < RoundTime)
        {
            cancel.ThrowIfCancellationRequested();
            insert.ExecuteNonQuery();
            commits++;
        }
        return commits;
    }

    /// <summary>A writer that cannot connect must not keep the others waiting for it.</summary>
    private DbConnection OpenOrLeave(Barrier ready)
    {
        try
        {
            return store.Open(database);
        }
        catch
        {
            ready.RemoveParticipant();
            throw;
        }
    }

    private async Task<long> RowsAsync(CancellationToken cancel)
    {
        await using var connection = store.Open(database);
        return Convert.ToInt64(await BenchmarkStore.ExecuteAsync(connection, "select count(*) from rows", cancel), System.Globalization.CultureInfo.InvariantCulture);
    }
}
