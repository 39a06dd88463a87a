namespace Workflow.Engine.Storage;

/// <summary>A published version of a definition. Its content never changes; it can be taken out of use.</summary>
public sealed record DefinitionRow
{
    public required string DefinitionId { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public required bool IsTask { get; init; }

    public required string Document { get; init; }

    /// <summary>The documents of the workflows that it uses as activities, as a JSON list; null when it uses none.</summary>
    public string? Used { get; init; }

    /// <summary>SHA-256 of the canonical document: a published version never changes.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Null for a version that came from a file when the server started.</summary>
    public string? PublishedById { get; init; }

    public string? PublishedByName { get; init; }

    /// <summary>Since then nothing new is started with it; null while it is in use.</summary>
    public DateTimeOffset? RetractedAt { get; init; }
}

/// <summary>What somebody is working on: the next version of a definition before it is published. One a definition.</summary>
public sealed record DraftRow
{
    public required string DefinitionId { get; init; }

    public required string Name { get; init; }

    public required bool IsTask { get; init; }

    /// <summary>May have errors.</summary>
    public required string Document { get; init; }

    /// <summary>SHA-256 of the canonical document.</summary>
    public required string Hash { get; init; }

    /// <summary>Counts how often it was saved. With <see cref="Hash"/> it guards every write.</summary>
    public required int Revision { get; init; }

    /// <summary>The version that was the newest when the draft was begun, or the older one that it returns to; null before the first version.</summary>
    public required int? BasedOn { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public required string SavedById { get; init; }

    public required string SavedByName { get; init; }
}
