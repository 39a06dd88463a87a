using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.JointWork;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>
/// What a burst recorded. Facts carry computed values, so that <see cref="InstanceDraft.Apply"/> can rebuild any state without
/// the definition, the activities or the world of that time. A fact's name and members never change meaning; a new meaning is a new fact.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(InstanceStarted), "instance-started")]
[JsonDerivedType(typeof(InstanceEnded), "instance-ended")]
[JsonDerivedType(typeof(InstanceFaulted), "instance-faulted")]
[JsonDerivedType(typeof(InstanceContinued), "instance-continued")]
[JsonDerivedType(typeof(BurstFailed), "burst-failed")]
[JsonDerivedType(typeof(CorrelationSet), "correlation-set")]
[JsonDerivedType(typeof(NameSet), "name-set")]
[JsonDerivedType(typeof(OutputSet), "output-set")]
[JsonDerivedType(typeof(LineWritten), "line-written")]
[JsonDerivedType(typeof(EffectRequested), "effect-requested")]
[JsonDerivedType(typeof(EffectWithdrawn), "effect-withdrawn")]
[JsonDerivedType(typeof(NumbersGiven), "numbers-given")]
[JsonDerivedType(typeof(InstanceMigrated), "instance-migrated")]
[JsonDerivedType(typeof(TokenCreated), "token-created")]
[JsonDerivedType(typeof(TokenEnded), "token-ended")]
[JsonDerivedType(typeof(TokenFaulted), "token-faulted")]
[JsonDerivedType(typeof(TokenStateSet), "token-state-set")]
[JsonDerivedType(typeof(TokenCountsSet), "token-counts-set")]
[JsonDerivedType(typeof(IncidentResolved), "incident-resolved")]
[JsonDerivedType(typeof(VariableSet), "variable-set")]
[JsonDerivedType(typeof(BookmarkCreated), "bookmark-created")]
[JsonDerivedType(typeof(BookmarkRemoved), "bookmark-removed")]
[JsonDerivedType(typeof(StageEntered), "stage-entered")]
[JsonDerivedType(typeof(StageEnded), "stage-ended")]
[JsonDerivedType(typeof(TaskEscalated), "task-escalated")]
[JsonDerivedType(typeof(AlarmJoined), "alarm-joined")]
[JsonDerivedType(typeof(EvaluationRecorded), "evaluation-recorded")]
[JsonDerivedType(typeof(EffectMeasured), "effect-measured")]
[JsonDerivedType(typeof(SampleDrawn), "sample-drawn")]
[JsonDerivedType(typeof(TaskOrdered), "task-ordered")]
[JsonDerivedType(typeof(PartHandedDown), "part-handed-down")]
[JsonDerivedType(typeof(PartHeard), "part-heard")]
[JsonDerivedType(typeof(PartCancelled), "part-cancelled")]
[JsonDerivedType(typeof(PartAccepted), "part-accepted")]
[JsonDerivedType(typeof(PartMoved), "part-moved")]
[JsonDerivedType(typeof(FeedbackGiven), "feedback-given")]
[JsonDerivedType(typeof(AssistantFedBack), "assistant-fed-back")]
[JsonDerivedType(typeof(CoveredTaskEnded), "covered-task-ended")]
[JsonDerivedType(typeof(OrderFedBack), "order-fed-back")]
[JsonDerivedType(typeof(FeedbackScheduled), "feedback-scheduled")]
[JsonDerivedType(typeof(OrderPressed), "order-pressed")]
[JsonDerivedType(typeof(ItemOffered), "item-offered")]
[JsonDerivedType(typeof(ItemClaimed), "item-claimed")]
[JsonDerivedType(typeof(ItemReleased), "item-released")]
[JsonDerivedType(typeof(ItemCompleted), "item-completed")]
[JsonDerivedType(typeof(ItemWithdrawn), "item-withdrawn")]
[JsonDerivedType(typeof(ItemNotNeeded), "item-not-needed")]
[JsonDerivedType(typeof(SignDecided), "sign-decided")]
[JsonDerivedType(typeof(ItemUrged), "item-urged")]
[JsonDerivedType(typeof(ItemEvidenceAttached), "item-evidence-attached")]
[JsonDerivedType(typeof(TaskAnnotated), "task-annotated")]
[JsonDerivedType(typeof(ItemMoved), "item-moved")]
[JsonDerivedType(typeof(ItemUrgedBy), "item-urged-by")]
[JsonDerivedType(typeof(ExtensionAsked), "extension-asked")]
[JsonDerivedType(typeof(ExtensionDecided), "extension-decided")]
[JsonDerivedType(typeof(ItemCopied), "item-copied")]
[JsonDerivedType(typeof(ItemCommented), "item-commented")]
[JsonDerivedType(typeof(LadderBegun), "ladder-begun")]
[JsonDerivedType(typeof(LadderRungReached), "ladder-rung-reached")]
[JsonDerivedType(typeof(NoticeMoved), "notice-moved")]
[JsonDerivedType(typeof(ItemRead), "item-read")]
[JsonDerivedType(typeof(LadderEnded), "ladder-ended")]
[JsonDerivedType(typeof(ItemReassigned), "item-reassigned")]
[JsonDerivedType(typeof(PauseDecided), "pause-decided")]
[JsonDerivedType(typeof(PauseCapMoved), "pause-cap-moved")]
[JsonDerivedType(typeof(TaskPriorityChanged), "task-priority-changed")]
public abstract partial record Fact
{
    private Fact()
    {
    }

    public sealed record InstanceStarted(
        DefinitionVersion Definition, ImmutableDictionary<string, JsonElement> Input, ImmutableDictionary<string, JsonElement> Variables, TaskIntake? Task) : Fact
    {
        /// <summary>Who waits for its end.</summary>
        public ParentLink? Parent { get; init; }

        public string? CorrelationId { get; init; }
    }

    public sealed record InstanceEnded(InstanceStatus Status) : Fact;

    /// <summary>The fault strategy stops the instance; its tokens and waits stay as they are.</summary>
    public sealed record InstanceFaulted : Fact;

    /// <summary>The last incident of a stopped instance was decided.</summary>
    public sealed record InstanceContinued : Fact;

    /// <summary>A burst was rolled back; its incident is the instance's own.</summary>
    public sealed record BurstFailed(Incident Incident) : Fact;

    public sealed record CorrelationSet(string? Value) : Fact;

    public sealed record NameSet(string? Value) : Fact;

    /// <summary>An output of the workflow.</summary>
    public sealed record OutputSet(string Name, JsonElement Value) : Fact;

    /// <summary>A line that the workflow wrote for whoever reads its journal.</summary>
    public sealed record LineWritten(string Node, string Text) : Fact;

    public sealed record EffectRequested(EffectRequest Effect) : Fact;

    /// <summary>The activity that waited for this effect was cancelled: it is not done, unless it was done or begun before.</summary>
    public sealed record EffectWithdrawn(int Effect) : Fact;

    /// <summary>Numbers up to this one are used, although no other fact of the burst names the last of them.</summary>
    public sealed record NumbersGiven(int Last) : Fact;

    /// <summary>The instance goes on under another version; its tokens keep their nodes' ids.</summary>
    public sealed record InstanceMigrated(DefinitionVersion To) : Fact;

    public sealed record TokenCreated(int Token, string Node, int? Parent, ImmutableDictionary<string, JsonElement> Variables) : Fact
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsDetached { get; init; }
    }

    /// <param name="Outcomes">Null when the token was cancelled.</param>
    public sealed record TokenEnded(int Token, ImmutableArray<string>? Outcomes) : Fact;

    public sealed record TokenFaulted(int Token, Incident Incident) : Fact;

    public sealed record TokenStateSet(int Token, string Key, JsonElement Value) : Fact;

    /// <summary>Counters that changed, with their new values; one that is 0 is not kept.</summary>
    public sealed record TokenCountsSet(int Token, ImmutableDictionary<string, int> Values) : Fact;

    /// <param name="By">Who decided; null when the activity ended otherwise.</param>
    public sealed record IncidentResolved(int Incident, IncidentDecision Decision, Person? By, string? Reason) : Fact;

    /// <param name="Token">The token of the container that declares the variable; null for a variable of the workflow.</param>
    public sealed record VariableSet(int? Token, string Name, JsonElement Value) : Fact;

    public sealed record BookmarkCreated(Bookmark Bookmark) : Fact;

    public sealed record BookmarkRemoved(int Bookmark) : Fact;

    public sealed record StageEntered(StageName Stage, int Round) : Fact;

    public sealed record StageEnded(StageName Stage, StageOutcome Outcome, StageName? ReturnTo, string? Reason) : Fact;

    /// <summary>An alarm of the task's subject: the one that raised it, or one while it was open.</summary>
    public sealed record AlarmJoined(ImmutableDictionary<string, JsonElement> Input, AlarmLevel Level) : Fact;

    /// <summary>A person has filled in figures of the post-evaluation; those that are null stay as they were.</summary>
    public sealed record EvaluationRecorded(RecordedFigures Figures, Person By) : Fact;

    public sealed record EffectMeasured(EffectFinding Finding) : Fact;

    public sealed record SampleDrawn(SampleDraw Draw) : Fact;

    /// <summary>A note in the task's story; the state does not keep it.</summary>
    public sealed record TaskAnnotated(Person? By, string Text) : Fact;

    public sealed record TaskEscalated(TeamKind To) : Fact;

    /// <summary>An order covers the task from now on.</summary>
    /// <param name="Number">Of the order.</param>
    public sealed record TaskOrdered(InstanceId Order, string Number) : Fact;

    public sealed record PartHandedDown(TaskPart Part) : Fact;

    /// <summary>The parent has heard how a part stands.</summary>
    public sealed record PartHeard(int Part, PartReport Report) : Fact;

    /// <summary>The parent takes a part back. The part still closes in its own way.</summary>
    public sealed record PartCancelled(int Part, string Reason) : Fact;

    /// <summary>The task of a part has ended: its last review has accepted it.</summary>
    public sealed record PartAccepted(int Part) : Fact;

    /// <summary>This task's part has gone to another team, and with it to the team's area.</summary>
    public sealed record PartMoved(Team Team, Place Place) : Fact;

    /// <summary>Those who have this task's part have fed back.</summary>
    public sealed record FeedbackGiven(PartFeedback Feedback) : Fact;

    /// <summary>The lead has heard what an assistant fed back.</summary>
    public sealed record AssistantFedBack(int Part, PartFeedback Feedback) : Fact;

    /// <summary>A task that this order covers has ended.</summary>
    public sealed record CoveredTaskEnded(InstanceId Task) : Fact;

    public sealed record OrderFedBack(Person By, string Text) : Fact;

    /// <param name="Due">When feedback on the order is due next.</param>
    /// <param name="IsReminder">None was given in the period that has ended.</param>
    public sealed record FeedbackScheduled(DateTimeOffset Due, bool IsReminder) : Fact;

    /// <param name="By">Null when time did it.</param>
    public sealed record OrderPressed(OrderRung Rung, Person? By, string Text) : Fact;

    public sealed record ItemOffered(WorkItem Item) : Fact;

    public sealed record ItemClaimed(int Item, Person By) : Fact
    {
        /// <summary>Whom they stand in for; null when they act for themselves.</summary>
        public Person? For { get; init; }
    }

    public sealed record ItemReleased(int Item, Person By) : Fact;

    public sealed record ItemCompleted(int Item, Person By, string Outcome, JsonElement? Values) : Fact
    {
        /// <summary>Whom they stand in for; null when they act for themselves.</summary>
        public Person? For { get; init; }
    }

    public sealed record ItemWithdrawn(int Item) : Fact;

    /// <summary>A joint sign was decided without this part of it.</summary>
    public sealed record ItemNotNeeded(int Item) : Fact;

    /// <param name="Item">The part by whose answer or removal the joint sign was decided.</param>
    public sealed record SignDecided(int Item, SignDecision Decision) : Fact;

    public sealed record ItemUrged(int Item) : Fact;

    public sealed record ItemEvidenceAttached(int Item, Evidence Evidence) : Fact;

    /// <summary>A command has moved an item: what it was and what it is now.</summary>
    public sealed record ItemMoved(int Item, WorkItemCommand Command, Person By, WorkItemStanding Before, WorkItemStanding After, string? Reason) : Fact
    {
        /// <summary>Whom they stand in for; null when they act for themselves.</summary>
        public Person? For { get; init; }

        /// <summary>The team that those who decline name as the owner.</summary>
        public Team? Proposed { get; init; }

        /// <summary>What a suspension asks for.</summary>
        public ItemPause? Pause { get; init; }
    }

    /// <summary>A rung of a clock gives the item to somebody else.</summary>
    /// <param name="Assignment">Who was chosen, and why; null where the whole team gets it.</param>
    public sealed record ItemReassigned(int Item, int Clock, string Rung, WorkItemStanding Before, WorkItemStanding After, Staffing.Assignment? Assignment) : Fact;

    /// <summary>The last pause of the item was approved or refused.</summary>
    public sealed record PauseDecided(int Item, bool IsApproved, Person By, string? Reason) : Fact;

    /// <summary>The calendar by which the cap of the item's pause is reckoned has another version.</summary>
    /// <param name="Basis">The calendar with its version.</param>
    /// <param name="Approved">Null when the change did not have to be approved.</param>
    public sealed record PauseCapMoved(int Item, DateTimeOffset Before, DateTimeOffset After, string Basis, ApprovedChange? Approved) : Fact;

    /// <summary>A person urges, where <see cref="ItemUrged"/> is a clock's.</summary>
    public sealed record ItemUrgedBy(int Item, Person By, string? Note) : Fact;

    public sealed record ExtensionAsked(int Item, int Clock, Person By, string Amount, string Reason) : Fact;

    public sealed record ExtensionDecided(int Item, bool IsApproved, Person By, string? Reason) : Fact;

    public sealed record ItemCopied(int Item, int Number, Person To, Person By) : Fact;

    public sealed record ItemCommented(int Item, Person By, string Text) : Fact;

    /// <summary>An offered item begins to climb; a ladder that it climbed before is over.</summary>
    public sealed record LadderBegun(int Item, DeliveryLadder Ladder) : Fact;

    /// <param name="Failure">Why somebody could not be told; null when nothing kept anybody from it.</param>
    public sealed record LadderRungReached(int Item, string Rung, ImmutableArray<Notice> Notices, string? Failure) : Fact
    {
        /// <summary>People who were left out, because a rung tells only so many.</summary>
        public int Omitted { get; init; }
    }

    /// <param name="Address">Where it went, with most of it hidden; null when it is known, or not told.</param>
    public sealed record NoticeMoved(int Item, int Notice, NoticeState State, string? Address, string? Why) : Fact;

    /// <summary>Somebody who is told of an offered item has opened it.</summary>
    public sealed record ItemRead(int Item, Person By) : Fact;

    /// <param name="By">Who has claimed it; null when nobody has.</param>
    public sealed record LadderEnded(int Item, LadderEnd End, Person? By) : Fact;

    /// <param name="By">Null when a rung did it.</param>
    /// <param name="Reason">What the person wrote, or the rung.</param>
    public sealed record TaskPriorityChanged(Priority Before, Priority After, Person? By, string Reason) : Fact;
}
