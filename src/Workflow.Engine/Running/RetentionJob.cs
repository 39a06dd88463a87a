using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>Forgets what was kept for a time only: the answers to commands with an idempotency key.</summary>
[DisallowConcurrentExecution]
public sealed class RetentionJob(IDbContextFactory<WorkflowDb> databases, TimeProvider time, IOptions<CommitQueueOptions> options) : IJob
{
    public static readonly JobKey Key = new("retention");

    /// <summary>Real time between two runs.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow() - TimeSpan.FromHours(options.Value.AnswerHours);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.IdempotencyKeys.Where(row => row.At < limit).ExecuteDeleteAsync(cancellationToken);
    }
}
