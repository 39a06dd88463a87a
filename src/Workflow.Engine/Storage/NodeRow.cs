namespace Workflow.Engine.Storage;

/// <summary>A server on this database, as it was when it last said that it is there. Its times are real time, also where instances live on a demo clock.</summary>
public sealed record NodeRow
{
    public const int NameLength = 200;

    public required string Name { get; init; }

    /// <summary>Where it listens; with <see cref="Name"/> it tells servers of one machine apart.</summary>
    public required string Address { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}
