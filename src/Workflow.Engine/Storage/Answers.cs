using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Running;

namespace Workflow.Engine.Storage;

/// <summary>Remembered answers to requests with an idempotency key that are no command to one instance.</summary>
public sealed class Answers(Database database)
{
    public async Task<IdempotencyRow?> FindAsync(IdempotencyKey key, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        return await db.IdempotencyKeys.AsNoTracking().FirstOrDefaultAsync(row => row.Key == key.Key && row.Caller == key.Caller && row.Route == key.Route, cancel);
    }

    /// <summary>Whoever was first is remembered.</summary>
    public async Task RememberAsync(IdempotencyKey key, string answer, DateTimeOffset at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(key);
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await using var writer = database.WriterFor(db);
        await writer.InsertNewAsync([new IdempotencyRow { Caller = key.Caller, Route = key.Route, Key = key.Key, BodyHash = key.BodyHash, Answer = answer, At = at }], cancel);
        await transaction.CommitAsync(cancel);
    }
}
