using Microsoft.Extensions.Options;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Commands;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Operations;

/// <summary>The commit queue of the server that answers, since it started.</summary>
/// <param name="Length">Commands that wait now.</param>
/// <param name="Commands">Commands answered after a commit.</param>
/// <param name="Bursts">Those that changed an instance.</param>
/// <param name="BatchSizes">Commands of each of the last transactions, latest first.</param>
/// <param name="LatencyP50Ms">How long the last transactions took from their beginning until they were on disk; null before the first.</param>
internal sealed record QueueStatus(
    int Length, int Capacity, long Commands, long Bursts, long Transactions, long FailedTransactions, long LostRaces, IReadOnlyList<int> BatchSizes, double? LatencyP50Ms, double? LatencyP99Ms);

/// <param name="LagSeconds">How long the first of them has been due.</param>
internal sealed record TimerStatus(int Overdue, double LagSeconds);

/// <param name="Pending">Effects that are to be done, or whose end is to be told.</param>
/// <param name="AgeSeconds">How long ago the oldest of them was asked for.</param>
internal sealed record OutboxStatus(int Pending, double AgeSeconds, int Dead);

/// <param name="SizeBytes">What it takes on disk.</param>
/// <param name="FreeBytes">What is free on the disk of the data folder.</param>
/// <param name="MinFreeBytes">Below this nothing is started; 0 when that is switched off.</param>
internal sealed record DatabaseStatus(DatabaseProvider Provider, long SizeBytes, long FreeBytes, long MinFreeBytes);

internal sealed record ServerStatus(DateTimeOffset At, string Version, QueueStatus Queue, TimerStatus Timers, OutboxStatus Outbox, int OpenIncidents, DatabaseStatus Database);

internal static class GetStatus
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("operations/status", HandleAsync).Requires(Permission.Operate).Produces<ServerStatus>()
            .WithSummary("How the answering server and its database are: queue, timers, outbox, incidents, disk");

    internal static async Task<IResult> HandleAsync(
        CommitQueue queue, CommitStatistics statistics, Backlog backlog, Database database, DiskSpace disk, TimeProvider time,
        IOptions<CommitQueueOptions> queueOptions, IOptions<OperationsOptions> options, CancellationToken cancel)
    {
        var (now, room) = (time.GetUtcNow(), disk.Read());
        var (done, waits) = (statistics.Read(options.Value.RecentBatches), await backlog.ReadAsync(now, cancel));
        return Results.Ok(new ServerStatus(
            now, CommandLine.Version,
            new(queue.Length, queueOptions.Value.Capacity, done.Commands, done.Bursts, done.Transactions, done.FailedTransactions, done.LostRaces, done.BatchSizes,
                done.LatencyP50?.TotalMilliseconds, done.LatencyP99?.TotalMilliseconds),
            new(waits.TimersOverdue, waits.TimerLag.TotalSeconds),
            new(waits.EffectsPending, waits.OutboxAge.TotalSeconds, waits.DeadLetters),
            waits.IncidentsOpen,
            new(database.Provider, await database.SizeBytesAsync(cancel), room.FreeBytes, room.MinFreeBytes)));
    }
}
