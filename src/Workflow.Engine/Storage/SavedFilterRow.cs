namespace Workflow.Engine.Storage;

/// <summary>Characters that a saved filter may have.</summary>
public static class SavedFilterTable
{
    public const int NameLength = 100;

    public const int QueryLength = 1000;

    internal const int ListLength = 32;
}

/// <summary>A filter of a list that a person has given a name.</summary>
public sealed record SavedFilterRow
{
    public required string UserId { get; init; }

    public required string Name { get; init; }

    /// <summary>The list's address: what is asked of the API behind the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>Which lists it is of: <c>work-items</c> or <c>tasks</c>.</summary>
    public required string Of { get; init; }

    public required DateTimeOffset SavedAt { get; set; }
}
