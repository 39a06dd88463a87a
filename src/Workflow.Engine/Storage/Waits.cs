using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>Finds instances by what they wait for.</summary>
public sealed class Waits(IDbContextFactory<WorkflowDb> databases)
{
    /// <param name="correlationId">Only instances with this correlation; null for all.</param>
    public async Task<IReadOnlyList<InstanceId>> InstancesAsync(string kind, string key, string? correlationId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Of(db, kind, key)
            .Join(db.Instances, wait => wait.InstanceId, instance => instance.Id, (_, instance) => new { instance.Id, instance.CorrelationId, instance.StartedAt })
            .Where(instance => correlationId == null || instance.CorrelationId == correlationId)
            .Distinct().OrderBy(instance => instance.StartedAt).ThenBy(instance => instance.Id).Select(instance => instance.Id).ToListAsync(cancel);
    }

    /// <summary>The wait of one instance for this; null when there is none.</summary>
    public async Task<(InstanceId Instance, int Bookmark)?> FindAsync(string kind, string key, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await Of(db, kind, key).FirstOrDefaultAsync(cancel);
        return row is null ? null : (row.InstanceId, row.Number);
    }

    private static IQueryable<BookmarkRow> Of(WorkflowDb db, string kind, string key)
    {
        var lookupKey = BookmarkRow.KeyOf(kind, key);
        return db.Bookmarks.AsNoTracking().Where(wait => wait.LookupKey == lookupKey && wait.Kind == kind && wait.Key == key);
    }
}
