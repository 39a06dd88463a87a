using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Benchmarks;

/// <summary>What a run has to find in its database at the end. Figures of a run that lost or left something mean nothing.</summary>
internal sealed record Stored(int Instances, int Finished, int Timers, int Waits)
{
    /// <summary>All have come to their end, and nothing is left of what they waited for.</summary>
    public static Stored AllFinished(int instances) => new(instances, instances, 0, 0);

    /// <summary>All wait, each for one timer.</summary>
    public static Stored AllWaiting(int instances) => new(instances, 0, instances, instances);

    public static async Task<Stored> ReadAsync(Database database, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        return new(
            await db.Instances.CountAsync(cancel), await db.Instances.CountAsync(row => row.Status == InstanceStatus.Finished, cancel),
            await db.Timers.CountAsync(cancel), await db.Bookmarks.CountAsync(cancel));
    }

    /// <summary>Throws unless the database holds just this.</summary>
    public async Task CheckAsync(Database database, CancellationToken cancel)
    {
        var found = await ReadAsync(database, cancel);
        WrongResultException.ThrowUnless(found == this, ToString(), found.ToString());
    }

    public override string ToString() => $"{Instances} instances, {Finished} of them finished, {Timers} timers and {Waits} waits";
}
