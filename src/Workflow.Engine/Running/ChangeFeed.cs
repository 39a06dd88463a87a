using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>Limits of the change feed (configuration section <c>ChangeFeed</c>).</summary>
public sealed class ChangeFeedOptions
{
    /// <summary>The longest time between two looks at the feed, in milliseconds of real time.</summary>
    public int PollMs { get; set; } = 1000;

    /// <summary>Rows that are kept; older ones are deleted. A client that missed them fetches everything again when it reconnects.</summary>
    public int KeepRows { get; set; } = 10_000;

    /// <summary>How long a number that was left out is looked for, in seconds: longer than a transaction takes.</summary>
    public int LateSeconds { get; set; } = 30;

    /// <summary>Rows read at once.</summary>
    public int PageSize { get; set; } = 1000;
}

/// <summary>
/// Tails the change rows that commits write, on this server or another, and hands their keys to who listens. Numbers are given before the commit, so a
/// row may come after one with a higher number: numbers that were left out are looked for again for a while.
/// </summary>
public sealed class ChangeFeed(
    IDbContextFactory<WorkflowDb> databases, CommitSignals signals, Func<IReadOnlyList<string>, CancellationToken, Task> publish,
    IOptions<ChangeFeedOptions> options, ILogger<ChangeFeed> log) : BackgroundService
{
    private readonly SemaphoreSlim wake = new(0, 1);

    /// <summary>Numbers that no row had yet, and until when they are looked for, in ticks of this machine's counter.</summary>
    private readonly Dictionary<long, long> missing = [];

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signals.Raised += _ => Wake();
        long? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                last ??= await LastAsync(stoppingToken);
                last = await PublishAfterAsync(last.Value, stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogError(problem, "The change feed could not be read; trying again");
            }
            await wake.WaitAsync(options.Value.PollMs, stoppingToken);
        }
    }

    private void Wake()
    {
        try
        {
            if (wake.CurrentCount == 0) wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it between the two lines above.
        }
    }

    private async Task<long> LastAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Changes.MaxAsync(row => (long?)row.Sequence, cancel) ?? 0;
    }

    private async Task<long> PublishAfterAsync(long last, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        while (true)
        {
            var late = missing.Keys.ToList();
            var rows = await db.Changes.AsNoTracking().Where(row => row.Sequence > last || late.Contains(row.Sequence)).OrderBy(row => row.Sequence).Take(options.Value.PageSize).ToListAsync(cancel);
            if (rows.Count == 0) return last;
            await publish([.. rows.Select(row => row.Key).Distinct()], cancel);
            var before = last;
            last = Math.Max(last, rows[^1].Sequence);
            Miss(before, rows);
            if (last / options.Value.KeepRows > before / options.Value.KeepRows)
                await db.Changes.Where(row => row.Sequence <= last - options.Value.KeepRows).ExecuteDeleteAsync(cancel);
        }
    }

    private void Miss(long before, List<ChangeRow> rows)
    {
        var now = TimeProvider.System.GetTimestamp();
        var until = now + (options.Value.LateSeconds * TimeProvider.System.TimestampFrequency);
        foreach (var row in rows)
        {
            missing.Remove(row.Sequence);
            if (row.Sequence <= before) continue;
            for (var left = Math.Max(before + 1, row.Sequence - options.Value.PageSize); left < row.Sequence; left++) missing[left] = until;
            before = row.Sequence;
        }
        foreach (var number in missing.Where(entry => entry.Value < now).Select(entry => entry.Key).ToList()) missing.Remove(number);
    }
}
