using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>The step that a person goes back to in a stage that begins again in this burst: the containers around it begin with what leads to it.</summary>
internal sealed class StepEntry
{
    private Node? step;

    public void GoTo(Node to) => step = to;

    /// <summary>The child of a node that leads to the step; null when none does, and once the step has run.</summary>
    public Node? Through(Node node)
    {
        if (step == node) step = null;
        for (var at = step; at is not null; at = at.Parent)
            if (at.Parent == node) return at;
        return null;
    }
}
