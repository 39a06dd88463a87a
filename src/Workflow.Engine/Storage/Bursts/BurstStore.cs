using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage.Bursts;

/// <summary>
/// The commit queue's way to the database: one connection that stays open with its prepared statements, and the instances that were written lately.
/// Used for one transaction at a time.
/// </summary>
public sealed class BurstStore(Database database, StoredShapes shapes, IOptions<CommitQueueOptions> options) : IAsyncDisposable
{
    private readonly InstanceCache cache = new(options.Value.CacheBytes);
    private readonly HashSet<InstanceId> taken = [];
    private WorkflowDb? db;
    private RowWriter? writer;

    internal StoredShapes Shapes => shapes;

    /// <summary>Other servers may change what is kept here.</summary>
    internal bool IsShared => database.IsShared;

    /// <summary>Begins a transaction and reads what the commands need.</summary>
    public async Task<BurstTransaction> BeginAsync(IReadOnlyCollection<Command> commands, CancellationToken cancel)
    {
        try
        {
            var context = db ??= database.CreateDbContext();
            writer ??= database.WriterFor(context);
            await context.Database.OpenConnectionAsync(cancel);
            var transaction = await context.Database.BeginTransactionAsync(cancel);
            return await BurstTransaction.ReadAsync(this, context, writer, transaction, commands, cancel);
        }
        catch
        {
            await ResetAsync();
            throw;
        }
    }

    /// <summary>
    /// Whether a transaction is in the database although its commit failed: the connection may have broken after the commit. All of it is there or
    /// nothing, so where the database does not say it one journal row tells.
    /// </summary>
    /// <returns>Null while the database is still at it.</returns>
    public async Task<bool?> WasCommittedAsync(BurstTransaction transaction, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await ResetAsync();
        if (transaction.Name is { } name) return await database.WasCommittedAsync(name, cancel);
        if (transaction.LastJournalRow is not { } written) return false;
        await using var context = database.CreateDbContext();
        return await context.Journal.AnyAsync(row => row.InstanceId == written.InstanceId && row.Revision == written.Revision && row.Hash == written.Hash, cancel);
    }

    public async ValueTask DisposeAsync() => await ResetAsync();

    internal StoredInstance? Find(InstanceId id) => cache.Find(id);

    internal void Keep(StoredInstance instance) => cache.Keep(instance);

    internal void Forget(InstanceId id) => cache.Forget(id);

    /// <summary>A start was written blindly and met an instance with its id: the next transaction reads it.</summary>
    internal void Take(InstanceId id) => taken.Add(id);

    /// <summary>Whether <see cref="Take"/> was told of it, which is forgotten.</summary>
    internal bool WasTaken(InstanceId id) => taken.Remove(id);

    /// <summary>After a failure: the connection may be broken, so the next transaction gets another.</summary>
    internal async Task ResetAsync()
    {
        if (writer is not null) await writer.DisposeAsync();
        if (db is not null) await db.DisposeAsync();
        (writer, db) = (null, null);
    }
}
