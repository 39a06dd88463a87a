using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Workflow.Engine.Storage;

/// <summary>The servers on this database. Nothing rests on these rows: they are for people to see.</summary>
public sealed class Nodes(Database database)
{
    /// <summary>The clock that the times of all rows are read from.</summary>
    public Task<DateTimeOffset> NowAsync(CancellationToken cancel) => database.NowAsync(cancel);

    /// <summary>Says that a server is there. One that is started again at the same place takes its old row over.</summary>
    public async Task BeatAsync(NodeRow node, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(node);
        await using var db = database.CreateDbContext();
        var updated = await db.Nodes.Where(Is(node)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Version, node.Version).SetProperty(row => row.StartedAt, node.StartedAt).SetProperty(row => row.SeenAt, node.SeenAt), cancel);
        if (updated > 0) return;
        db.Nodes.Add(node);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A server that stops says so; one that is killed stays until <see cref="RemoveAsync"/>.</summary>
    public async Task LeaveAsync(NodeRow node, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await db.Nodes.Where(Is(node)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Removes the rows of those that were not seen since.</summary>
    public async Task RemoveAsync(DateTimeOffset since, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await db.Nodes.Where(row => row.SeenAt < since).ExecuteDeleteAsync(cancel);
    }

    /// <summary>By name and address.</summary>
    public async Task<IReadOnlyList<NodeRow>> AllAsync(CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        return await db.Nodes.AsNoTracking().OrderBy(row => row.Name).ThenBy(row => row.Address).ToListAsync(cancel);
    }

    private static Expression<Func<NodeRow, bool>> Is(NodeRow node) => row => row.Name == node.Name && row.Address == node.Address;
}
