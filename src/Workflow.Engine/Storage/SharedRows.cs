using Workflow.Engine.Running;

namespace Workflow.Engine.Storage;

/// <summary>A counter with a name: task numbers of a year, the revision of the organisation.</summary>
public sealed record SequenceRow
{
    public required string Name { get; init; }

    public required long Value { get; init; }
}

/// <summary>The remembered answer to a command that carried an idempotency key.</summary>
public sealed record IdempotencyRow
{
    /// <summary>Of the three below, see <see cref="IdempotencyKey.Hash"/>: together they may be longer than what can be indexed.</summary>
    public required byte[] KeyHash { get; init; }

    public required string Caller { get; init; }

    public required string Route { get; init; }

    public required string Key { get; init; }

    public required string BodyHash { get; init; }

    /// <summary>The shape of <see cref="Answer"/>: <see cref="StoredShapes.Number"/> of the build that wrote it.</summary>
    public required int Schema { get; init; }

    public required string Answer { get; init; }

    public required DateTimeOffset At { get; init; }

    public static IdempotencyRow Of(IdempotencyKey key, string answer, int schema, DateTimeOffset at) =>
        new() { KeyHash = key.Hash, Caller = key.Caller, Route = key.Route, Key = key.Key, BodyHash = key.BodyHash, Schema = schema, Answer = answer, At = at };
}

/// <summary>Tells clients what to fetch again; nodes tail these rows.</summary>
public sealed record ChangeRow
{
    public long Sequence { get; init; }

    public required string Key { get; init; }

    public required DateTimeOffset At { get; init; }
}
