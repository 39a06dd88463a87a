using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Proof;

/// <summary>
/// Whether what waits has a deadline. A timer has one, and so has an effect, whose attempts are counted, and a part that was handed down. A work item has one when an SLA clock runs for
/// it: its own, its stage's or its task's, by which people are urged. Nobody can urge an event or another instance: such a wait has a
/// deadline when something that has one leads to its end, such as a timer that it races with. Any other needs a stated reason.
/// </summary>
internal static class Waits
{
    /// <summary>Says in the custom properties of an activity, or of one around it, why it may wait without a deadline.</summary>
    public const string ReasonProperty = "noDeadline";

    public static bool HasDeadline(WorkItem item, WorkflowDefinition definition)
    {
        for (var node = definition.Nodes[item.Node]; node is not null; node = node.Parent)
            if (SlaDeclaration.Of(node) is not null) return true;
        return false;
    }

    public static bool HasDeadline(Bookmark wait) => wait.DueAt is not null || wait.Kind is BookmarkKind.Effect or BookmarkKind.Parts;

    public static IEnumerable<Violation> WithoutDeadline(StateGraph graph)
    {
        var definition = graph.Check.Definition;
        var waiting = graph.Vertices.Where(vertex => vertex.Open is null).SelectMany(vertex => NodesWithout(vertex.State, definition).Select(node => (Node: node, Vertex: vertex)));
        foreach (var at in waiting.GroupBy(wait => wait.Node))
        {
            var node = definition.Nodes[at.Key];
            if (HasReason(node)) continue;
            var ending = graph.Reaching(vertex => vertex.Moves.Exists(move => move.IsSure && move.Ended.Contains(at.Key)), move => move.IsSure);
            if (at.Select(wait => wait.Vertex).Where(vertex => !ending.Contains(vertex)).MinBy(vertex => vertex.Length) is { } forever)
                yield return Violation.At(
                    node.Pointer, $"a deadline for this wait ({Means(node)}), or the reason for none in customProperties.{ReasonProperty}", "none: it may wait for ever", graph.PathTo(forever, node));
        }
    }

    private static IEnumerable<string> NodesWithout(WorkflowInstance state, WorkflowDefinition definition) =>
        state.Bookmarks.Where(wait => wait.Kind != StageHold.Ended && !HasDeadline(wait)).Select(wait => wait.Node)
            .Concat(state.WorkItems.Where(item => item.IsOpen && !HasDeadline(item, definition)).Select(item => item.Node)).Distinct();

    private static bool HasReason(Node node)
    {
        for (var at = node; at is not null; at = at.Parent)
            if (!string.IsNullOrWhiteSpace(at.Plain("customProperties")?.Text(ReasonProperty))) return true;
        return false;
    }

    private static string Means(Node node) => node.Type.Descriptor.PlainMembers.Contains("sla") ? "an sla of its own, its stage or its task" : "a timer that it races with";
}
