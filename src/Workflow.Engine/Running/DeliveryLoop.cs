using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>
/// Does the effects that bursts asked for. Promise: each is done at least once, always under the same id, and its instance hears of its end once.
/// <para>
/// An effect is a row of the outbox, written in the transaction of its burst. The number of an attempt is on disk before the attempt. When the effect
/// is done, its instance is told and the row deleted in one transaction; a crash before that does it again. When it fails, it is tried again after a
/// pause; after the last attempt, or at once when the handler says that trying is of no use, the waiting activity hears that it was given up. When
/// nobody waits, the row stays as dead for a person to see. An instance that takes no stimulus at the moment is told later, without doing the effect
/// again.
/// </para>
/// <para>
/// Effects of one instance are done one after another, by number. One that has failed waits for its next attempt and lets the others pass, so a
/// poisonous effect holds up nobody. A commit with effects wakes the loop; that is only a shortcut, polling alone is enough.
/// </para>
/// </summary>
public sealed class DeliveryLoop(
    Outbox outbox, Delivery delivery, CommitSignals signals, TimeProvider time, IOptions<DeliveryOptions> options, ILogger<DeliveryLoop> log) : BackgroundService
{
    private readonly ConcurrentDictionary<InstanceId, Task> running = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private bool hasVoidedClaims;

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    /// <summary>Does everything that is due, and what becomes due by it, before it returns. For a host that drives the time itself.</summary>
    public async Task DeliverDueAsync(CancellationToken cancel)
    {
        while (await BeginDueAsync(cancel) > 0) await Task.WhenAll(running.Values);
    }

    /// <summary>There may be something due that no commit told of.</summary>
    public void Wake()
    {
        try
        {
            if (wake.CurrentCount == 0) wake.Release();
        }
        catch (Exception problem) when (problem is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else woke it between the two lines above, or it has ended.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signals.Raised += WakeForEffects;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                TimeSpan? pause = null;
                try
                {
                    await BeginDueAsync(stoppingToken);
                    pause = await PauseAsync(stoppingToken);
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    log.LogError(problem, "The outbox could not be read; trying again");
                }
                await wake.WaitAsync(pause ?? TimeSpan.FromMilliseconds(options.Value.PollMs), stoppingToken);
            }
        }
        finally
        {
            signals.Raised -= WakeForEffects;
            await Task.WhenAll(running.Values);
        }
    }

    /// <returns>How many attempts were begun.</returns>
    private async Task<int> BeginDueAsync(CancellationToken cancel)
    {
        var free = options.Value.Parallelism - running.Count;
        if (free <= 0) return 0;
        if (!hasVoidedClaims) await outbox.VoidClaimsAsync(cancel);
        hasVoidedClaims = true;
        var now = time.GetUtcNow();
        var until = now + TimeSpan.FromSeconds(options.Value.TimeLimitSeconds + options.Value.ClaimMarginSeconds);
        var claims = await outbox.ClaimAsync(now, until, [.. running.Keys], free, options.Value.MaxAttempts, cancel);
        foreach (var (row, isAttempt) in claims) Run(row.InstanceId, () => isAttempt ? delivery.AttemptAsync(row, cancel) : delivery.TellAsync(row, cancel));
        return claims.Count;
    }

    private void Run(InstanceId instance, Func<Task> work)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        running[instance] = RunAsync(instance, entered.Task, work);
        entered.SetResult();
    }

    /// <param name="entered">Comes when the work stands among what runs; before that it could not be taken out again.</param>
    private async Task RunAsync(InstanceId instance, Task entered, Func<Task> work)
    {
        await entered;
        try
        {
            await work();
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogError(problem, "The end of an effect of instance {Instance} could not be stored; it will be tried again", instance);
        }
        catch (OperationCanceledException)
        {
            // The server stops; the row is as it was.
        }
        finally
        {
            running.TryRemove(instance, out _);
            Wake();
        }
    }

    /// <summary>Until something is due, at most one poll; while everybody is busy, until somebody ends.</summary>
    private async Task<TimeSpan> PauseAsync(CancellationToken cancel)
    {
        var poll = TimeSpan.FromMilliseconds(options.Value.PollMs);
        if (running.Count >= options.Value.Parallelism || await outbox.NextAsync([.. running.Keys], cancel) is not { } next) return poll;
        var wait = DemoClock.RealSpan(time, next - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < poll ? wait : poll;
    }

    private void WakeForEffects(CommitSignal signal)
    {
        if (signal.HasEffects) Wake();
    }
}
