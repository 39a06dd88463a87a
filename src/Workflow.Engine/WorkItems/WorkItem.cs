using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>A unit of human work, opened by a team activity and owned by one team.</summary>
public sealed record WorkItem(int Number, int Token, string Node, StageName? Stage, Team Team, WorkItemContent Content, DateTimeOffset OfferedAt)
{
    public WorkItemState State { get; init; } = WorkItemState.Offered.Instance;

    /// <summary>Counts the changes of this item that a command must have seen.</summary>
    public int Revision { get; init; } = 1;

    public DateTimeOffset? UrgedAt { get; init; }

    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    [JsonIgnore]
    public bool IsOpen => State is WorkItemState.Offered or WorkItemState.Claimed;
}

/// <summary>What the item asks for, copied from the definition when it was offered.</summary>
/// <param name="Form">Name of a form of the definition.</param>
/// <param name="EvidenceRequired">Least number of pieces by kind.</param>
public sealed record WorkItemContent(
    string Title, string? Instructions, string? Form, ImmutableSortedDictionary<EvidenceKind, int> EvidenceRequired, ImmutableArray<string> Outcomes);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "state")]
[JsonDerivedType(typeof(Offered), "offered")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
public abstract record WorkItemState
{
    private WorkItemState()
    {
    }

    /// <summary>Open to every member of the item's team.</summary>
    public sealed record Offered : WorkItemState
    {
        public static readonly Offered Instance = new();
    }

    public sealed record Claimed(Person By, DateTimeOffset Since) : WorkItemState;

    public sealed record Done(Person By, DateTimeOffset At, string Outcome, JsonElement? Values) : WorkItemState;

    /// <summary>Taken back by the engine because its activity was cancelled.</summary>
    public sealed record Withdrawn(DateTimeOffset At) : WorkItemState;
}

public enum EvidenceKind
{
    Photo,
    Video,
    Document,
}

/// <summary>A file that proves something. The bytes lie in the evidence store under <paramref name="Sha256"/>.</summary>
/// <param name="Longitude">Degrees, WGS-84, where the client said it was taken.</param>
/// <param name="Latitude">Degrees, WGS-84.</param>
public sealed record Evidence(
    string Id, EvidenceKind Kind, string ContentType, long SizeBytes, string Sha256, string FileName, DateTimeOffset AttachedAt, Person By,
    DateTimeOffset? TakenAt = null, double? Longitude = null, double? Latitude = null);
