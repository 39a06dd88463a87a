namespace Workflow.Engine.Running;

/// <summary>Limits of the due-timer job (configuration section <c>Timers</c>).</summary>
public sealed class TimerOptions
{
    /// <summary>The longest time between two looks at the timers, in seconds of real time.</summary>
    public int PollSeconds { get; set; } = 30;

    /// <summary>Timers fired together at most.</summary>
    public int BatchSize { get; set; } = 500;
}
