using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>The approved changes that hold: of calendars by their id, of policies by the id of the definition.</summary>
public sealed record ChangesInForce(FrozenDictionary<string, ApprovedChange> Calendars, FrozenDictionary<string, PolicyInForce> Policies)
{
    public static readonly ChangesInForce None = new(FrozenDictionary<string, ApprovedChange>.Empty, FrozenDictionary<string, PolicyInForce>.Empty);
}

/// <summary>
/// The SLA declarations of a version hold also for tasks of earlier versions: for the clocks that run, and for those that start. What a task does stays
/// that of its own version; a node that the version does not have, or that has no declaration there, keeps its own.
/// </summary>
/// <param name="Earlier">The versions whose policies were applied before.</param>
public sealed record PolicyInForce(WorkflowDefinition Definition, ApprovedChange Change, ImmutableArray<WorkflowDefinition> Earlier)
{
    /// <summary>The version with this number that was applied before; null for a clock to which none was.</summary>
    public WorkflowDefinition? Before(int? version) => Earlier.FirstOrDefault(earlier => earlier.Id.Version == version);

    /// <summary>The version whose policy holds for the clocks of this instance; null for its own.</summary>
    internal static int? VersionFor(Burst burst) => For(burst.Definition, burst.World)?.Definition.Id.Version;

    /// <summary>The declaration by which a clock of this node starts.</summary>
    internal static SlaDeclaration? Of(Burst burst, Node node) =>
        SlaDeclaration.Of(node) is { } own ? For(burst.Definition, burst.World)?.DeclarationOf(node.Id) ?? own : null;

    internal static PolicyInForce? For(WorkflowDefinition definition, World world) =>
        world.Changes.Policies.TryGetValue(definition.Id.DefinitionId, out var policy) && policy.Definition.Id.Version > definition.Id.Version ? policy : null;

    /// <summary>
    /// The terms of a clock under this policy. A target that is not the one that was declared — more time was given, the task came with a deadline — stays.
    /// Rungs that have fired stay fired; of the others those of the policy count.
    /// </summary>
    /// <param name="before">The version by which it counts.</param>
    public ClockTerms Apply(ClockTerms terms, string node, Priority priority, WorkflowDefinition before)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(before);
        var applied = terms with { PolicyVersion = Definition.Id.Version };
        if (DeclarationOf(node) is not { } sla) return applied;
        var policy = terms.Policy with { Resumes = sla.Resumes };
        if (SetsTarget(terms, node, priority, before)) policy = (policy with { Basis = sla.Basis }).Aimed(PriorityDesk.TargetOf(sla, priority), sla.DayEnd);
        return applied with { Policy = policy, Rungs = Merge(terms.Rungs, sla.Rungs) };
    }

    /// <summary>Whether the clock has the target that was declared for it, and this policy declares one.</summary>
    /// <inheritdoc cref="Apply" path="/param"/>
    public bool SetsTarget(ClockTerms terms, string node, Priority priority, WorkflowDefinition before)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(before);
        return DeclarationOf(node) is not null && before.Nodes.TryGetValue(node, out var was) && SlaDeclaration.Of(was) is { } own && PriorityDesk.TargetOf(own, priority) == terms.Policy.Target;
    }

    private SlaDeclaration? DeclarationOf(string node) => Definition.Nodes.TryGetValue(node, out var here) ? SlaDeclaration.Of(here) : null;

    private static ImmutableArray<Rung> Merge(ImmutableArray<Rung> known, ImmutableArray<Rung> declared) =>
    [
        .. known.Where(rung => rung.FiredAt is not null),
        .. declared.Where(rung => !known.Any(fired => fired.FiredAt is not null && fired.Id == rung.Id)),
    ];
}
