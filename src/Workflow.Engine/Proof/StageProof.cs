using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Proof;

/// <summary>
/// Proves the stages of a task: from every state that the flow of a stage can reach, the stage can end; nothing waits for ever; nothing runs after the
/// end; every work item has a team, may be given to it and can be completed; there is no way round the stage's end, and so none round post-evaluation.
/// <para>
/// The states are those of <see cref="Transition"/> itself: each stage is begun, every stimulus that its state allows is applied, and so on, until no new
/// state comes. Where the flow hangs on data, every way is taken (<see cref="Choices"/>). States are told apart by what decides where they can go
/// (<see cref="StateKey"/>), not by values, times and numbers. They are visited in the order of how many activities have run, so that the way
/// which a problem names is the shortest.
/// </para>
/// <para>
/// What it does not see: a script that fails, a value of the wrong type, an effect that is given up. Those are incidents, which a person decides.
/// A stage with more states than <see cref="DefinitionLimits.ProofStates"/>, or one that goes on beginning activities beside those that wait
/// (<see cref="DefinitionLimits.ProofWidth"/>), is not proven, and a warning says so; what was found wrong by then is wrong.
/// </para>
/// </summary>
public static class StageProof
{
    /// <summary>Proves the stages that the ports of a task's root hold.</summary>
    public static void Check(DefinitionCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        foreach (var stage in check.Definition.Root.Ports.Values.OrderBy(stage => stage.Pointer, StringComparer.Ordinal)) Check(stage, check);
    }

    private static void Check(Node stage, DefinitionCheck check)
    {
        var graph = new StageRun(stage, check).Explore();
        foreach (var violation in graph.Violations.Concat(Waits.WithoutDeadline(graph)).Concat(Ends.Missing(graph)).OrderBy(violation => violation.Length))
            check.Error(violation.Pointer, violation.Expected, violation.Found);
        if (graph.LimitHit is { } expected)
            check.Warn(stage.Pointer, expected, "more; it is not proven that it can always end and that nothing in it waits for ever");
    }
}
