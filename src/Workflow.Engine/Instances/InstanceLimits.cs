namespace Workflow.Engine.Instances;

/// <summary>
/// What instances may be and do at most (configuration section <c>Instances</c>). Every number counts something, never time, so that a burst that
/// reaches one ends the same way when it is applied again. What goes beyond a limit is an incident of the activity that asked for it.
/// </summary>
public sealed record InstanceLimits
{
    /// <summary>Activities that one burst runs, and that may be queued in it. More is a loop without a wait.</summary>
    public int Activities { get; init; } = 10_000;

    /// <summary>Waits of one instance: for events, times, effects and other instances.</summary>
    public int Waits { get; init; } = 2_000;

    /// <summary>Instances that wait for one another, each for the next.</summary>
    public int WaitingInstances { get; init; } = 32;

    /// <summary>Starts of one instance by another in a row with nothing from outside between them, see <see cref="Stimulus.Generation"/>.</summary>
    public int Generations { get; init; } = 100;

    /// <summary>Comments on one work item.</summary>
    public int Comments { get; init; } = 500;

    /// <summary>People whom one work item is shown to besides those who work on it.</summary>
    public int Copies { get; init; } = 100;

    /// <summary>Signers of one joint sign, those who were added included.</summary>
    public int Signers { get; init; } = 50;

    /// <summary>Signers that one command adds.</summary>
    public int SignersAtOnce { get; init; } = 10;

    /// <summary>People whom one rung of a delivery ladder tells by one channel.</summary>
    public int Notices { get; init; } = 50;

    /// <summary>Parts that one task is handed down in, and tasks that one order covers.</summary>
    public int Parts { get; init; } = 200;

    /// <summary>Feedbacks on one order.</summary>
    public int Feedbacks { get; init; } = 500;

    /// <summary>People listed with a work item who were passed over when somebody was chosen for it.</summary>
    public int PassedOver { get; init; } = 20;

    /// <summary>The fault of an activity that asks for more than a limit.</summary>
    internal static ActivityFaultException Exceeded(string expected, string limit, string found = "one more") =>
        new($"expected at most {expected}, found {found} (setting Instances:{limit})");
}
