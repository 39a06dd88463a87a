namespace Workflow.Engine.Running;

/// <summary>Limits of the commit queue (configuration section <c>CommitQueue</c>).</summary>
public sealed class CommitQueueOptions
{
    /// <summary>Commands that may wait; one more is refused (503).</summary>
    public int Capacity { get; set; } = 4096;

    /// <summary>Commands that share one transaction at most.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>Stored bytes, and 2 KB each, of the instances that are kept in memory because they were written lately.</summary>
    public long CacheBytes { get; set; } = 8 << 20;

    /// <summary>How often a command that lost its race is tried again.</summary>
    public int MaxAttempts { get; set; } = 20;

    /// <summary>How long a command waits for a database that does not answer before it is refused, in seconds.</summary>
    public double RetrySeconds { get; set; } = 15;

    /// <summary>Pause before a transaction that failed for a passing reason, such as a database that starts again, is tried again, in milliseconds.</summary>
    public int RetryPauseMs { get; set; } = 250;

    /// <summary>Transactions whose sizes and latencies are kept in memory for the operators' page.</summary>
    public int RecentTransactions { get; set; } = 1024;

    /// <summary>How long the answer to a command with an idempotency key is remembered, in hours.</summary>
    public int AnswerHours { get; set; } = 24;

    /// <summary>The text before the year in a task's number.</summary>
    public string NumberPrefix { get; set; } = "CD";

    /// <summary>The text before the year in an order's number.</summary>
    public string OrderPrefix { get; set; } = "DB";

    /// <summary>IANA name of the zone whose year stands in a task's number.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";
}
