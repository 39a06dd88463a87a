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
/// A commit that brings an earlier due time, on this server or another, plans an earlier run; that is only a shortcut, polling alone is enough.
/// After downtime the first run fires everything that was missed.
/// </para>
/// </summary>
[DisallowConcurrentExecution]
public sealed class TimerJob(
    Timers timers, CommitQueue queue, TimerSchedule schedule, TimeProvider time, IOptions<TimerOptions> options,
    ILogger<TimerJob> log) : IJob
{
    private const int ReasonsLogged = 3;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        schedule.Started();
        DateTimeOffset? next = null;
        try
        {
            next = await timers.NextDueAsync(await FireDueAsync(cancellationToken), cancellationToken);
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
            var due = await timers.TakeDueAsync(now, now + TimeSpan.FromSeconds(options.Value.ClaimSeconds), options.Value.BatchSize, cancel);
            var refusals = await Task.WhenAll(due.Select(row => FireAsync(row, now)));
            var why = refusals.OfType<string>().ToList();
            if (why.Count > 0) log.LogWarning("{Count} of {All} due timers were not applied: {Why}", why.Count, due.Count, string.Join("; ", why.GroupBy(text => text).OrderByDescending(same => same.Count()).Take(ReasonsLogged).Select(same => $"{same.Count()} × {same.Key}")));
            if (due.Count < options.Value.BatchSize || why.Count == due.Count) return now;
        }
    }

    /// <returns>Why it was not applied; null when it was.</returns>
    private async Task<string?> FireAsync(TimerRow row, DateTimeOffset now)
    {
        try
        {
            var result = await queue.SubmitAsync(new(row.InstanceId, new Stimulus.TimerFired(new(row.Kind, row.Number)) { At = now }));
            return result is CommandResult.Applied { Step: Step.Advanced } ? null : result.Refusal?.Describe() ?? "it was answered before";
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The queue has logged it; the others go on and the next run tries this one again.
            return problem.Message;
        }
    }
}
