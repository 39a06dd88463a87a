using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>Everything that the database holds of one instance which has ended, but what follows from it: lists can be made again from the state.</summary>
/// <param name="Task">Null for an instance that is no task.</param>
public sealed record EndedInstance(InstanceRow Instance, IReadOnlyList<JournalRow> Journal, TaskRow? Task);

/// <summary>How instances ended, and before which time.</summary>
public sealed record EndedBefore(InstanceStatus Status, DateTimeOffset Time);

/// <summary>What stays when an instance is let go.</summary>
/// <param name="Evidence">An archive goes on referring to the files.</param>
/// <param name="Reporters">The records of who reported; without it their keys go with the next sweep.</param>
public sealed record Outliving(bool Evidence, bool Reporters);

/// <summary>Instances that have ended and that nothing needs any more.</summary>
public sealed class EndedInstances(Database database)
{
    /// <summary>
    /// Those that ended before a time, in the order of their start. One with an effect that is still to be done or told, with a dead letter or an open
    /// incident, and one whose parent runs, is none of them.
    /// </summary>
    public async Task<IReadOnlyList<InstanceId>> FindAsync(EndedBefore ended, int count, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        return await Of(db, ended).OrderBy(row => row.StartedAt).ThenBy(row => row.Id).Select(row => row.Id).Take(count).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<EndedInstance>> ReadAsync(IReadOnlyCollection<InstanceId> ids, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var journal = (await db.Journal.AsNoTracking().Where(row => ids.Contains(row.InstanceId)).OrderBy(row => row.Revision).ToListAsync(cancel)).ToLookup(row => row.InstanceId);
        var tasks = await db.Tasks.AsNoTracking().Where(row => ids.Contains(row.InstanceId)).ToDictionaryAsync(row => row.InstanceId, cancel);
        var instances = await db.Instances.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancel);
        return [.. instances.Select(row => new EndedInstance(row, [.. journal[row.Id]], tasks.GetValueOrDefault(row.Id)))];
    }

    /// <summary>Deletes every row of these instances in one transaction, but of those that somebody needs again meanwhile.</summary>
    /// <returns>How many instances are gone.</returns>
    public async Task<int> DeleteAsync(IReadOnlyCollection<InstanceId> ids, EndedBefore ended, Outliving stays, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var gone = await Of(db, ended).Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).Lock().Select(row => row.Id).ToListAsync(cancel);
        await db.Journal.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Bookmarks.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Timers.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Incidents.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.WorkItems.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Copies.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Pauses.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Notifications.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Notices.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.TaskTexts.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Clocks.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.TaskEvaluations.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Recurrences.Where(row => gone.Contains(row.InstanceId) || gone.Contains(row.PreviousId)).ExecuteDeleteAsync(cancel);
        await db.Tree.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        await db.Orders.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        if (stays.Reporters) await db.Reporters.Where(row => gone.Contains(row.InstanceId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.OutlivesTask, true), cancel);
        else await db.Reporters.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        if (!stays.Evidence) await db.Evidence.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel);
        var hadTasks = await db.Tasks.Where(row => gone.Contains(row.InstanceId)).ExecuteDeleteAsync(cancel) > 0;
        await db.Instances.Where(row => gone.Contains(row.Id)).ExecuteDeleteAsync(cancel);
        if (hadTasks)
        {
            db.Changes.Add(new() { Key = ChangeKeys.Tasks, At = now });
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return gone.Count;
    }

    private static IQueryable<InstanceRow> Of(WorkflowDb db, EndedBefore ended) => db.Instances
        // Who ended before also started before, and that is what the index knows.
        .Where(row => row.Status == ended.Status && row.StartedAt < ended.Time && row.UpdatedAt < ended.Time)
        .Where(row => !db.Outbox.Any(effect => effect.InstanceId == row.Id) && !db.Incidents.Any(incident => incident.InstanceId == row.Id && incident.IsOpen))
        .Where(row => !db.Instances.Any(parent => parent.Id == row.ParentId && parent.Status != InstanceStatus.Finished && parent.Status != InstanceStatus.Cancelled));
}
