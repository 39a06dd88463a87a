using System.Collections.Immutable;

namespace Workflow.Engine.Instances;

/// <summary>What a stimulus did: nothing, with a reason, or a new state with the facts that lead to it.</summary>
public abstract record Step
{
    private Step()
    {
    }

    public sealed record Rejected(Rejection Why) : Step;

    /// <summary>Without facts nothing has changed, and nothing is stored.</summary>
    public sealed record Advanced(WorkflowInstance After, ImmutableArray<Fact> Facts) : Step;
}
