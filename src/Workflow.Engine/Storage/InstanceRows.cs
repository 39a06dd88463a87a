using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>The shape of <see cref="State"/>: <see cref="StoredShapes.Number"/> of the build that wrote it.</summary>
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

    /// <summary>The network address that the command came from; null when it came from within.</summary>
    public required string? ActorAddress { get; init; }

    /// <summary>The shape of <see cref="Facts"/>: <see cref="StoredShapes.Number"/> of the build that wrote them.</summary>
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

    /// <summary>See <see cref="KeyOf"/>: the name of an event may be of any length, and an index has a limit.</summary>
    public required long LookupKey { get; init; }

    /// <summary>What a wait is looked up by, before its kind and key are compared themselves.</summary>
    public static long KeyOf(string kind, string key) => InstanceRow.KeyOf($"{kind}\n{key}")!.Value;
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

    /// <summary>The shape of <see cref="Payload"/>: <see cref="StoredShapes.Number"/> of the build that wrote it.</summary>
    public required int Schema { get; init; }

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
