namespace Workflow.Engine.Running;

/// <summary>Limits of the delivery of effects (configuration section <c>Delivery</c>).</summary>
public sealed class DeliveryOptions
{
    /// <summary>Effects that are done at the same time at most; of one instance never more than one.</summary>
    public int Parallelism { get; set; } = 8;

    /// <summary>Attempts until an effect is given up.</summary>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>How long one attempt may take, in seconds of real time.</summary>
    public double TimeLimitSeconds { get; set; } = 60;

    /// <summary>How much longer than an attempt its claim lasts, in seconds. After that another server of the same database may do the effect.</summary>
    public double ClaimMarginSeconds { get; set; } = 30;

    /// <summary>Pause after the first failed attempt, in seconds; it doubles with each further one.</summary>
    public double FirstPauseSeconds { get; set; } = 2;

    /// <summary>The longest pause, in seconds.</summary>
    public double MaxPauseSeconds { get; set; } = 3600;

    /// <summary>Pause of an effect whose target takes nothing at the moment, such as an instance that has faulted, in seconds.</summary>
    public double PostponeSeconds { get; set; } = 30;

    /// <summary>The longest time between two looks at the outbox, in milliseconds of real time.</summary>
    public int PollMs { get; set; } = 5000;
}
