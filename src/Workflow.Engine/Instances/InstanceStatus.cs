namespace Workflow.Engine.Instances;

public enum InstanceStatus
{
    /// <summary>Has work or waits for a stimulus.</summary>
    Running,

    Finished,

    /// <summary>Stopped by a fault under Elsa's fault strategy: takes no stimulus until a person decides on its incidents. A task never stops so.</summary>
    Faulted,

    /// <summary>Ended by a person before its time. A task goes to post-evaluation instead.</summary>
    Cancelled,
}

/// <summary>The legal changes of an instance's status; nothing else assigns one.</summary>
public static class Lifecycle
{
    private static readonly HashSet<(InstanceStatus From, InstanceStatus To)> Legal =
    [
        (InstanceStatus.Running, InstanceStatus.Finished),
        (InstanceStatus.Running, InstanceStatus.Faulted),
        (InstanceStatus.Running, InstanceStatus.Cancelled),
        (InstanceStatus.Faulted, InstanceStatus.Running),
        (InstanceStatus.Faulted, InstanceStatus.Cancelled),
    ];

    public static bool IsFinal(this InstanceStatus status) => status is InstanceStatus.Finished or InstanceStatus.Cancelled;

    public static InstanceStatus Change(InstanceStatus from, InstanceStatus to) =>
        Legal.Contains((from, to)) ? to : throw new InvariantBrokenException($"status may not change from {from} to {to}");
}

/// <summary>Our own bug: what must hold does not. The burst is rolled back.</summary>
public sealed class InvariantBrokenException(string what) : Exception(what);
