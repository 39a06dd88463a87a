namespace Workflow.Engine.Running;

/// <summary>Limits of changes of calendars and policies (configuration section <c>ClockChanges</c>).</summary>
public sealed class ClockChangeOptions
{
    /// <summary>The longest time between two looks for tasks whose clocks have to count again, in seconds of real time.</summary>
    public int PollSeconds { get; set; } = 5;

    /// <summary>Tasks that are visited together.</summary>
    public int BatchSize { get; set; } = 200;

    /// <summary>Clocks of a preview that are counted together, and how many such lots at once.</summary>
    public int PreviewRows { get; set; } = 2000;

    public int PreviewParallelism { get; set; } = 4;
}
