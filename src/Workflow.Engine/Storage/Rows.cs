using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>A row that belongs to an instance and is one of several of its type.</summary>
public interface IInstancePart
{
    InstanceId InstanceId { get; }

    /// <summary>Which of them, within the instance.</summary>
    long Part { get; }
}

/// <summary>An instance: its state, the revision that guards it and the hash of its last journal row.</summary>
public sealed record InstanceRow
{
    public required InstanceId Id { get; init; }

    public required string DefinitionId { get; init; }

    public required int DefinitionVersion { get; init; }

    public required InstanceStatus Status { get; init; }

    public required string? CorrelationId { get; init; }

    /// <summary>See <see cref="KeyOf"/>: a workflow may give itself a correlation id of any length, and an index has a limit.</summary>
    public required long? CorrelationKey { get; init; }

    /// <summary>The instance that waits for the end of this one; null when none does.</summary>
    public required InstanceId? ParentId { get; init; }

    public required string? Name { get; init; }

    public required int Revision { get; init; }

    /// <summary>The shape of <see cref="State"/>: <see cref="StoredJson.Schema"/> of the build that wrote it.</summary>
    public required int Schema { get; init; }

    /// <summary>Written by <see cref="StoredJson"/>.</summary>
    public required byte[] State { get; init; }

    public required byte[] JournalHash { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What a correlation id is looked up by, before it is compared itself; null where there is none.</summary>
    public static long? KeyOf(string? correlationId) =>
        correlationId is null ? null : BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(correlationId)));
}

/// <summary>One burst: never changed after it is written.</summary>
public sealed record JournalRow
{
    public required InstanceId InstanceId { get; init; }

    public required int Revision { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Name of the stimulus, such as <c>WorkItemClaimed</c>.</summary>
    public required string Stimulus { get; init; }

    public required string? ActorId { get; init; }

    public required string? ActorName { get; init; }

    /// <summary>The shape of <see cref="Facts"/>: <see cref="StoredJson.Schema"/> of the build that wrote them.</summary>
    public required int Schema { get; init; }

    /// <summary>Written by <see cref="StoredJson"/>.</summary>
    public required byte[] Facts { get; init; }

    /// <summary>Names the algorithm of <see cref="Hash"/>.</summary>
    public required string HashAlgorithm { get; init; }

    /// <summary>Over the hash of the row before and every other column of this one.</summary>
    public required byte[] Hash { get; init; }
}

public sealed record BookmarkRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    public required int Number { get; init; }

    public required string Kind { get; init; }

    public required string Key { get; init; }
}

public enum OutboxState
{
    /// <summary>Has to be done, or tried again.</summary>
    Pending,

    /// <summary>Was done; its instance takes no stimulus at the moment and will be told.</summary>
    Done,

    /// <summary>Was given up; its instance takes no stimulus at the moment and will be told.</summary>
    Failed,

    /// <summary>Was given up and nobody waits for it: kept for a person to see.</summary>
    Dead,
}

/// <summary>An effect on its way: written in the transaction of the burst that asked for it, gone when its instance has heard of its end.</summary>
public sealed record OutboxRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    /// <summary>The number of the effect in its instance.</summary>
    public required int Number { get; init; }

    public required string Kind { get; init; }

    public required string Payload { get; init; }

    public required OutboxState State { get; init; }

    /// <summary>Attempts that were begun; counted before each.</summary>
    public required int Attempts { get; init; }

    public required DateTimeOffset NextAt { get; init; }

    /// <summary>Counts the claims of this row. Who has claimed it names the epoch with everything that it writes.</summary>
    public required int Epoch { get; init; }

    /// <summary>Until then the row is one server's own; null when it is nobody's.</summary>
    public required DateTimeOffset? ClaimedUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the last attempt failed with; null while none is known to have failed.</summary>
    public required string? LastError { get; init; }

    /// <summary>What the effect gave, while <see cref="State"/> is <see cref="OutboxState.Done"/>.</summary>
    public required string? Result { get; init; }
}

public sealed record TimerRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => ((long)Kind << 32) | (uint)Number;

    public required TimerKind Kind { get; init; }

    public required int Number { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Until then one server is firing it; null, as every burst leaves it, when none is.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }
}

/// <summary>An incident, open or decided, for the list of those who decide.</summary>
public sealed record IncidentRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    public required int Number { get; init; }

    public required string DefinitionId { get; init; }

    public required string Node { get; init; }

    public required string Message { get; init; }

    public required DateTimeOffset At { get; init; }

    public required bool IsOpen { get; init; }
}

/// <summary>One row per task, kept in the transaction that changes the task; lists and reports read it.</summary>
public sealed record TaskRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => 0;

    public required string Number { get; init; }

    public required string Subject { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionName { get; init; }

    public required string AreaCode { get; init; }

    public required string AreaName { get; init; }

    /// <summary>Codes from the city down, as managed, each followed by '/': rows of an area and below share its prefix.</summary>
    public required string AreaPath { get; init; }

    public required string JurisdictionName { get; init; }

    public required Priority Priority { get; init; }

    public required string? RaisedById { get; init; }

    public required StageName? Stage { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? ClosedAt { get; init; }

    public required DateTimeOffset? NextDue { get; init; }

    public required bool IsWarned { get; init; }

    public required bool IsBreached { get; init; }

    /// <summary>Team kinds, comma separated.</summary>
    public required string EscalatedTo { get; init; }

    public required int Revision { get; init; }
}

public enum WorkItemStatus
{
    Offered,
    Claimed,
    Done,
    Withdrawn,
}

public sealed record WorkItemRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    public required int Number { get; init; }

    public required string Title { get; init; }

    public required StageName? Stage { get; init; }

    public required string TeamId { get; init; }

    public required string TeamName { get; init; }

    public required TeamKind TeamKind { get; init; }

    public required WorkItemStatus Status { get; init; }

    public required string? HolderId { get; init; }

    public required string? HolderName { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public required DateTimeOffset? DoneAt { get; init; }

    public required DateTimeOffset? Due { get; init; }

    public required bool IsWarned { get; init; }

    public required bool IsBreached { get; init; }

    public required DateTimeOffset? UrgedAt { get; init; }

    public required int Revision { get; init; }
}

public sealed record ClockRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    public required int Number { get; init; }

    public required ClockScope Scope { get; init; }

    public required string? Stage { get; init; }

    public required int? WorkItem { get; init; }

    public required string Target { get; init; }

    public required string Calendar { get; init; }

    public required ClockState State { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? Due { get; init; }

    public required DateTimeOffset? BreachedAt { get; init; }

    public required bool IsProvisional { get; init; }
}

/// <summary>A counter with a name: task numbers of a year, the revision of the organisation.</summary>
public sealed record SequenceRow
{
    public required string Name { get; init; }

    public required long Value { get; init; }
}

/// <summary>The remembered answer to a command that carried an idempotency key.</summary>
public sealed record IdempotencyRow
{
    public required string Caller { get; init; }

    public required string Route { get; init; }

    public required string Key { get; init; }

    public required string BodyHash { get; init; }

    public required string Answer { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Tells clients what to fetch again; nodes tail these rows.</summary>
public sealed record ChangeRow
{
    public long Sequence { get; init; }

    public required string Key { get; init; }

    public required DateTimeOffset At { get; init; }
}
