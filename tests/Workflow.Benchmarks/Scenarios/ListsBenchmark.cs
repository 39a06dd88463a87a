using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Workflow.Benchmarks.Stores;
using Workflow.Reliability.Processes;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>
/// Every list, count, filter and search of a full city, through the real server, one caller: a member of a street's team, of a jurisdiction's, a supervisor of
/// the whole city and an operator. One JSON line each; the last says how the database was filled.
/// </summary>
internal static class ListsBenchmark
{
    private const int WarmUps = 8;

    /// <summary>For each caller: what is asked besides <c>work-items</c> and <c>tasks</c> alone.</summary>
    private static readonly string[] Lists =
    [
        "work-items?list=todo", "work-items?list=mine", "work-items?list=team", "work-items?list=done", "work-items?list=copied", "work-items?list=open", "work-items?list=overdue", "work-items?list=today",
        "work-items/counts",
        "work-items?list=open&area=510107064", "work-items?list=open&area=510116&teamKind=enforcement", "work-items?list=open&definitionId=noise&priority=urgent&stage=handling",
        "work-items?list=open&definitionId=absent", "work-items?list=open&sort=created", "work-items?list=open&sort=priority", "work-items?list=team&sort=priority&due=today", "work-items?list=done&area=510107064",
        "work-items?list=open&search=超", "work-items?list=open&search=鹭", "work-items?list=open&search=扬尘", "work-items?list=open&search=交子大道7号", "work-items?list=done&search=焚烧", "work-items?list=open&search=没有这个词",
        "tasks", "tasks?list=started", "tasks?status=closed", "tasks?status=all&area=510107064", "tasks?due=overdue&sort=due", "tasks?sort=priority", "tasks?status=all&definitionId=noise&stage=response",
        "tasks?status=all&search=超", "tasks?status=all&search=鹭", "tasks?status=all&search=扬尘", "tasks?status=all&search=凤求凰 12号 黑烟", "tasks?status=all&search=000123", "tasks?status=all&search=CD-2026-099999", "tasks?status=all&search=没有这个词",
    ];

    private static readonly string[] Callers = ["grid", "enforcement", "inspection", "operator"];

    public static async Task RunAsync(BenchmarkStore store, (int Open, int Done) rows, int times, int seed, CancellationToken cancel)
    {
        var connectionString = await store.NewDatabaseAsync(cancel);
        await using var server = ServerUnderTest.Prepare(store, connectionString);
        await server.StartAsync();
        var begin = Stopwatch.GetTimestamp();
        var database = store.Of(connectionString);
        await using (var db = database.CreateDbContext())
            await new ListedRows(await db.Areas.AsNoTracking().OrderBy(area => area.Code).ToListAsync(cancel), TimeProvider.System.GetUtcNow(), seed).FillAsync(database, rows.Open, rows.Done, cancel);
        await store.SettleAsync(connectionString, cancel);
        var filled = Stopwatch.GetElapsedTime(begin);

        var worst = TimeSpan.Zero;
        foreach (var caller in Callers)
        {
            using var client = await server.SignInAsync(caller);
            foreach (var path in Lists)
            {
                var (sorted, found) = await MeasureAsync(client, path, times, cancel);
                var p99 = Report.Percentile(sorted, 99);
                if (p99 > worst) worst = p99;
                Report.Print(new { store = store.Name, caller, list = path, found, p50_ms = Report.Round(Report.Percentile(sorted, 50).TotalMilliseconds), p99_ms = Report.Round(p99.TotalMilliseconds) });
            }
            // Far down the list: the place is found, not counted to.
            var deep = await DeepAsync(client, cancel);
            var (times10, count) = await MeasureAsync(client, deep, times, cancel);
            Report.Print(new { store = store.Name, caller, list = "work-items?list=open, tenth page", found = count, p50_ms = Report.Round(Report.Percentile(times10, 50).TotalMilliseconds), p99_ms = Report.Round(Report.Percentile(times10, 99).TotalMilliseconds) });
        }
        Report.Print(new
        {
            store = store.Name,
            seed,
            open = rows.Open,
            done = rows.Done,
            fill_s = Report.Round(filled.TotalSeconds),
            size_mb = Report.Round(await store.SizeBytesAsync(connectionString, cancel) / 1e6),
            worst_p99_ms = Report.Round(worst.TotalMilliseconds),
            server_cpu_s = Report.Round(server.Usage.Cpu.TotalSeconds),
        });
    }

    private static async Task<(long[] Sorted, int Found)> MeasureAsync(ApiClient client, string path, int times, CancellationToken cancel)
    {
        var (ticks, found) = (new long[times], 0);
        for (var turn = -WarmUps; turn < times; turn++)
        {
            cancel.ThrowIfCancellationRequested();
            var begin = Stopwatch.GetTimestamp();
            var answer = await client.GetAsync(path);
            if (turn >= 0) ticks[turn] = Stopwatch.GetTimestamp() - begin;
            if (!answer.IsSuccess) throw new WrongResultException($"a list: {path}", answer.ToString());
            if (answer.Body.TryGetProperty("items", out var items)) found = items.GetArrayLength();
        }
        Array.Sort(ticks);
        return (ticks, found);
    }

    private static async Task<string> DeepAsync(ApiClient client, CancellationToken cancel)
    {
        var path = "work-items?list=open";
        for (var page = 1; page < 10; page++)
        {
            cancel.ThrowIfCancellationRequested();
            var answer = await client.GetAsync(path);
            if (!answer.Body.TryGetProperty("next", out var next) || next.GetString() is not { } cursor) break;
            path = $"work-items?list=open&cursor={Uri.EscapeDataString(cursor)}";
        }
        return path;
    }
}
