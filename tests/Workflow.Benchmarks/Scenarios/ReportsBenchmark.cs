using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Workflow.Benchmarks.Stores;
using Workflow.Engine.Reports;
using Workflow.Engine.Storage.Reporting;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>
/// Every report of a month, as the server asks for it, over the rows of that month and of the one before. The floor, in the same run, is the bare driver that reads the times and
/// marks of the same rows once, by the same index. One JSON line each.
/// </summary>
internal static class ReportsBenchmark
{
    private const int MostGroups = 2000;
    private const int MonthDays = 30;

    public static async Task RunAsync(BenchmarkStore store, (int Tasks, int Seed) rows, int times, CancellationToken cancel)
    {
        var connectionString = await store.NewDatabaseAsync(cancel);
        var database = store.Of(connectionString);
        await using (var db = database.CreateDbContext()) await db.Database.MigrateAsync(cancel);
        var begin = new DateTimeOffset(2026, 8, 1, 16, 0, 0, TimeSpan.Zero);
        var started = Stopwatch.GetTimestamp();
        // As many in the month before, which the report has to pass by.
        await new ReportedRows(begin, 2 * MonthDays, rows.Seed).FillAsync(database, 2 * rows.Tasks, cancel);
        await store.SettleAsync(connectionString, cancel);
        var filled = Stopwatch.GetElapsedTime(started);

        var month = new ReportPeriod(begin.AddDays(MonthDays), begin.AddDays(2 * MonthDays));
        ReportAsked Asked(ReportBy by) => new(month, new(), ReportScope.Everything, by, [1, 3, 7, 15, 30]);
        var queries = new ReportQueries(database);
        var floor = await BestAsync(times, () => FloorAsync(store, connectionString, month, cancel));
        var worst = TimeSpan.Zero;
        (string Name, Func<Task<long>> Ask)[] reports =
        [
            .. Enum.GetValues<ReportBy>().Select(by => ($"indicators by {by}", (Func<Task<long>>)(async () => TaskGroup.Total((await queries.CountAsync(Asked(by), MostGroups, cancel))!).Count(TaskCounts.Raised)))),
            ("durations by All", async () => (await queries.TimeAsync(Asked(ReportBy.All), MostGroups, cancel))![^1].Times[0]!.Count),
            ("durations by Jurisdiction", async () => (await queries.TimeAsync(Asked(ReportBy.Jurisdiction), MostGroups, cancel))![^1].Times[0]!.Count),
            ("work by Team", async () => (await queries.WorkAsync(Asked(ReportBy.All), ReportBy.Team, MostGroups, cancel))!.Sum(group => group.Items)),
            ("pauses", async () => (await queries.PausesAsync(Asked(ReportBy.All), cancel)).Sum(group => group.Tasks)),
        ];
        foreach (var (name, ask) in reports)
        {
            var (best, found) = await BestAsync(times, ask);
            if (found == 0) throw new WrongResultException($"tasks in {name}", "none");
            if (best > worst) worst = best;
            Report.Print(new { store = store.Name, report = name, found, ms = Report.Round(best.TotalMilliseconds), of_floor = Report.Round(best / floor.Best) });
        }
        Report.Print(new
        {
            store = store.Name,
            seed = rows.Seed,
            tasks_in_month = rows.Tasks,
            tasks = 2 * rows.Tasks,
            fill_s = Report.Round(filled.TotalSeconds),
            size_mb = Report.Round(await store.SizeBytesAsync(connectionString, cancel) / 1e6),
            floor_ms = Report.Round(floor.Best.TotalMilliseconds),
            worst_ms = Report.Round(worst.TotalMilliseconds),
        });
    }

    private static async Task<(TimeSpan Best, long Found)> BestAsync(int times, Func<Task<long>> ask)
    {
        var (best, found) = (TimeSpan.MaxValue, 0L);
        for (var turn = 0; turn < times; turn++)
        {
            var begin = Stopwatch.GetTimestamp();
            found = await ask();
            if (Stopwatch.GetElapsedTime(begin) is var took && took < best) best = took;
        }
        return (best, found);
    }

    private static async Task<long> FloorAsync(BenchmarkStore store, string connectionString, ReportPeriod month, CancellationToken cancel)
    {
        await using var connection = store.Open(connectionString);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select count("StartedAt"), count("OfferedAt"), count("HandlingDue"), count("HandlingEndedAt"), count("Due"), count("EndedAt"), sum("Marks") from task_summaries
            where "ReachesTo" >= {month.From.UtcTicks} and "StartedAt" < {month.To.UtcTicks}
            """;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetInt64(0);
    }
}
