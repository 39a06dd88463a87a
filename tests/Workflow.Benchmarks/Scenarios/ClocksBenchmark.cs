using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflow.Activities;
using Workflow.Benchmarks.Stores;
using Workflow.Engine;
using Workflow.Engine.Clocks;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Writing;
using Workflow.Reliability.Processes;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>
/// What the calendar of 2027 would do to so many open clocks: working hours, working days, calendar days and months, a tenth of them with stops. The floor is
/// reading the same rows, with the numbers of their tasks, in the same run.
/// </summary>
internal static class ClocksBenchmark
{
    private const int BatchSize = 4000;
    private static readonly string[] Targets = ["4wh", "35wh", "3wd", "7wd", "15wd", "15cd", "90cd", "6mo"];
    private static readonly AreaRow Area = new() { Code = "510107064", Name = "桂溪街道", Kind = AreaKind.Street, Path = "/5101/gaoxin/510107064/", JurisdictionName = "高新区", DistrictName = "武侯区" };

    public static async Task RunAsync(BenchmarkStore store, int open, int times, int seed, CancellationToken cancel)
    {
        var connectionString = await store.NewDatabaseAsync(cancel);
        var database = store.Of(connectionString);
        await using (var db = database.CreateDbContext()) await db.Database.MigrateAsync(cancel);
        var text = await File.ReadAllTextAsync(Path.Combine(ServerProcess.RepositoryRoot, "definitions", "calendars", "cn-gov.json"), cancel);
        var (before, after) = (Read(text), Read(With2027(text)));
        var now = TimeProvider.System.GetUtcNow();
        var begin = Stopwatch.GetTimestamp();
        await FillAsync(database, before, open, now, seed, cancel);
        await store.SettleAsync(connectionString, cancel);
        var filled = Stopwatch.GetElapsedTime(begin);

        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddWorkflowEngine(database, BuiltInActivities.Catalog(), [before, BusinessCalendar.Continuous]);
        await using var provider = services.BuildServiceProvider();
        var preview = provider.GetRequiredService<ClockPreview>();
        var change = new ClockChangeRow
        {
            Number = 1, Kind = ClockChangeKind.Calendar, Subject = after.Id, Version = after.Version, Replaces = before.Version, Document = after.Document,
            ProposedAt = now, ProposedById = null, ProposedByName = null,
        };
        var (floors, took, memory) = (new List<TimeSpan>(), new List<TimeSpan>(), 0L);
        PreviewCounts? counts = null;
        for (var turn = -1; turn < times; turn++)
        {
            begin = Stopwatch.GetTimestamp();
            var read = await FloorAsync(database, change, cancel);
            var floor = Stopwatch.GetElapsedTime(begin);
            begin = Stopwatch.GetTimestamp();
            var found = await preview.RunAsync(change, new(50), cancel);
            var whole = Stopwatch.GetElapsedTime(begin);
            memory = Math.Max(memory, GC.GetTotalMemory(forceFullCollection: false));
            if (read != open || found.Counts.Clocks != open || found.Counts.Moved == 0 || (counts ?? found.Counts) != found.Counts)
                throw new WrongResultException($"{open} clocks, some of them moved, and the same each time (seed {seed})", $"{found.Counts}");
            counts = found.Counts;
            if (turn < 0) continue;
            floors.Add(floor);
            took.Add(whole);
        }
        floors.Sort();
        took.Sort();
        var (median, floorMedian) = (took[took.Count / 2], floors[floors.Count / 2]);
        Report.Print(new
        {
            store = store.Name,
            seed,
            open,
            moved = counts!.Moved,
            no_longer_provisional = counts.NoLongerProvisional,
            fill_s = Report.Round(filled.TotalSeconds),
            preview_s = Report.Round(median.TotalSeconds),
            worst_s = Report.Round(took[^1].TotalSeconds),
            floor_s = Report.Round(floorMedian.TotalSeconds),
            of_floor = Report.Round(median / floorMedian),
            memory_mb = Report.Round(memory / 1e6),
        });
    }

    private static async Task<int> FloorAsync(Database database, ClockChangeRow change, CancellationToken cancel)
    {
        var read = 0;
        await using var db = database.CreateDbContext();
        var rows = from clock in ClockChanges.Concerned(db, change) join task in db.Tasks on clock.InstanceId equals task.InstanceId select new { clock, task.Number, task.Priority };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancel)) read += row.Number.Length > 0 ? 1 : 0;
        return read;
    }

    private static async Task FillAsync(Database database, BusinessCalendar calendar, int open, DateTimeOffset now, int seed, CancellationToken cancel)
    {
        var random = new Random(seed);
        var tasks = new ListedRows([Area], now, seed);
        await using var db = database.CreateDbContext();
        await db.Database.OpenConnectionAsync(cancel);
        await using var writer = database.WriterFor(db);
        foreach (var batch in Enumerable.Range(0, open).Chunk(BatchSize))
        {
            var changes = new RowChanges();
            foreach (var number in batch)
            {
                var task = tasks.TaskOf(number, now - TimeSpan.FromMinutes(random.Next(60 * 24 * 30)));
                changes.Insert(task);
                changes.Insert(ClockRow.Of(task.InstanceId, ClockOf(task.StartedAt, calendar, Targets[number % Targets.Length], random)));
            }
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await writer.CommitAsync(changes, transaction, cancel);
        }
    }

    private static SlaClock ClockOf(DateTimeOffset start, BusinessCalendar calendar, string target, Random random)
    {
        var pause = start + TimeSpan.FromHours(random.Next(1, 30));
        var spans = random.Next(10) == 0 ? ClockSpan.Around(start, [(pause, pause + TimeSpan.FromHours(random.Next(1, 100)))], "testing") : [new(start, null, null)];
        var clock = new SlaClock(1, ClockScope.Task, "loop", new(target, calendar.Id, null, true) { DayEnd = target.EndsWith('h') ? null : DayEnd.Closing }, calendar.Version, start) { Spans = spans };
        var due = DueTime.Compute(clock.Target, calendar, spans);
        return clock with { Due = due.At, IsProvisional = due.IsProvisional };
    }

    private static BusinessCalendar Read(string text) => BusinessCalendar.Read(JsonElement.Parse(text), []) ?? throw new WrongResultException("a calendar", "none");

    /// <summary>As the holidays of 2026 were, a year later.</summary>
    private static string With2027(string text)
    {
        var document = JsonNode.Parse(text)!;
        document["years"]!["2027"] = new JsonArray([.. document["years"]!["2026"]!.AsArray().Select(day => (JsonNode)new JsonObject
        {
            ["date"] = $"2027{day!["date"]!.GetValue<string>()[4..]}", ["kind"] = day["kind"]!.GetValue<string>(), ["name"] = day["name"]!.GetValue<string>(),
        })]);
        return document.ToJsonString();
    }
}
