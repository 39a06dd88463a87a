using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.JointWork;
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

    /// <summary>A person takes a task back that they raised, while nobody has claimed anything of it.</summary>
    public sealed record TaskWithdrawn(string Reason) : Stimulus;

    /// <summary>A note for whoever reads the task's story, also when the task has closed: it moves nothing.</summary>
    public sealed record TaskAnnotated(string Text) : Stimulus;

    /// <summary>交办: parts of this task go to areas, each as a task of its own.</summary>
    /// <param name="Definition">What the parts' tasks run.</param>
    public sealed record HandedDown(string Definition, ImmutableArray<PartAsked> Parts) : Stimulus;

    /// <summary>Another task says something.</summary>
    public sealed record TaskTold(TaskMessage Message) : Stimulus;

    public sealed record OrderFedBack(string Text) : Stimulus;

    /// <param name="Rung">Has to be the next one.</param>
    public sealed record OrderPressed(OrderRung Rung, string Text) : Stimulus;

    /// <summary>销号.</summary>
    public sealed record OrderStruckOff(string Report) : Stimulus;

    /// <summary>A command of a person on one work item.</summary>
    /// <param name="Revision">The revision of the item that they saw; <see cref="AnyRevision"/> where it does not matter.</param>
    public abstract record OnWorkItem(int Item, int Revision) : Stimulus
    {
        public const int AnyRevision = 0;

        public abstract WorkItemCommand Command { get; }
    }

    public sealed record WorkItemClaimed(int Item, int Revision) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Claim;
    }

    public sealed record WorkItemReleased(int Item, int Revision) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Release;
    }

    public sealed record EvidenceAttached(int Item, Evidence Evidence) : OnWorkItem(Item, AnyRevision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Attach;
    }

    public sealed record WorkItemCompleted(int Item, int Revision, string Outcome, JsonElement? Values) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Complete;
    }

    /// <param name="ProposedTeam">Id of the team whose the item is, in the eyes of those who decline it.</param>
    public sealed record WorkItemDeclined(int Item, int Revision, string Reason, string ProposedTeam) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Decline;
    }

    public sealed record WorkItemRuled(int Item, int Revision, string Team, string Reason) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Rule;
    }

    /// <param name="Team">Id of the team that gets it; null for the person's.</param>
    /// <param name="Person">User id of who gets it; null for the whole team.</param>
    public sealed record WorkItemTransferred(int Item, int Revision, string? Team, string? Person, string? Reason) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Transfer;
    }

    public sealed record WorkItemDelegated(int Item, int Revision, string Person, string? Note) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Delegate;
    }

    public sealed record WorkItemGivenBack(int Item, int Revision, string? Result) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.GiveBack;
    }

    /// <param name="To">See <see cref="ReturnTarget.Key"/>.</param>
    public sealed record WorkItemReturned(int Item, int Revision, string To, string Reason) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Return;
    }

    public sealed record WorkItemTakenBack(int Item, int Revision, string? Reason) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Withdraw;
    }

    public sealed record SignersAdded(int Item, int Revision, ImmutableArray<SignerName> Signers, string Reason) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.AddSigner;
    }

    public sealed record SignerRemoved(int Item, int Revision, string Reason) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.RemoveSigner;
    }

    public sealed record WorkItemUrged(int Item, string? Note) : OnWorkItem(Item, AnyRevision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Urge;
    }

    /// <param name="Reason">A reason as definitions name them in <c>pauseReasons</c>: the clocks that name it stop.</param>
    public sealed record WorkItemSuspended(int Item, int Revision, string Reason, string? Note) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Suspend;
    }

    public sealed record WorkItemResumed(int Item, int Revision) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Resume;
    }

    public sealed record ExtensionAsked(int Item, int Revision, string Amount, string Reason) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.AskExtension;
    }

    public sealed record ExtensionDecided(int Item, int Revision, bool IsApproved, string? Reason) : OnWorkItem(Item, Revision)
    {
        public override WorkItemCommand Command => WorkItemCommand.DecideExtension;
    }

    /// <param name="To">User ids.</param>
    public sealed record WorkItemCopied(int Item, ImmutableArray<string> To) : OnWorkItem(Item, AnyRevision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Copy;
    }

    public sealed record WorkItemCommented(int Item, string Text) : OnWorkItem(Item, AnyRevision)
    {
        public override WorkItemCommand Command => WorkItemCommand.Comment;
    }
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

    /// <summary>Null for an alarm, a patrol and whatever else.</summary>
    public TaskOrigin? Origin { get; init; }

    /// <summary>The closed task that it repeats, looked up in the transaction that stores the task.</summary>
    public EarlierTask? Earlier { get; init; }

    /// <summary>Null for a task that is not a part of another.</summary>
    public PartOfTask? Part { get; init; }

    /// <summary>Null for a task that is not an order.</summary>
    public Order? Order { get; init; }

    /// <summary>The deadline that an order from outside gives; null when none does.</summary>
    public DateTimeOffset? DueBy { get; init; }
}

public enum TimerKind
{
    Bookmark,
    Clock,
}

/// <summary>Which wait or clock of an instance a timer row belongs to.</summary>
public readonly record struct TimerKey(TimerKind Kind, int Number);
