using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Running;

namespace Workflow.Engine.Storage;

/// <summary>Remembered answers to requests with an idempotency key that are no command to one instance.</summary>
public sealed class Answers(Database database, StoredShapes shapes)
{
    public async Task<IdempotencyRow?> FindAsync(IdempotencyKey key, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var hash = key.Hash;
        return await db.IdempotencyKeys.AsNoTracking().FirstOrDefaultAsync(row => row.KeyHash == hash, cancel);
    }

    /// <summary>Changes rows that are no instance's and remembers the answer, in one transaction.</summary>
    /// <param name="key">Null: nothing is remembered.</param>
    /// <param name="act">Gives null to have nothing changed and nothing remembered.</param>
    /// <returns>The answer; null when another request with this key was first, and then nothing was changed.</returns>
    public async Task<string?> CommitAsync(IdempotencyKey? key, Func<WorkflowDb, Task<string?>> act, DateTimeOffset at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(act);
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await act(db) is not { } answer) return null;
        if (key is not null && !await InsertAsync(db, key, answer, at, cancel)) return null;
        await transaction.CommitAsync(cancel);
        return answer;
    }

    /// <summary>Whoever was first is remembered.</summary>
    public async Task RememberAsync(IdempotencyKey key, string answer, DateTimeOffset at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(key);
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await InsertAsync(db, key, answer, at, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Forgets the oldest of those that were given before a time.</summary>
    /// <param name="count">How many at once, or a few more that were given at the same moment.</param>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> ForgetAsync(DateTimeOffset before, int count, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var last = await db.IdempotencyKeys.Where(row => row.At < before).OrderBy(row => row.At).Skip(count - 1).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(cancel);
        await (last is { } at ? db.IdempotencyKeys.Where(row => row.At <= at) : db.IdempotencyKeys.Where(row => row.At < before)).ExecuteDeleteAsync(cancel);
        return last is not null;
    }

    private async Task<bool> InsertAsync(WorkflowDb db, IdempotencyKey key, string answer, DateTimeOffset at, CancellationToken cancel)
    {
        await using var writer = database.WriterFor(db);
        return (await writer.InsertNewAsync([IdempotencyRow.Of(key, answer, shapes.Number, at)], cancel)).Count == 0;
    }
}
