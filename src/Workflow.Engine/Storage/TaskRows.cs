using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Storage;

/// <summary>What lists of tasks and of work items sort and narrow by.</summary>
public interface IListed
{
    InstanceId InstanceId { get; }

    string DefinitionId { get; }

    Priority Priority { get; }

    StageName? Stage { get; }

    string AreaPath { get; }

    string? JurisdictionCode { get; }

    string? StreetCode { get; }

    /// <summary>While it is open what it is sorted by: when it is due, or the end of time; null once it is over, so that indexes hold what is open alone.</summary>
    DateTimeOffset? OpenDue { get; }

    bool IsBreached { get; }

    /// <summary>Until then it is hidden from the area that it is about; null when it is not.</summary>
    DateTimeOffset? HiddenUntil { get; }
}

/// <summary>One row per task, kept in the transaction that changes the task; lists read it.</summary>
public sealed record TaskRow : IInstancePart, IListed
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => 0;

    public required string Number { get; init; }

    public required string Subject { get; init; }

    /// <summary>The subject of the registry that it is about; null when it is about none.</summary>
    public string? SubjectKey { get; init; }

    /// <summary>How many alarms of the subject it stands for; 0 where alarms do not join.</summary>
    public int Alarms { get; init; }

    /// <summary>How many tasks of the subject it repeats, each closed within the recurrence window before the next; 0 for none.</summary>
    public int Repeats { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionName { get; init; }

    public required string AreaCode { get; init; }

    public required string AreaName { get; init; }

    /// <summary>Codes from the city down, as managed, each followed by '/': rows of an area and below share its prefix.</summary>
    public required string AreaPath { get; init; }

    /// <summary>See <see cref="AreaLevels"/>.</summary>
    public required string? JurisdictionCode { get; init; }

    /// <summary>See <see cref="AreaLevels"/>.</summary>
    public required string? StreetCode { get; init; }

    public required string JurisdictionName { get; init; }

    public required Priority Priority { get; init; }

    /// <summary>An order covers it, or has covered it.</summary>
    public bool IsOrdered { get; init; }

    public required string? RaisedById { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? HiddenUntil { get; init; }

    public required StageName? Stage { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? ClosedAt { get; init; }

    public required DateTimeOffset? NextDue { get; init; }

    /// <inheritdoc/>
    public required DateTimeOffset? OpenDue { get; init; }

    /// <summary><see cref="StartedAt"/> while it is open; null once it is closed.</summary>
    public required DateTimeOffset? OpenSince { get; init; }

    public required bool IsWarned { get; init; }

    public required bool IsBreached { get; init; }

    /// <summary>None of its clocks runs, and one stands still because of a pause.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Team kinds, comma separated.</summary>
    public required string EscalatedTo { get; init; }

    public required int Revision { get; init; }
}

/// <summary>What the last post-evaluation of a task has recorded; reports read it. No row before anything is.</summary>
public sealed record TaskEvaluationRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => 0;

    /// <summary>The round of post-evaluation, from 1.</summary>
    public required int Round { get; init; }

    public required bool? Solved { get; init; }

    public required bool? CauseConfirmed { get; init; }

    public required string? SourceCategory { get; init; }

    public required string? Effect { get; init; }

    public required string? EcologicalBenefit { get; init; }

    public required int? Satisfaction { get; init; }

    public required string? Lessons { get; init; }

    /// <summary>By data; null when nobody measured it.</summary>
    public required bool? IsEffective { get; init; }

    public required double? EffectMaximum { get; init; }

    /// <summary>Null when none was drawn.</summary>
    public required bool? IsDrawn { get; init; }

    public required SampleReason? DrawnFor { get; init; }
}

/// <summary>The open task that alarms of a subject join. There is one of a kind, because this is the key; no row when there is none.</summary>
public sealed record OpenAlarmRow : IInstancePart
{
    public required string DefinitionId { get; init; }

    public required string SubjectKey { get; init; }

    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => 0;
}

/// <summary>A closed task has come again as another. There is one of a kind, because the closed one is the key.</summary>
public sealed record RecurrenceRow : IInstancePart
{
    /// <summary>The closed task.</summary>
    public required InstanceId PreviousId { get; init; }

    /// <summary>The task that repeats it.</summary>
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => 0;

    /// <summary>Of the task that repeats it.</summary>
    public required string Number { get; init; }
}

public sealed record WorkItemRow : IInstancePart, IListed
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    public required int Number { get; init; }

    public required string Title { get; init; }

    public required string DefinitionId { get; init; }

    public required Priority Priority { get; init; }

    /// <summary>That of its task.</summary>
    public required string AreaPath { get; init; }

    /// <summary>That of its task.</summary>
    public DateTimeOffset? HiddenUntil { get; init; }

    /// <summary>See <see cref="AreaLevels"/>.</summary>
    public required string? JurisdictionCode { get; init; }

    /// <summary>See <see cref="AreaLevels"/>.</summary>
    public required string? StreetCode { get; init; }

    public required StageName? Stage { get; init; }

    public required string TeamId { get; init; }

    public required string TeamName { get; init; }

    public required TeamKind TeamKind { get; init; }

    public required WorkItemStatus Status { get; init; }

    public required string? HolderId { get; init; }

    public required string? HolderName { get; init; }

    /// <summary>The role that whoever signs for the team needs; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Who works on it for the holder, or rules about it (a team then): it is in the list of whom it waits for.</summary>
    public required string? WaitsFor { get; init; }

    /// <summary>Who was chosen for it when it was offered, see <see cref="Staffing.Assignment"/>; null where nobody was.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>See <see cref="Staffing.Assignment.Turn"/>.</summary>
    public long? Turn { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public required DateTimeOffset? DoneAt { get; init; }

    public required DateTimeOffset? Due { get; init; }

    /// <inheritdoc/>
    public required DateTimeOffset? OpenDue { get; init; }

    public required bool IsWarned { get; init; }

    public required bool IsBreached { get; init; }

    /// <summary>Its clock stands still because of a pause.</summary>
    public bool IsPaused { get; init; }

    public required DateTimeOffset? UrgedAt { get; init; }

    /// <summary>Since when the last rung of its delivery ladder is reached and nobody has claimed it; null while that is not so.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    public required int Revision { get; init; }
}

/// <summary>A work item is shown to somebody besides those who work on it.</summary>
public sealed record CopyRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    public required int Number { get; init; }

    public required int WorkItem { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// Somebody who has handled a task, and for which team: lists leave out what they may not evaluate, reports count who handled what. Survives the
/// instance, as <see cref="TaskSummaryRow"/> does.
/// </summary>
public sealed record HandRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    /// <summary>Counts them within the task.</summary>
    public required int Number { get; init; }

    public required string UserId { get; init; }

    public required string UserName { get; init; }

    public required string TeamId { get; init; }

    public required string TeamName { get; init; }

    public required TeamKind TeamKind { get; init; }
}
