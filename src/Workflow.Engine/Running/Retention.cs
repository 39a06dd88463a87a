using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>
/// Lets go of what was kept for a time only: answers under idempotency keys, and, where days are set, instances that have ended.
/// <para>
/// In batches, each a transaction of its own. With an archive every instance of a batch is on disk there before its rows go, so a crash leaves it in
/// the database, in the archive or in both, never in neither. Of several servers on one database one does it at a time.
/// </para>
/// </summary>
public sealed class Retention(
    Database database, EndedInstances ended, Answers answers, TimeProvider time, IOptions<RetentionOptions> options, IOptions<CommitQueueOptions> queue, ILogger<Retention> log)
{
    private TimeSpan AnswerSpan => TimeSpan.FromHours(queue.Value.AnswerHours);

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var alone = await database.AloneAsync("retention", cancel);
        var now = time.GetUtcNow();
        while (await answers.ForgetAsync(now - AnswerSpan, options.Value.BatchSize, cancel)) cancel.ThrowIfCancellationRequested();
        await LetGoAsync(InstanceStatus.Finished, options.Value.FinishedDays, now, cancel);
        await LetGoAsync(InstanceStatus.Cancelled, options.Value.CancelledDays, now, cancel);
    }

    private async Task LetGoAsync(InstanceStatus status, int days, DateTimeOffset now, CancellationToken cancel)
    {
        if (days <= 0) return;
        // A remembered answer never names an instance that is gone.
        var span = TimeSpan.FromDays(days);
        var old = new EndedBefore(status, now - (span > AnswerSpan ? span : AnswerSpan));
        var archive = options.Value.ArchiveFolder is { } folder ? new InstanceArchive(folder) : null;
        var count = 0;
        for (IReadOnlyList<InstanceId> batch; (batch = await ended.FindAsync(old, options.Value.BatchSize, cancel)).Count > 0;)
        {
            if (archive is not null) await archive.WriteAsync(await ended.ReadAsync(batch, cancel), now, cancel);
            var deleted = await ended.DeleteAsync(batch, old, new(Evidence: archive is not null, Reporters: options.Value.KeepReporters), now, cancel);
            count += deleted;
            if (deleted < batch.Count) break;
        }
        if (count > 0)
            log.LogInformation("{Count} instances, {Status} before {Before:O}, were {Done}", count, old.Status, old.Time, archive is null ? "deleted" : "archived and deleted");
    }
}
