using Microsoft.Extensions.Logging;
using Quartz;

namespace Workflow.Engine.Running;

/// <summary>Has <see cref="Retention"/> run now and then. What fails is done at the next run.</summary>
[DisallowConcurrentExecution]
public sealed class RetentionJob(Retention retention, ILogger<RetentionJob> log) : IJob
{
    public static readonly JobKey Key = new("retention");

    /// <summary>Real time between two runs.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await retention.RunAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogError(problem, "What is kept for a time only could not be let go; it is tried again in {Interval}", Interval);
        }
    }
}
