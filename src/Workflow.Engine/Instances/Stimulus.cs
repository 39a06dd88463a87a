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

    /// <summary>
    /// How many starts of one instance by another lie between this and the last thing that came from outside. A person, a timer and an event from
    /// outside are of generation 0; what an instance starts is one generation younger than the burst that asked for it.
    /// </summary>
    public int Generation { get; init; }

    /// <param name="Task">Present for a task definition only.</param>
    public sealed record Started(InstanceId Id, ImmutableDictionary<string, JsonElement> Input, TaskIntake? Task) : Stimulus
    {
        /// <summary>Who waits for its end.</summary>
        public ParentLink? Parent { get; init; }

        public string? CorrelationId { get; init; }

        /// <summary>The waiting activity whose event starts the instance; null for a start by a person or a program.</summary>
        public StartTrigger? Trigger { get; init; }
    }

    /// <summary>The subject of an open task alarms again.</summary>
    /// <param name="Input">As a start would have them.</param>
    public sealed record AlarmRepeated(ImmutableDictionary<string, JsonElement> Input) : Stimulus;

    public sealed record EventReceived(string Name, JsonElement? Payload) : Stimulus;

    /// <summary>One wait of this instance has what it waits for, whatever its kind.</summary>
    public sealed record BookmarkResumed(int Bookmark, JsonElement? Payload) : Stimulus;

    /// <summary>An effect that this instance asked for was done.</summary>
    public sealed record EffectCompleted(int Effect, JsonElement? Result) : Stimulus;

    /// <summary>An effect was given up after all its attempts.</summary>
    public sealed record EffectFailed(int Effect, string Message) : Stimulus;

    /// <summary>An instance that this one started has ended.</summary>
    public sealed record ChildEnded(int Effect, ChildResult Result) : Stimulus;

    /// <param name="Outcome">For <see cref="IncidentDecision.Skip"/>: the outcome to go on with; null for the activity's first.</param>
    public sealed record IncidentDecided(int Incident, IncidentDecision Decision, string? Outcome, string? Reason) : Stimulus;

    /// <summary>A person ends the instance. A task goes to post-evaluation instead.</summary>
    public sealed record Cancelled(string Reason) : Stimulus;

    public sealed record Altered(ImmutableArray<Alteration> Alterations, string? Reason) : Stimulus;

    /// <summary>A burst broke off and was rolled back: by our own bug, or because a script did not end. The instance stops until a person decides.</summary>
    /// <param name="Stimulus">Name of the stimulus that was not applied.</param>
    public sealed record BurstFailed(string Stimulus, string Message) : Stimulus;

    /// <summary>Something of this instance is due at <see cref="At"/>; the state says what.</summary>
    public sealed record TimerFired(TimerKey Timer) : Stimulus;

    public sealed record WorkItemClaimed(int Item, int Revision) : Stimulus;

    public sealed record WorkItemReleased(int Item, int Revision) : Stimulus;

    public sealed record EvidenceAttached(int Item, Evidence Evidence) : Stimulus;

    public sealed record WorkItemCompleted(int Item, int Revision, string Outcome, JsonElement? Values) : Stimulus;
}

/// <summary>A waiting activity that starts its workflow, and what it waited for.</summary>
public sealed record StartTrigger(string Node, JsonElement? Payload);

/// <summary>What comes in with a new task. The number is drawn in the transaction that stores the task.</summary>
public sealed record TaskIntake(string Number, string Subject, Place Place, Priority Priority)
{
    /// <summary>Null when the system raised it.</summary>
    public Person? RaisedBy { get; init; }

    /// <summary>The key of the subject that it is about; null when it is about none of the registry.</summary>
    public string? SubjectKey { get; init; }
}

public enum TimerKind
{
    Bookmark,
    Clock,
}

/// <summary>Which wait or clock of an instance a timer row belongs to.</summary>
public readonly record struct TimerKey(TimerKind Kind, int Number);
