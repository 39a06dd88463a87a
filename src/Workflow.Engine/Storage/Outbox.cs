using Microsoft.EntityFrameworkCore;

namespace Workflow.Engine.Storage;

/// <summary>The rows of effects that are on their way.</summary>
public sealed class Outbox(IDbContextFactory<WorkflowDb> databases)
{
    /// <summary>
    /// What is due, earliest first, at most one row per instance: an effect waits while one with a lower number has not been tried to the end.
    /// One that is known to have failed keeps nobody waiting.
    /// </summary>
    /// <param name="busy">Instances whose turn it is not.</param>
    public async Task<IReadOnlyList<OutboxRow>> DueAsync(DateTimeOffset now, IReadOnlyCollection<string> busy, int count, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var due = await db.Outbox.AsNoTracking()
            .Where(row => row.State != OutboxState.Dead && row.NextAt <= now && !busy.Contains(row.InstanceId))
            .Where(row => row.State != OutboxState.Pending || row.LastError != null || !db.Outbox.Any(before =>
                before.InstanceId == row.InstanceId && before.Number < row.Number && before.State == OutboxState.Pending && before.LastError == null))
            .OrderBy(row => row.NextAt).ThenBy(row => row.InstanceId).ThenBy(row => row.Number).Take(count).ToListAsync(cancel);
        return [.. due.DistinctBy(row => row.InstanceId)];
    }

    /// <summary>When something is due next.</summary>
    public async Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<string> busy, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Outbox.Where(row => row.State != OutboxState.Dead && !busy.Contains(row.InstanceId)).MinAsync(row => (DateTimeOffset?)row.NextAt, cancel);
    }

    /// <summary>Counts an attempt of each of these rows: on disk before the attempt, so that a crash during it counts too.</summary>
    public async Task<IReadOnlyList<OutboxRow>> BeginAttemptsAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancel)
    {
        var begun = rows.Select(row => row with { Attempts = row.Attempts + 1 }).ToList();
        await WriteAsync(rows, begun, cancel);
        return begun;
    }

    public Task ReplaceAsync(OutboxRow before, OutboxRow after, CancellationToken cancel) => WriteAsync([before], [after], cancel);

    private async Task WriteAsync(IEnumerable<OutboxRow> before, IEnumerable<OutboxRow> after, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await using (var writer = new RowWriter(db)) await writer.WriteDifferenceAsync(before, after, cancel);
        await transaction.CommitAsync(cancel);
    }
}
