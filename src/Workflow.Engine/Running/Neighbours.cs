using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>
/// Tells the other servers of this database of commits, and hears of theirs, so that they need not wait for their next poll. Signals that come
/// together are told together.
/// </summary>
internal sealed class Neighbours(Database database, CommitSignals signals, ILogger<Neighbours> log) : BackgroundService
{
    /// <summary>Between two messages, so that a busy server sends few.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Before listening is tried again on a database that did not answer.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    private readonly string me = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
    private readonly SemaphoreSlim wake = new(0);
    private readonly Lock gate = new();
    private CommitSignal? waiting;

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsShared) return;
        signals.Raised += Remember;
        try
        {
            await Task.WhenAll(AgainAndAgainAsync(ListenAsync, stoppingToken), AgainAndAgainAsync(TellAsync, stoppingToken));
        }
        finally
        {
            signals.Raised -= Remember;
        }
    }

    private void Remember(CommitSignal signal)
    {
        if (signal.IsElsewhere) return;
        lock (gate)
        {
            if (waiting is null) wake.Release();
            waiting = waiting is not { } before ? signal : new(before.HasEffects || signal.HasEffects, Earlier(before.Due, signal.Due));
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private async Task AgainAndAgainAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
            try
            {
                await work(stopping);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogWarning(problem, "The other servers are not reached; they find what is due by polling");
                await Task.Delay(RetryPause, TimeProvider.System, stopping);
            }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        while (true)
        {
            await wake.WaitAsync(stopping);
            CommitSignal signal;
            lock (gate) (signal, waiting) = (waiting!, null);
            await database.NotifyAsync(string.Create(CultureInfo.InvariantCulture, $"{me} {(signal.HasEffects ? 1 : 0)} {signal.Due?.UtcTicks ?? 0}"), stopping);
            await Task.Delay(Pause, TimeProvider.System, stopping);
        }
    }

    private Task ListenAsync(CancellationToken stopping) => database.ListenAsync(
        message =>
        {
            if (message.Split(' ') is not [var server, var effects, var ticks] || server == me) return;
            var due = long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) && at > 0 ? new DateTimeOffset(at, TimeSpan.Zero) : (DateTimeOffset?)null;
            signals.Raise(new(effects == "1", due, IsElsewhere: true));
        },
        stopping);
}
