using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>What has been done to an item besides working on it. Null on an item until the first of it happens.</summary>
public sealed record WorkItemHistory
{
    public ImmutableArray<Decline> Declines { get; init; } = [];

    /// <summary>Ends the quarrel: nobody may decline after it.</summary>
    public Ruling? Ruling { get; init; }

    /// <summary>How often it was given to another team or person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Transfers { get; init; }

    /// <summary>The teams that it was taken from, by a transfer or a clock; null while there are none.</summary>
    public IReadOnlyList<TeamLeft>? Left { get; init; }

    public ImmutableArray<Delegation> Delegations { get; init; } = [];

    public ImmutableArray<Extension> Extensions { get; init; } = [];

    /// <summary>Suspensions, oldest first; those of before they were kept are not here.</summary>
    public ImmutableArray<ItemPause> Pauses { get; init; } = [];

    public ImmutableArray<Urging> Urgings { get; init; } = [];

    public ImmutableArray<ItemCopy> Copies { get; init; } = [];

    public ImmutableArray<ItemComment> Comments { get; init; } = [];
}

/// <summary>A team says that an item is not its own, and whose it is.</summary>
public sealed record Decline(Person By, Team Team, string Reason, Team Proposed, DateTimeOffset At);

/// <summary>The arbiter's decision on whose an item is.</summary>
public sealed record Ruling(Person By, Team Arbiter, Team Team, string Reason, DateTimeOffset At);

/// <summary>A team had it until then.</summary>
public sealed record TeamLeft(Team Team, DateTimeOffset At);

/// <summary>Somebody worked on the item for its holder.</summary>
/// <param name="EndedAt">Null while they do.</param>
public sealed record Delegation(Person From, Person To, DateTimeOffset At, string? Note, DateTimeOffset? EndedAt = null, string? Result = null);

/// <summary>More time, asked for by the holder and decided by another person.</summary>
/// <param name="Clock">The clock that it is about.</param>
/// <param name="Amount">As a target is written, such as <c>PT2H</c> or <c>4wh</c>.</param>
/// <param name="Decision">Null while nobody has decided.</param>
public sealed record Extension(int Clock, string Amount, string Reason, Person By, DateTimeOffset At, ExtensionDecision? Decision = null);

public sealed record ExtensionDecision(bool IsApproved, Person By, DateTimeOffset At, string? Reason);

/// <summary>挂起: its holder waits for something. Clocks that name the reason stand still meanwhile, where it has to be approved from the request on once it was.</summary>
public sealed record ItemPause(string Reason, Person By, DateTimeOffset At, string? Note)
{
    /// <summary>Ids of the item's evidence that was given for it.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>The article or rule by which this time does not count.</summary>
    public string? Basis { get; init; }

    /// <summary>The role of who approves it; null when nobody has to.</summary>
    public string? Approval { get; init; }

    /// <summary>When its cap lets the clocks go on; null for never.</summary>
    public DateTimeOffset? CapsAt { get; init; }

    /// <summary>How long it may last, as a target is written.</summary>
    public string? Cap { get; init; }

    /// <summary>The clock on whose calendar the cap is reckoned.</summary>
    public int? CapClock { get; init; }

    /// <summary>Null while nobody has decided, or nobody has to.</summary>
    public PauseDecision? Decision { get; init; }

    /// <summary>When the item was taken up again; null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public bool IsUndecided => Approval is not null && Decision is null;

    [JsonIgnore]
    public bool IsRefused => Decision is { IsApproved: false };

    /// <summary>Whether clocks stand still because of it at this time.</summary>
    public bool HoldsAt(DateTimeOffset at) =>
        At <= at && !(EndedAt <= at) && !(CapsAt <= at) && (Approval is null || Decision is { IsApproved: true });
}

public sealed record PauseDecision(bool IsApproved, Person By, DateTimeOffset At, string? Reason);

public sealed record Urging(Person By, DateTimeOffset At, string? Note);

/// <summary>The item is shown to this person too.</summary>
public sealed record ItemCopy(int Number, Person To, Person By, DateTimeOffset At);

public sealed record ItemComment(Person By, DateTimeOffset At, string Text);
