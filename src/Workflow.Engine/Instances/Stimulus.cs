using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>Anything that may move an instance. <see cref="At"/> is the only time the core knows.</summary>
public abstract record Stimulus
{
    private Stimulus()
    {
    }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null when a timer or the system acts.</summary>
    public Actor? By { get; init; }

    /// <param name="Task">Present for a task definition only.</param>
    public sealed record Started(InstanceId Id, ImmutableDictionary<string, JsonElement> Input, TaskIntake? Task) : Stimulus;

    public sealed record EventReceived(string Name, JsonElement? Payload) : Stimulus;

    /// <summary>One wait of this instance has what it waits for, whatever its kind.</summary>
    public sealed record BookmarkResumed(int Bookmark, JsonElement? Payload) : Stimulus;

    /// <summary>Something of this instance is due at <see cref="At"/>; the state says what.</summary>
    public sealed record TimerFired(TimerKey Timer) : Stimulus;

    public sealed record WorkItemClaimed(int Item, int Revision) : Stimulus;

    public sealed record WorkItemReleased(int Item, int Revision) : Stimulus;

    public sealed record EvidenceAttached(int Item, Evidence Evidence) : Stimulus;

    public sealed record WorkItemCompleted(int Item, int Revision, string Outcome, JsonElement? Values) : Stimulus;
}

/// <summary>What comes in with a new task. The number is drawn in the transaction that stores the task.</summary>
public sealed record TaskIntake(string Number, string Subject, Place Place, Priority Priority)
{
    /// <summary>Null when the system raised it.</summary>
    public Person? RaisedBy { get; init; }
}

public enum TimerKind
{
    Bookmark,
    Clock,
}

/// <summary>Which wait or clock of an instance a timer row belongs to.</summary>
public readonly record struct TimerKey(TimerKind Kind, int Number);
