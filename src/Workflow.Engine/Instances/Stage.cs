using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Workflow.Engine.JointWork;
using Workflow.Engine.Places;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>The five stages of the closed loop, always in this order.</summary>
public enum StageName
{
    Initiation,
    Response,
    Analysis,
    Handling,
    PostEvaluation,
}

public static class StageOrder
{
    /// <summary>Whether a task may go back from one stage to this one: to an earlier stage; from post-evaluation only to analysis or handling.</summary>
    public static bool MayComeAfter(this StageName to, StageName from) =>
        to < from && (from != StageName.PostEvaluation || to is StageName.Analysis or StageName.Handling);
}

public enum StageOutcome
{
    /// <summary>The next stage begins; post-evaluation done ends the task.</summary>
    Done,

    /// <summary>An earlier stage begins again.</summary>
    Return,

    /// <summary>Straight to post-evaluation: false alarm, duplicate, withdrawn.</summary>
    CloseOut,
}

/// <summary>One stay in a stage. <paramref name="Round"/> counts the stays in that stage from 1.</summary>
public sealed record StageVisit(
    StageName Stage, int Round, DateTimeOffset EnteredAt, DateTimeOffset? EndedAt = null,
    StageOutcome? Outcome = null, StageName? ReturnTo = null, string? Reason = null);

/// <summary>Where a task is about: an area, and the chain of areas that contain it, city first, as managed (not as coded).</summary>
public sealed record Place(string AreaCode, string AreaName, string AreaPath, string JurisdictionName)
{
    /// <summary>As it came in; null when only an area is known.</summary>
    public Position? Position { get; init; }

    /// <summary>By what the area was found; null for tasks of before that was kept.</summary>
    public PlaceBasis? By { get; init; }

    /// <summary>Whether its area is a part of another, the same, or more than it.</summary>
    public bool Meets(string areaPath) => AreaPath.StartsWith(areaPath, StringComparison.Ordinal) || areaPath.StartsWith(AreaPath, StringComparison.Ordinal);
}

public enum Priority
{
    Normal,
    Urgent,
}

/// <summary>Who wants a task done, where that decides how it is treated.</summary>
public enum TaskOrigin
{
    /// <summary>督办: a leader has ordered it.</summary>
    Order,

    /// <summary>投诉: somebody complains.</summary>
    Complaint,
}

/// <summary>What makes an instance a task.</summary>
public sealed record TaskState(
    string Number, string Subject, Place Place, Priority Priority, ImmutableArray<StageVisit> Visits, ImmutableArray<TeamKind> EscalatedTo)
{
    public Person? RaisedBy { get; init; }

    /// <summary>The key of the subject (station, site, enterprise, machine) that it is about; null when it is about none of the registry.</summary>
    public string? SubjectKey { get; init; }

    /// <summary>Null for an alarm, a patrol and whatever else.</summary>
    public TaskOrigin? Origin { get; init; }

    /// <summary>Who reported it; null when nobody did, or nobody said.</summary>
    public ReporterReference? Reporter { get; init; }

    /// <summary>保密: until then it is hidden from the area that it is about; null when it is not.</summary>
    public DateTimeOffset? HiddenUntil { get; init; }

    /// <summary>The closed task that it repeats; null for a first one.</summary>
    public EarlierTask? Earlier { get; init; }

    /// <summary>Null where alarms do not join.</summary>
    public TaskAlarms? Alarms { get; init; }

    /// <summary>What the last post-evaluation has recorded so far; null before any has.</summary>
    public TaskEvaluation? Evaluation { get; init; }

    /// <summary>督办: a leader's order covers this task, or has covered it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Ordered { get; init; }

    /// <summary>The orders that cover it.</summary>
    [JsonIgnore]
    public ImmutableArray<OrderMark> Orders { get; init; } = [];

    /// <summary>What was handed down of this task.</summary>
    [JsonIgnore]
    public ImmutableArray<TaskPart> Parts { get; init; } = [];

    /// <summary>Null for a task that is not a part of another.</summary>
    public PartOfTask? Part { get; init; }

    /// <summary>Null for a task that is not an order.</summary>
    public Order? Order { get; init; }

    /// <summary>The deadline that an order from outside gave when the task came in; null when none did.</summary>
    public DateTimeOffset? DueBy { get; init; }

    // A task without orders and parts is written as it was before there were any.
    [JsonInclude, JsonPropertyName("orders")]
    internal ImmutableArray<OrderMark>? StoredOrders
    {
        get => Orders.IsEmpty ? null : Orders;
        init => Orders = value ?? [];
    }

    [JsonInclude, JsonPropertyName("parts")]
    internal ImmutableArray<TaskPart>? StoredParts
    {
        get => Parts.IsEmpty ? null : Parts;
        init => Parts = value ?? [];
    }

    [JsonIgnore]
    public StageVisit? Current => Visits.IsEmpty || Visits[^1].EndedAt is not null ? null : Visits[^1];

    /// <summary>The only state in which a task may finish.</summary>
    [JsonIgnore]
    public bool IsClosed => !Visits.IsEmpty && Visits[^1] is { Stage: StageName.PostEvaluation, Outcome: StageOutcome.Done };
}

/// <summary>The four kinds of team.</summary>
public enum TeamKind
{
    TechGrid,
    Enforcement,
    Inspection,
    CommunityGrid,
}

public sealed record Team(string Id, string Name, TeamKind Kind)
{
    /// <summary>Grids report and assist: they sign nothing but steps of their own. Every other team may be a signer of any step.</summary>
    public bool MaySignFor(TeamKind? kind) => Kind != TeamKind.CommunityGrid || kind == TeamKind.CommunityGrid;
}
