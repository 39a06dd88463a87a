using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>Where a task came from.</summary>
public enum TaskSource
{
    Person,

    /// <summary>An alarm of its subject.</summary>
    Alarm,

    /// <summary>A workflow, or the time.</summary>
    System,
}

/// <summary>
/// What reports sum: one narrow row per task, kept in the transaction that changes the task, and kept when the task itself is archived or deleted. All of it
/// follows from the state. Times of a stage are when it was entered first and left last, whatever came between; what each stage took, and its clock, is a
/// <see cref="TaskStageRow"/>, who handled it a <see cref="HandRow"/>.
/// </summary>
public sealed record TaskSummaryRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => 0;

    public required string Number { get; init; }

    public required string DefinitionId { get; init; }

    public required int DefinitionVersion { get; init; }

    public required string DefinitionName { get; init; }

    public required Priority Priority { get; init; }

    public required TaskSource Source { get; init; }

    public required string Subject { get; init; }

    public required string? SubjectKey { get; init; }

    /// <summary>Alarms that it stands for.</summary>
    public required int Alarms { get; init; }

    public required string AreaPath { get; init; }

    public required string? JurisdictionCode { get; init; }

    public required string? StreetCode { get; init; }

    public required string? StartedById { get; init; }

    public required string? StartedByName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required InstanceStatus Status { get; init; }

    /// <summary>The outcome of the last item of post-evaluation that was completed.</summary>
    public required string? Outcome { get; init; }

    /// <summary>Why it went straight to post-evaluation, such as <c>false-alarm</c>; null when it did not, or went on from there.</summary>
    public required string? CloseOutReason { get; init; }

    /// <summary>When somebody took its first work item.</summary>
    public required DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When a work item of it first reached somebody, by a receipt or because they opened it; null when that is not known of any.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When its first work item was offered.</summary>
    public required DateTimeOffset? OfferedAt { get; init; }

    public required DateTimeOffset? HandlingEnteredAt { get; init; }

    public required DateTimeOffset? HandlingEndedAt { get; init; }

    /// <summary>When handling has to be done: by the clock of its stage, else by the task's own. Null where there is neither, and before handling was entered.</summary>
    public required DateTimeOffset? HandlingDue { get; init; }

    public required DateTimeOffset? HandlingBreachedAt { get; init; }

    /// <summary>Of the task's own clock, when it has one.</summary>
    public required DateTimeOffset? Due { get; init; }

    public required ClockState? Clock { get; init; }

    public required DateTimeOffset? BreachedAt { get; init; }

    /// <summary>Time for which clocks of stages stood still for a reason, added up.</summary>
    public required long PausedSeconds { get; init; }

    public required int WorkItems { get; init; }

    /// <summary>Stages that were left for an earlier one.</summary>
    public required int Returns { get; init; }

    /// <summary>退回: items that were sent back to an earlier step, of the same stage or another.</summary>
    public required int SentBack { get; init; }

    /// <summary>返工: how often handling was entered again.</summary>
    public required int Rework { get; init; }

    public required int Declines { get; init; }

    public required int Transfers { get; init; }

    /// <summary>Extensions that were approved.</summary>
    public required int Extensions { get; init; }

    public required int Urgings { get; init; }

    /// <summary>主责: the team that answers for it, that of its last item of handling; of its last item while handling has none.</summary>
    public required string? TeamId { get; init; }

    public required string? TeamName { get; init; }

    public required TeamKind? TeamKind { get; init; }

    /// <summary>Who had that item last; null while nobody has.</summary>
    public required string? PersonId { get; init; }

    public required string? PersonName { get; init; }

    /// <summary>What its post-evaluation found the source to be.</summary>
    public required string? Category { get; init; }

    /// <summary>How satisfied people are, 1 to 5; null while nobody has said.</summary>
    public required int? Satisfaction { get; init; }

    /// <summary>抽查: it was drawn for inspection.</summary>
    public required bool IsDrawn { get; init; }

    /// <summary>From the first offer of a work item until somebody took one.</summary>
    public required long? AcknowledgeSeconds { get; init; }

    /// <summary>Length of the stays in a stage together, once it was left; null for a stage that it passed by.</summary>
    public required long? InitiationSeconds { get; init; }

    public required long? ResponseSeconds { get; init; }

    public required long? AnalysisSeconds { get; init; }

    public required long? HandlingSeconds { get; init; }

    public required long? PostEvaluationSeconds { get; init; }

    /// <summary>From start to end.</summary>
    public required long? TotalSeconds { get; init; }

    /// <summary>What figures count it as, see <see cref="Reports.TaskMarks"/>.</summary>
    public required long Marks { get; init; }

    /// <summary>The last of the times by which a period holds it; the end of time while it is open. With the start it leads a report to its rows.</summary>
    public required DateTimeOffset ReachesTo { get; init; }
}

/// <summary>What one team, and one person of it, had to do with a task: their work items, and how long those that are over took. Survives the instance.</summary>
public sealed record TaskWorkRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    /// <summary>Counts them within the task.</summary>
    public required int Number { get; init; }

    public required string TeamId { get; init; }

    public required string TeamName { get; init; }

    public required TeamKind TeamKind { get; init; }

    /// <summary>Null for items that nobody had.</summary>
    public required string? PersonId { get; init; }

    public required string? PersonName { get; init; }

    public required int Items { get; init; }

    /// <summary>From the offer until somebody took it, or until it was over.</summary>
    public required long WaitSeconds { get; init; }

    /// <summary>From then until it was over.</summary>
    public required long WorkSeconds { get; init; }
}

/// <summary>How long clocks of a task's stages stood still for one reason. Survives the instance.</summary>
public sealed record TaskPauseRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    /// <summary>Counts them within the task.</summary>
    public required int Number { get; init; }

    public required string Reason { get; init; }

    public required int Times { get; init; }

    public required long Seconds { get; init; }
}

/// <summary>One stage of a task that was entered, all stays in it together.</summary>
public sealed record TaskStageRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    /// <summary>The stage's place among the five, from 1.</summary>
    public required int Number { get; init; }

    public required StageName Stage { get; init; }

    /// <summary>Stays in it.</summary>
    public required int Rounds { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>The end of the last stay; null while the task is in it.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Length of the stays that have ended.</summary>
    public required long Seconds { get; init; }

    /// <summary>Of the last clock of the stage.</summary>
    public required DateTimeOffset? Due { get; init; }

    public required ClockState? Clock { get; init; }

    /// <summary>When any clock of the stage was first late.</summary>
    public required DateTimeOffset? BreachedAt { get; init; }

    public required long PausedSeconds { get; init; }
}
