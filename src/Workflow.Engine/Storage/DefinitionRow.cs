namespace Workflow.Engine.Storage;

/// <summary>A published version of a definition.</summary>
public sealed record DefinitionRow
{
    public required string DefinitionId { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public required string Document { get; init; }

    /// <summary>The documents of the workflows that it uses as activities, as a JSON list; null when it uses none.</summary>
    public string? Used { get; init; }

    /// <summary>SHA-256 of the canonical document: a published version never changes.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }
}
