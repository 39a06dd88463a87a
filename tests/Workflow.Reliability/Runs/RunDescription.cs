using Workflow.Reliability.Faults;

namespace Workflow.Reliability.Runs;

internal enum StoreKind
{
    /// <summary>One server on a SQLite file.</summary>
    Sqlite,

    /// <summary>One server on PostgreSQL.</summary>
    Postgres,

    /// <summary>Three servers on one PostgreSQL.</summary>
    ThreeNodes,
}

/// <summary>What goes wrong, where, and how often.</summary>
/// <param name="Times">How many faults.</param>
/// <param name="Clients">Clients that work meanwhile.</param>
/// <param name="Seed">Decides what the clients do and how much is answered between two faults; what the machine does in the meantime it cannot.</param>
internal sealed record RunDescription(StoreKind Store, Fault Fault, int Times, int Clients, int Seed)
{
    /// <summary>Settings of the servers besides those that every run uses.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The servers break a promise: what comes of that is counted and not followed up.</summary>
    public bool IsBrokenOnPurpose => Settings.Keys.Any(name => name.StartsWith("Broken__", StringComparison.Ordinal));
}

/// <summary>How a run ended.</summary>
/// <param name="Acknowledged">Commands that were answered with success.</param>
/// <param name="Repeated">Requests that got no answer and were sent again.</param>
/// <param name="Answers">How many requests each server answered.</param>
/// <param name="Broken">A line for every broken promise.</param>
internal sealed record RunReport(int Faults, int Acknowledged, int Repeated, IReadOnlyList<int> Answers, int Instances, TimeSpan Took, IReadOnlyList<string> Broken);
