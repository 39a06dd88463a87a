using System.Collections.Immutable;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Staffing;

/// <summary>How one person of a team is chosen for an item.</summary>
public enum AssignmentRule
{
    /// <summary>Who has the fewest open items.</summary>
    LeastLoaded,

    /// <summary>Whose last turn is longest ago.</summary>
    RoundRobin,
}

/// <summary>What a step asks of whoever gets its item.</summary>
/// <param name="Certificates">Kinds that everybody among them has to hold.</param>
/// <param name="People">How many have to be there for it: the first has the item, the others go with them.</param>
public sealed record AssignmentDemand(AssignmentRule Rule, ImmutableArray<string> Certificates, int People = 1);

/// <summary>Somebody who may be chosen, as they stand at the time of the choice.</summary>
/// <param name="For">Whom they stand in for; null when they come for themselves.</param>
/// <param name="Open">Open items that are theirs.</param>
/// <param name="LastTurn">See <see cref="Assignment.Turn"/>; 0 when they never had one.</param>
public sealed record Candidate(Person Person, Person? For, int Open, long LastTurn);

/// <summary>Why somebody did not get an item.</summary>
public enum PassedBecause
{
    OffDuty,
    Absent,
    NotCertified,

    /// <summary>回避, see <see cref="WorkItems.Avoidance"/>.</summary>
    HandledIt,

    HasMoreOpen,
    HadTurnLater,
}

/// <param name="Detail">The kind of certificate, the number of open items, or who stands in.</param>
public sealed record PassedOver(Person Person, PassedBecause Why, string? Detail = null);

/// <summary>What decided.</summary>
public enum AssignmentReason
{
    FewestOpen,
    LongestWithout,

    /// <summary>Nobody else could.</summary>
    OnlyOne,

    /// <summary>Fewer than are needed; it is offered to the team.</summary>
    TooFew,
}

/// <summary>Who was chosen for an item, and why: kept with the item and in the fact that offers it.</summary>
/// <param name="Suitable">How many could have had it.</param>
public sealed record Assignment(AssignmentRule Rule, AssignmentReason Why, int Suitable)
{
    /// <summary>Null: it is offered to the team.</summary>
    public Person? To { get; init; }

    /// <summary>Whom they stand in for.</summary>
    public Person? For { get; init; }

    /// <summary>Who goes with them, where several are needed.</summary>
    public ImmutableArray<Person> With { get; init; } = [];

    /// <summary>Open items that <see cref="To"/> had before.</summary>
    public int Open { get; init; }

    /// <summary>Grows with every choice; whoever has the smallest last one is next in turn.</summary>
    public long Turn { get; init; }

    /// <summary>The first of those who were passed over, and why.</summary>
    public ImmutableArray<PassedOver> Passed { get; init; } = [];

    public int PassedCount { get; init; }
}
