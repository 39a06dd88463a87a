using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Server.Confidentiality;

/// <summary>
/// Erases reporters whose time has come, and removes what is left over: records of tasks that never were, and keys of records that are gone. What is young stays, because a
/// report comes before its task and a key before its record.
/// </summary>
internal sealed class ReporterSweep(Database database, ReporterVault vault, ReporterKeys keys, TimeProvider time, IOptions<RetentionOptions> retention, IOptions<ReporterOptions> options)
{
    private const int Batch = 500;

    /// <param name="now">By the clock of the files.</param>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var alone = await database.AloneAsync("reporters", cancel);
        var age = TimeSpan.FromHours(options.Value.OrphanHours);
        await EraseOldAsync(cancel);
        await using (var db = database.CreateDbContext())
        {
            var before = time.GetUtcNow() - age;
            await db.Reporters.Where(row => !row.OutlivesTask && row.StoredAt < before && !db.Instances.Any(instance => instance.Id == row.InstanceId)).ExecuteDeleteAsync(cancel);
        }
        foreach (var chunk in keys.Enumerate().Where(key => key.At < now - age).Select(key => key.Record).Chunk(Batch))
        {
            var records = chunk.ToList();
            await using var db = database.CreateDbContext();
            var needed = await db.Reporters.Where(row => records.Contains(row.Id) && row.ErasedAt == null).Select(row => row.Id).ToListAsync(cancel);
            foreach (var record in records.Except(needed)) keys.Erase(record);
        }
    }

    private async Task EraseOldAsync(CancellationToken cancel)
    {
        if (retention.Value.ReporterDays <= 0) return;
        var before = time.GetUtcNow() - TimeSpan.FromDays(retention.Value.ReporterDays);
        await using var db = database.CreateDbContext();
        // The summary stays when the task is let go.
        var old = await db.Reporters.Where(row => row.ErasedAt == null && db.TaskSummaries.Any(task => task.InstanceId == row.InstanceId && task.EndedAt < before)).Select(row => row.Id).ToListAsync(cancel);
        foreach (var record in old) await vault.EraseAsync(record, by: null, cancel);
    }
}

/// <summary>Has <see cref="ReporterSweep"/> run now and then, in real time: files know no other. What fails is done at the next run.</summary>
internal sealed class ReporterSweeper(ReporterSweep sweep, IOptions<ReporterOptions> options, ILogger<ReporterSweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(options.Value.SweepMinutes), TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await sweep.RunAsync(TimeProvider.System.GetUtcNow(), stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogWarning(problem, "Reporters' records that are left over could not be looked for");
            }
    }
}

internal static class ReporterSetup
{
    public static void AddReporters(this IServiceCollection services, IConfiguration configuration, string folder)
    {
        services.Configure<ReporterOptions>(configuration.GetSection("Reporters"));
        services.AddSingleton(new ReporterKeys(folder));
        services.AddSingleton<ReporterVault>();
        services.AddSingleton<ReporterSweep>();
        services.AddSingleton<ConfidentialIntake>();
        services.AddHostedService<ReporterSweeper>();
    }
}
