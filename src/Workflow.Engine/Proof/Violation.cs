namespace Workflow.Engine.Proof;

/// <summary>Something wrong that a stage comes to.</summary>
/// <param name="Length">How many activities run on the way there.</param>
internal sealed record Violation(string Pointer, string Expected, string Found, int Length)
{
    /// <param name="path">The activities that run on the way, in order.</param>
    public static Violation At(string pointer, string expected, string found, IReadOnlyList<string> path) =>
        new(pointer, expected, path.Count == 0 ? found : $"{found}; the way there: {string.Join(" → ", path)}", path.Count);
}
