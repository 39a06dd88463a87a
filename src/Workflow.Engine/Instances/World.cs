using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions.Scripting;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>A decision has to know how much people have: the shell counts it and decides again. Few decisions ask, so it is not counted for all.</summary>
public sealed class LoadsNeededException(IReadOnlyList<string> people) : Exception($"the loads of {people.Count} people are needed")
{
    public IReadOnlyList<string> People { get; } = people;
}

/// <summary>
/// What a decision needs from outside its instance, loaded by the shell in the same transaction. Read-only;
/// whatever was chosen from it is written into the fact.
/// </summary>
public sealed record World(FrozenDictionary<string, BusinessCalendar> Calendars, TeamDirectory Teams)
{
    /// <summary>Evaluates scripts, within their limits and what the machine can bear.</summary>
    public ScriptSandbox Scripts { get; init; } = ScriptSandbox.Default;

    public InstanceLimits Limits { get; init; } = new();

    /// <summary>The reasons for a pause that there are.</summary>
    public PauseCatalog Pauses { get; init; } = PauseCatalog.Empty;

    /// <summary>The approved changes by which clocks count.</summary>
    public ChangesInForce Changes { get; init; } = ChangesInForce.None;

    /// <summary>
    /// Whether an activity that nothing will ever move is ended or becomes an incident. Elsa leaves it for ever, and so does a trace; a task is always repaired.
    /// </summary>
    public bool RepairsStalls { get; init; }

    /// <summary>
    /// How much people have, by their ids, as far as decisions have asked for it (<see cref="LoadsNeededException"/>); null where nobody counts: in a trace
    /// and in a proof all have the same.
    /// </summary>
    public ImmutableDictionary<string, MemberLoad>? Loads { get; init; }

    /// <summary>How people are told of offered items; null where nobody is told: in a trace and in a proof.</summary>
    public LadderBook? Ladders { get; init; }

    /// <summary>Null but while states are explored: what to take instead of data.</summary>
    internal Choices? Choices { get; init; }

    /// <summary>The version that an alteration migrates to.</summary>
    public WorkflowDefinition? MigrationTarget { get; init; }

    /// <summary>How much the people of a team have, and those who stand in for them.</summary>
    internal ImmutableDictionary<string, MemberLoad> LoadsOf(TeamStaff staff, DateTimeOffset at)
    {
        if (Loads is null) return ImmutableDictionary<string, MemberLoad>.Empty;
        var unknown = staff.People.SelectMany(person => new[] { person.Member.Person.UserId, person.Member.AbsenceAt(at)?.Substitute?.UserId })
            .OfType<string>().Where(id => !Loads.ContainsKey(id)).Distinct().Order(StringComparer.Ordinal).ToList();
        return unknown.Count == 0 ? Loads : throw new LoadsNeededException(unknown);
    }
}
