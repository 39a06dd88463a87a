using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Workflow.Benchmarks.Stores;
using Workflow.Reliability.Processes;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>
/// Tasks that come in at a rate, each about a site of its own, and then a dust storm: many alarms of few sites in requests of a thousand. Through the
/// real server; a task is answered when its first work item is offered, in the same transaction.
/// </summary>
internal static class IntakeBenchmark
{
    private const string UserName = "tech";
    private const string Area = "510107064";
    private const int WarmUpTasks = 500;
    private const int BatchTasks = 1000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    public static async Task RunAsync(BenchmarkStore store, int rate, int seconds, int alarms, int sites, CancellationToken cancel)
    {
        var connectionString = await store.NewDatabaseAsync(cancel);
        await using var server = ServerUnderTest.Prepare(store, connectionString);
        await server.StartAsync();
        using var client = await server.SignInAsync(UserName);
        using (var organiser = await server.SignInAsync())
        {
            var names = new[] { ("warm-up", WarmUpTasks), ("rate", rate * seconds), ("storm", sites) }.SelectMany(kind => Enumerable.Range(0, kind.Item2).Select(number => $"{kind.Item1}-{number}"));
            var imported = await organiser.PostRawAsync("subjects/import", string.Join('\n', ["key,name,category,areaCode", .. names.Select(name => $"{name},{name},dust-site,{Area}")]), "text/csv");
            Check(imported, imported.IsSuccess);
        }
        var count = rate * seconds;
        var warmUp = Math.Min(WarmUpTasks, count);
        await SendAtAsync(client, rate, warmUp, "warm-up", cancel);

        var answers = await SendAtAsync(client, rate, count, "rate", cancel);
        var started = Stopwatch.GetTimestamp();
        var batches = Enumerable.Range(0, alarms).Chunk(BatchTasks).Select(batch => client.PostAsync("tasks/batch", new { tasks = batch.Select(alarm => new { task = Alarm($"storm-{alarm % sites}") }) }));
        foreach (var answer in await Task.WhenAll(batches)) Check(answer, answer.Body.GetProperty("items").EnumerateArray().All(item => item.GetProperty("status").GetInt32() < 300));
        var storm = Stopwatch.GetElapsedTime(started);

        await using (var db = store.Of(connectionString).CreateDbContext())
        {
            var (tasks, items) = (await db.Tasks.CountAsync(cancel), await db.WorkItems.CountAsync(cancel));
            var wanted = warmUp + count + Math.Min(alarms, sites);
            if (tasks != wanted || items != wanted) throw new WrongResultException($"{wanted} tasks with a work item each", $"{tasks} tasks, {items} work items");
        }
        Report.Print(new
        {
            store = store.Name,
            rate,
            seconds,
            tasks = count,
            offered_p50_ms = Report.Round(Report.Percentile(answers, 50).TotalMilliseconds),
            offered_p99_ms = Report.Round(Report.Percentile(answers, 99).TotalMilliseconds),
            storm_alarms = alarms,
            storm_tasks = Math.Min(alarms, sites),
            storm_s = Report.Round(storm.TotalSeconds),
            server_cpu_s = Report.Round(server.Usage.Cpu.TotalSeconds),
        });
    }

    /// <summary>Each is sent when it is due, whatever became of those before.</summary>
    /// <returns>From when each was due to its answer, sorted.</returns>
    private static async Task<long[]> SendAtAsync(ApiClient client, int rate, int count, string sites, CancellationToken cancel)
    {
        var (answers, sent) = (new Task<long>[count], 0);
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        while (sent < count && await timer.WaitForNextTickAsync(cancel))
            for (; sent < count && DueAt(sent) <= Stopwatch.GetTimestamp(); sent++) answers[sent] = SendAsync(sent);
        var taken = await Task.WhenAll(answers);
        Array.Sort(taken);
        return taken;

        long DueAt(int number) => started + (long)((double)number / rate * Stopwatch.Frequency);

        async Task<long> SendAsync(int number)
        {
            var answer = await client.PostAsync("tasks", Alarm($"{sites}-{number}"));
            Check(answer, answer.IsSuccess);
            return Stopwatch.GetTimestamp() - DueAt(number);
        }
    }

    private static void Check(ApiAnswer answer, bool isRight)
    {
        if (!isRight) throw new WrongResultException("tasks that are taken", answer.ToString());
    }

    private static object Alarm(string site) => new { definitionId = "dust-site-alarm", areaCode = Area, subject = "扬尘超限", subjectKey = site, inputs = new { pm10 = 180 } };
}
