using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;

namespace Workflow.Engine.WorkItems;

/// <summary>A unit of human work, opened by a team activity and owned by one team.</summary>
public sealed record WorkItem(int Number, int Token, string Node, StageName? Stage, Team Team, WorkItemContent Content, DateTimeOffset OfferedAt)
{
    public WorkItemState State { get; init; } = WorkItemState.Offered.Instance;

    /// <summary>Counts the changes of this item that a command must have seen.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>When somebody first took it; null while nobody has.</summary>
    public DateTimeOffset? FirstClaimedAt { get; init; }

    /// <summary>When it first reached somebody, by a receipt or because they opened it; null while that is not known of anybody.</summary>
    public DateTimeOffset? FirstDeliveredAt { get; init; }

    public DateTimeOffset? UrgedAt { get; init; }

    /// <summary>How people are told that it is offered: of the offer that stands, or of the last one; null where nobody is.</summary>
    public DeliveryLadder? Ladder { get; init; }

    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    /// <summary>Declines, rulings, delegations and the like; null while there are none.</summary>
    public WorkItemHistory? History { get; init; }

    /// <summary>The part that it is of a joint sign; null for an item by itself.</summary>
    public SignerPart? Signing { get; init; }

    /// <summary>The ruling of an earlier task that decided whose this item is; null when none did.</summary>
    public RoutingRule? RoutedBy { get; init; }

    /// <summary>Who was chosen when it was offered, and why; null when nobody was to be chosen.</summary>
    public Assignment? Assignment { get; init; }

    /// <summary>Whom the person who has it, or whom it is offered to, stands in for.</summary>
    public Person? For { get; init; }

    [JsonIgnore]
    public WorkItemStatus Status => State.Status;

    [JsonIgnore]
    public bool IsOpen => Status.IsOpen();

    /// <summary>When it came to its end; null while it is open.</summary>
    [JsonIgnore]
    public DateTimeOffset? EndedAt => State switch
    {
        WorkItemState.Done done => done.At,
        WorkItemState.Returned returned => returned.At,
        WorkItemState.TakenBack taken => taken.At,
        WorkItemState.Withdrawn withdrawn => withdrawn.At,
        WorkItemState.NotNeeded spared => spared.At,
        WorkItemState.Removed removed => removed.At,
        _ => null,
    };

    /// <summary>The request for a pause that somebody has to decide about; null when there is none.</summary>
    [JsonIgnore]
    public ItemPause? UndecidedPause => History?.Pauses is [.., { IsUndecided: true } asked] ? asked : null;

    /// <summary>Who has it: claimed, suspended or delegated by them; null for nobody.</summary>
    [JsonIgnore]
    public Person? Holder => State switch
    {
        WorkItemState.Claimed claimed => claimed.By,
        WorkItemState.Suspended suspended => suspended.By,
        WorkItemState.Delegated delegated => delegated.For,
        _ => null,
    };

    /// <summary>The pause that stops clocks at this time; null when none does.</summary>
    internal ItemPause? PauseAt(DateTimeOffset at)
    {
        var pauses = History?.Pauses ?? [];
        if (pauses.LastOrDefault(pause => pause.HoldsAt(at)) is { } held) return held;
        // Suspended before pauses were kept.
        return State is WorkItemState.Suspended waiting && waiting.Since <= at && (pauses.IsEmpty || pauses[^1].EndedAt is not null) ? new(waiting.Reason, waiting.By, waiting.Since, waiting.Note) : null;
    }

    internal WorkItem WithHistory(Func<WorkItemHistory, WorkItemHistory> change) => this with { History = change(History ?? new()) };
}

/// <summary>What the item asks for, copied from the definition when it was offered.</summary>
/// <param name="Form">Name of a form of the definition.</param>
/// <param name="EvidenceRequired">Least number of pieces by kind.</param>
public sealed record WorkItemContent(
    string Title, string? Instructions, string? Form, ImmutableSortedDictionary<EvidenceKind, int> EvidenceRequired, ImmutableArray<string> Outcomes)
{
    /// <summary>Kinds of certificates that whoever works on it has to hold; null for none.</summary>
    public IReadOnlyList<string>? Certificates { get; init; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "state")]
[JsonDerivedType(typeof(Offered), "offered")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Delegated), "delegated")]
[JsonDerivedType(typeof(Suspended), "suspended")]
[JsonDerivedType(typeof(Disputed), "disputed")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(TakenBack), "taken-back")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(NotNeeded), "not-needed")]
[JsonDerivedType(typeof(Removed), "removed")]
public abstract record WorkItemState
{
    private WorkItemState()
    {
    }

    [JsonIgnore]
    public WorkItemStatus Status => this switch
    {
        Offered => WorkItemStatus.Offered,
        Claimed => WorkItemStatus.Claimed,
        Delegated => WorkItemStatus.Delegated,
        Suspended => WorkItemStatus.Suspended,
        Disputed => WorkItemStatus.Disputed,
        Done => WorkItemStatus.Done,
        Returned => WorkItemStatus.Returned,
        TakenBack => WorkItemStatus.TakenBack,
        Withdrawn => WorkItemStatus.Withdrawn,
        NotNeeded => WorkItemStatus.NotNeeded,
        Removed => WorkItemStatus.Removed,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Open to every member of the item's team.</summary>
    /// <param name="To">The only one of them who may claim it; null for all.</param>
    public sealed record Offered(Person? To = null) : WorkItemState
    {
        public static readonly Offered Instance = new();
    }

    public sealed record Claimed(Person By, DateTimeOffset Since) : WorkItemState;

    /// <param name="By">Who works on it now.</param>
    /// <param name="For">Who has claimed it, and gets it back.</param>
    public sealed record Delegated(Person By, Person For, DateTimeOffset Since) : WorkItemState;

    /// <param name="By">Who has claimed it, and goes on with it.</param>
    public sealed record Suspended(Person By, string Reason, string? Note, DateTimeOffset Since) : WorkItemState;

    /// <param name="Arbiter">The team that rules.</param>
    public sealed record Disputed(Team Arbiter, DateTimeOffset Since) : WorkItemState;

    public sealed record Done(Person By, DateTimeOffset At, string Outcome, JsonElement? Values) : WorkItemState;

    /// <param name="To">See <see cref="ReturnTarget.Key"/>.</param>
    public sealed record Returned(Person By, DateTimeOffset At, string To, string Reason) : WorkItemState;

    public sealed record TakenBack(Person By, DateTimeOffset At, string? Reason) : WorkItemState;

    /// <summary>Taken back by the engine because its activity was cancelled.</summary>
    public sealed record Withdrawn(DateTimeOffset At) : WorkItemState;

    /// <summary>The other signers have decided without it.</summary>
    public sealed record NotNeeded(DateTimeOffset At) : WorkItemState;

    public sealed record Removed(Person By, DateTimeOffset At, string Reason) : WorkItemState;
}

/// <summary>Whose an item is and where it stands: what a command finds and what it leaves.</summary>
public sealed record WorkItemStanding(Team Team, WorkItemState State)
{
    /// <summary>Whom the person whom it is offered to stands in for.</summary>
    public Person? For { get; init; }

    public static WorkItemStanding Of(WorkItem item) => new(item.Team, item.State) { For = item.For };
}

public enum EvidenceKind
{
    Photo,
    Video,
    Document,
}

/// <summary>A file that proves something. The bytes lie in the evidence store under <paramref name="Sha256"/>.</summary>
/// <param name="Id">Of the piece in its item: the hash, and where the same file came before with something else said of it, which time it is.</param>
/// <param name="Longitude">Degrees, WGS-84, where the client said it was taken.</param>
/// <param name="Latitude">Degrees, WGS-84.</param>
public sealed record Evidence(
    string Id, EvidenceKind Kind, string ContentType, long SizeBytes, string Sha256, string FileName, DateTimeOffset AttachedAt, Person By,
    DateTimeOffset? TakenAt = null, double? Longitude = null, double? Latitude = null)
{
    public EvidenceSource? Source { get; init; }

    /// <summary>What the file itself says; null when it says nothing.</summary>
    public Capture? Exif { get; init; }

    /// <summary>Whether another piece is the same file, of which the same is said.</summary>
    public bool IsSaidAgain(Evidence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Sha256, TakenAt, Longitude, Latitude, Source) == (other.Sha256, other.TakenAt, other.Longitude, other.Latitude, other.Source);
    }
}
