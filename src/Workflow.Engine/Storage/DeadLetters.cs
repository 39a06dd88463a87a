using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>Effects that were given up while nobody waited for them: a person has them tried again, or discards them.</summary>
public static class DeadLetters
{
    public static IQueryable<OutboxRow> Of(WorkflowDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Outbox.AsNoTracking().Where(row => row.State == OutboxState.Dead);
    }

    public static IQueryable<OutboxRow> Of(WorkflowDb db, EffectId id) => Of(db).Where(row => row.InstanceId == id.Instance && row.Number == id.Number);

    /// <summary>All attempts begin again. What it failed with stays with it, so that it keeps no other effect of its instance waiting.</summary>
    /// <returns>False when no dead letter has this id.</returns>
    public static async Task<bool> RetryAsync(WorkflowDb db, EffectId id, DateTimeOffset now, CancellationToken cancel) =>
        await Of(db, id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, OutboxState.Pending).SetProperty(row => row.Attempts, 0).SetProperty(row => row.NextAt, now), cancel) == 1;

    /// <returns>False when no dead letter has this id.</returns>
    public static async Task<bool> DiscardAsync(WorkflowDb db, EffectId id, CancellationToken cancel) => await Of(db, id).ExecuteDeleteAsync(cancel) == 1;
}
