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
