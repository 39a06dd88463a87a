using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>
/// Fires what is due. Promise: never early, never lost, once.
/// <para>
/// A timer is a row that is committed with the state that needs it and deleted with the burst that uses it, so a crash between loses nothing
/// and repeats nothing. The job asks for due rows and hands them to the commit queue, earliest first; the core decides from the state whether
/// something is due at that time. Then it plans its next run at the next due time, at most <see cref="TimerOptions.PollSeconds"/> ahead.
/// A commit that brings an earlier due time plans an earlier run; that is only a shortcut, polling alone is enough.
/// After downtime the first run fires everything that was missed.
/// </para>
/// </summary>
[DisallowConcurrentExecution]
public sealed class TimerJob(
    IDbContextFactory<WorkflowDb> databases, CommitQueue queue, TimerSchedule schedule, TimeProvider time, IOptions<TimerOptions> options,
    ILogger<TimerJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        schedule.Started();
        DateTimeOffset? next = null;
        try
        {
            next = await NextDueAsync(await FireDueAsync(cancellationToken), cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogError(problem, "Timers could not be fired; trying again at the next poll");
        }
        finally
        {
            await schedule.PlanAsync(next, cancellationToken);
        }
    }

    /// <returns>The time up to which everything due was fired.</returns>
    private async Task<DateTimeOffset> FireDueAsync(CancellationToken cancel)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var due = await DueAsync(now, cancel);
            var fired = await Task.WhenAll(due.Select(row => FireAsync(row, now)));
            if (fired.Contains(false)) log.LogWarning("{Count} of {All} due timers were not applied", fired.Count(applied => !applied), due.Count);
            if (due.Count < options.Value.BatchSize || !fired.Contains(true)) return now;
        }
    }

    private async Task<bool> FireAsync(TimerRow row, DateTimeOffset now)
    {
        try
        {
            var result = await queue.SubmitAsync(new(row.InstanceId, new Stimulus.TimerFired(new(row.Kind, row.Number)) { At = now }));
            return result is CommandResult.Applied { Step: Step.Advanced };
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The queue has logged it; the others go on and the next run tries this one again.
            return false;
        }
    }

    private async Task<List<TimerRow>> DueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Timers.AsNoTracking().Where(row => row.DueAt <= now).OrderBy(row => row.DueAt).Take(options.Value.BatchSize).ToListAsync(cancel);
    }

    private async Task<DateTimeOffset?> NextDueAsync(DateTimeOffset after, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var next = await db.Timers.AsNoTracking().Where(row => row.DueAt > after).OrderBy(row => row.DueAt).FirstOrDefaultAsync(cancel);
        return next?.DueAt;
    }
}
