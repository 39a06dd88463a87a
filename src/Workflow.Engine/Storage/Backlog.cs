using Microsoft.EntityFrameworkCore;

namespace Workflow.Engine.Storage;

/// <summary>What waited in the database at one moment.</summary>
/// <param name="TimersOverdue">Timers that are due and have not fired.</param>
/// <param name="TimerLag">How long the first of them has been due.</param>
/// <param name="EffectsPending">Effects that are to be done, or whose end is to be told.</param>
/// <param name="OutboxAge">How long ago the oldest of them was asked for.</param>
/// <param name="DeadLetters">Effects that were given up and that nobody waits for.</param>
public sealed record BacklogReading(int TimersOverdue, TimeSpan TimerLag, int EffectsPending, TimeSpan OutboxAge, int DeadLetters, int IncidentsOpen);

/// <summary>Reads how much waits, for people and instruments. It is that of the database: every server on it reads the same.</summary>
public sealed class Backlog(Database database)
{
    public async Task<BacklogReading> ReadAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var due = db.Timers.Where(timer => timer.DueAt <= now);
        var firstDue = await due.MinAsync(timer => (DateTimeOffset?)timer.DueAt, cancel);
        var pending = db.Outbox.Where(effect => effect.State != OutboxState.Dead);
        var oldest = await pending.MinAsync(effect => (DateTimeOffset?)effect.CreatedAt, cancel);
        return new(
            await due.CountAsync(cancel), Since(firstDue, now), await pending.CountAsync(cancel), Since(oldest, now),
            await db.Outbox.CountAsync(effect => effect.State == OutboxState.Dead, cancel), await db.Incidents.CountAsync(incident => incident.IsOpen, cancel));
    }

    private static TimeSpan Since(DateTimeOffset? at, DateTimeOffset now) => at is { } then && then < now ? now - then : TimeSpan.Zero;
}
