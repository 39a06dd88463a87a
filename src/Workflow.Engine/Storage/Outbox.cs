using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>An effect that this server has for a while.</summary>
/// <param name="IsAttempt">It is to be done now, and the attempt is counted; else its end is to be told.</param>
public sealed record OutboxClaim(OutboxRow Row, bool IsAttempt);

/// <summary>
/// The rows of effects that are on their way. A server claims an effect for a while under a new epoch; whatever it writes later counts only while the
/// epoch is still that one. So a server that was held up for longer than its claim changes nothing that another has taken over. What a newer build has
/// written, or what belongs to an instance that it has written, is left to servers of that build.
/// </summary>
public sealed class Outbox(Database database, StoredShapes shapes)
{
    /// <summary>
    /// Claims what is due, earliest first, at most one row per instance: an effect waits while one with a lower number has not been tried to the end.
    /// One that is known to have failed keeps nobody waiting. Attempts are counted here: on disk before they are made, so that a crash counts too.
    /// </summary>
    /// <param name="until">When others may claim the same again.</param>
    /// <param name="busy">Instances whose turn it is not.</param>
    public async Task<IReadOnlyList<OutboxClaim>> ClaimAsync(
        DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<InstanceId> busy, int count, int maxAttempts, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        if (!await Due(db, now, busy).AnyAsync(cancel)) return [];
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var due = await Due(db, now, busy).OrderBy(row => row.NextAt).ThenBy(row => row.InstanceId).ThenBy(row => row.Number).Take(count).Claim().ToListAsync(cancel);
        var claims = due.DistinctBy(row => row.InstanceId).Select(row => Claim(row, until, maxAttempts)).ToList();
        foreach (var (row, _) in claims)
            await db.Outbox.Where(Is(row)).ExecuteUpdateAsync(
                set => set.SetProperty(stored => stored.Epoch, row.Epoch).SetProperty(stored => stored.ClaimedUntil, row.ClaimedUntil).SetProperty(stored => stored.Attempts, row.Attempts),
                cancel);
        await transaction.CommitAsync(cancel);
        return claims;
    }

    /// <summary>When something is due next.</summary>
    public async Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<InstanceId> busy, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        return await Readable(db).Where(row => row.State != OutboxState.Dead && !busy.Contains(row.InstanceId))
            .MinAsync(row => (DateTimeOffset?)(row.ClaimedUntil != null && row.ClaimedUntil > row.NextAt ? row.ClaimedUntil.Value : row.NextAt), cancel);
    }

    /// <summary>Ends a claim: writes what has become of the row.</summary>
    /// <returns>False when the claim had ended before and somebody else has the row; nothing was written.</returns>
    public async Task<bool> ReleaseAsync(OutboxRow row, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(row);
        await using var db = database.CreateDbContext();
        return await db.Outbox.Where(Is(row)).Where(stored => stored.Epoch == row.Epoch).ExecuteUpdateAsync(
            set => set.SetProperty(stored => stored.State, row.State).SetProperty(stored => stored.Attempts, row.Attempts).SetProperty(stored => stored.NextAt, row.NextAt)
                .SetProperty(stored => stored.LastError, row.LastError).SetProperty(stored => stored.Result, row.Result).SetProperty(stored => stored.ClaimedUntil, (DateTimeOffset?)null),
            cancel) == 1;
    }

    /// <summary>Nobody else can hold a claim on a database of one server, so those of its last run are void when it starts.</summary>
    public async Task VoidClaimsAsync(CancellationToken cancel)
    {
        if (database.IsShared) return;
        await using var db = database.CreateDbContext();
        await db.Outbox.Where(row => row.ClaimedUntil != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Epoch, row => row.Epoch + 1).SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null), cancel);
    }

    private static OutboxClaim Claim(OutboxRow row, DateTimeOffset until, int maxAttempts)
    {
        var isAttempt = row.State == OutboxState.Pending && row.Attempts < maxAttempts;
        return new(row with { Epoch = row.Epoch + 1, ClaimedUntil = until, Attempts = row.Attempts + (isAttempt ? 1 : 0) }, isAttempt);
    }

    private IQueryable<OutboxRow> Readable(WorkflowDb db)
    {
        var known = shapes.Number;
        return db.Outbox.AsNoTracking().Where(row => row.Schema <= known && !db.Instances.Any(instance => instance.Id == row.InstanceId && instance.Schema > known));
    }

    private IQueryable<OutboxRow> Due(WorkflowDb db, DateTimeOffset now, IReadOnlyCollection<InstanceId> busy) => Readable(db)
        .Where(row => row.State != OutboxState.Dead && row.NextAt <= now && (row.ClaimedUntil == null || row.ClaimedUntil <= now) && !busy.Contains(row.InstanceId))
        .Where(row => row.State != OutboxState.Pending || row.LastError != null || !db.Outbox.Any(before =>
            before.InstanceId == row.InstanceId && before.Number < row.Number && before.State == OutboxState.Pending && before.LastError == null));

    private static Expression<Func<OutboxRow, bool>> Is(OutboxRow row) => stored => stored.InstanceId == row.InstanceId && stored.Number == row.Number;
}
