using Workflow.Engine.Instances;

namespace Workflow.Engine.Proof;

/// <summary>Whether a stage can end.</summary>
internal static class Ends
{
    public static IEnumerable<Violation> Missing(StateGraph graph)
    {
        var ending = graph.Reaching(vertex => vertex.End is not null, _ => true);
        if (graph.Vertices.Where(vertex => !ending.Contains(vertex)).MinBy(vertex => vertex.Length) is { } stuck)
        {
            var last = stuck.Ran.IsEmpty ? graph.Stage : graph.Check.Definition.Nodes[stuck.Ran[^1]];
            yield return Violation.At(last.Pointer, "a way from here to the end of the stage", "none", graph.PathTo(stuck));
        }
        else if (graph.Vertices.Where(vertex => vertex.End is not null).MinBy(vertex => vertex.Length) is { } end &&
            graph.Vertices.All(vertex => vertex.IsExplored && vertex.End is null or StageOutcome.Return))
            yield return Violation.At(graph.Stage.Ports.Values.First().Pointer, "a way to end the stage with Done or CloseOut", "Return at every end", graph.PathTo(end));
    }
}
