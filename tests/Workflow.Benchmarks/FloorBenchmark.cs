using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Workflow.Benchmarks;

/// <summary>
/// What the disk and the driver allow at best: one prepared single-row insert of 500 bytes per transaction, in WAL with
/// <c>synchronous=FULL</c>, as the engine opens SQLite. Nothing that commits once per command can be faster; group commit can.
/// </summary>
internal sealed class FloorBenchmark : IDisposable
{
    private const int Rounds = 3;
    private const int RowBytes = 500;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder folder;
    private readonly string file;
    private readonly int connections;

    public FloorBenchmark(string parent, int connections)
    {
        folder = new(parent);
        file = folder.File("floor.db");
        this.connections = connections;
        using var connection = Open(file);
        Execute(connection, "create table rows (id integer primary key, body blob not null)");
    }

    /// <summary>Commits per second in the best round so far.</summary>
    public double Best { get; private set; }

    public static int Run(string parent, int connections)
    {
        using var floor = new FloorBenchmark(parent, connections);
        for (var round = 0; round < Rounds; round++) floor.Measure();
        Report.Print(new { floor_commits_per_s = Report.Round(floor.Best) });
        return CommandLine.Done;
    }

    /// <summary>One round of a second.</summary>
    public void Measure()
    {
        using var ready = new Barrier(connections + 1);
        var writers = Enumerable.Range(0, connections)
            .Select(_ => Task.Factory.StartNew(() => Write(file, ready), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        ready.SignalAndWait();
        var started = Stopwatch.GetTimestamp();
        Task.WaitAll(writers);
        Best = Math.Max(Best, writers.Sum(writer => writer.Result) / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    public void Dispose() => folder.Dispose();

    private static int Write(string file, Barrier ready)
    {
        using var connection = Open(file);
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into rows (body) values (@body)";
        insert.Parameters.AddWithValue("@body", new byte[RowBytes]);
        insert.Prepare();
        ready.SignalAndWait();
        var (commits, started) = (0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < RoundTime)
        {
            insert.ExecuteNonQuery();
            commits++;
        }
        return commits;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 30000;");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
