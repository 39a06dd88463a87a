using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage;

/// <summary>
/// The rows of timers. Where several servers share the database each claims what it is going to fire, so that they do not all fire the same; whether
/// a timer fires is decided by its instance alone, so a claim that is lost harms nothing. Timers of instances that a newer build has written are left to
/// servers of that build.
/// </summary>
public sealed class Timers(Database database, StoredShapes shapes)
{
    /// <summary>What is due and nobody else's, earliest first.</summary>
    /// <param name="until">When others may fire the same.</param>
    public async Task<IReadOnlyList<TimerRow>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int count, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var due = Readable(db).Where(row => row.DueAt <= now && (row.ClaimedUntil == null || row.ClaimedUntil <= now)).OrderBy(row => row.DueAt).Take(count);
        if (!database.IsShared || !await due.AnyAsync(cancel)) return await due.ToListAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var taken = await due.Claim().ToListAsync(cancel);
        var changes = new RowChanges();
        foreach (var row in taken) changes.Update(row with { ClaimedUntil = until });
        await using (var writer = database.WriterFor(db)) await writer.WriteAsync(changes, cancel);
        await transaction.CommitAsync(cancel);
        return taken;
    }

    /// <summary>When there is something to fire next: what is due then, or what is due already when the claim of a server that has not fired it ends.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(DateTimeOffset after, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        // The first in the order of the index, not the least: with the condition on instances that would look at all.
        var due = await Readable(db).Where(row => row.DueAt > after).OrderBy(row => row.DueAt).Select(row => (DateTimeOffset?)row.DueAt).FirstOrDefaultAsync(cancel);
        var free = await Readable(db).Where(row => row.DueAt <= after && row.ClaimedUntil > after).MinAsync(row => row.ClaimedUntil, cancel);
        return due is null || free < due ? free ?? due : due;
    }

    private IQueryable<TimerRow> Readable(WorkflowDb db)
    {
        var known = shapes.Number;
        return db.Timers.AsNoTracking().Where(row => !db.Instances.Any(instance => instance.Id == row.InstanceId && instance.Schema > known));
    }
}
