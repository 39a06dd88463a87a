using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>
/// The time of the database, which several servers share, carried on by this machine's steady counter: jumps of this machine's clock do not matter, and
/// it never goes back.
/// </summary>
public sealed class DatabaseTime : TimeProvider
{
    private const int Tries = 3;

    private readonly Database database;
    private Anchor anchor;
    private long last;

    private DatabaseTime(Database database, Anchor anchor) => (this.database, this.anchor) = (database, anchor);

    public static async Task<DatabaseTime> StartAsync(Database database, CancellationToken cancel) => new(database, await MeasureAsync(database, cancel));

    public override DateTimeOffset GetUtcNow()
    {
        var from = Volatile.Read(ref anchor);
        var now = from.Time.UtcTicks + GetElapsedTime(from.Stamp).Ticks;
        for (var before = Volatile.Read(ref last); before < now;)
        {
            var found = Interlocked.CompareExchange(ref last, now, before);
            if (found == before) return new(now, TimeSpan.Zero);
            before = found;
        }
        return new(Volatile.Read(ref last), TimeSpan.Zero);
    }

    /// <summary>Asks the database again. When it is behind, time stands still until it has caught up.</summary>
    public async Task AdjustAsync(CancellationToken cancel) => Volatile.Write(ref anchor, await MeasureAsync(database, cancel));

    /// <summary>Of a few answers the quickest is the most exact.</summary>
    private static async Task<Anchor> MeasureAsync(Database database, CancellationToken cancel)
    {
        var (best, shortest) = ((Anchor?)null, TimeSpan.MaxValue);
        for (var index = 0; index < Tries; index++)
        {
            var asked = System.GetTimestamp();
            var time = await database.NowAsync(cancel);
            var took = System.GetElapsedTime(asked);
            if (took >= shortest) continue;
            (best, shortest) = (new(time + (took / 2), System.GetTimestamp()), took);
        }
        return best!;
    }

    private sealed record Anchor(DateTimeOffset Time, long Stamp);
}

/// <summary>Keeps <see cref="DatabaseTime"/> true while the server runs.</summary>
internal sealed class DatabaseTimeKeeper(TimeProvider time, ILogger<DatabaseTimeKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (time is not DatabaseTime shared) return;
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await shared.AdjustAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogWarning(problem, "The time of the database could not be read; it goes on by this machine's counter");
            }
    }
}
