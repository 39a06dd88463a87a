namespace Workflow.Engine.Running;

/// <summary>Limits of the due-timer job (configuration section <c>Timers</c>).</summary>
public sealed class TimerOptions
{
    /// <summary>The longest time between two looks at the timers, in seconds of real time.</summary>
    public int PollSeconds { get; set; } = 5;

    /// <summary>Timers fired together at most.</summary>
    public int BatchSize { get; set; } = 500;

    /// <summary>How long a server has the timers that it is going to fire for itself, in seconds, where several share a database.</summary>
    public int ClaimSeconds { get; set; } = 30;
}
