using System.Collections.Immutable;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Proof;

/// <summary>All states that a stage was found to be in.</summary>
/// <param name="Violations">What was found wrong on the way.</param>
/// <param name="LimitHit">What is expected of a stage that can be proved, where this one has more; null when these are all states.</param>
internal sealed record StateGraph(DefinitionCheck Check, Node Stage, IReadOnlyCollection<Vertex> Vertices, IReadOnlyCollection<Violation> Violations, string? LimitHit)
{
    /// <summary>The activities that run on the shortest way to a state, as the document names them.</summary>
    /// <param name="until">The node that it is about: what runs beside it afterwards, in the same burst, is left out.</param>
    public IReadOnlyList<string> PathTo(Vertex vertex, Node? until = null) => PathTo(vertex.From, vertex.Ran, Check.Definition, until);

    /// <param name="rest">The state at rest before; null at the beginning.</param>
    /// <param name="ran">Nodes of the activities that ran since.</param>
    public static IReadOnlyList<string> PathTo(Vertex? rest, ImmutableArray<string> ran, WorkflowDefinition definition, Node? until = null)
    {
        var first = until is null ? -1 : ran.IndexOf(until.Id);
        // What runs again and again in one burst has been round when it comes for the second time.
        var last = first < 0 ? ran.Length - 1 : ran.AsSpan(first + 1, ran.Length - first - 1).IndexOf(until!.Id) is var second and >= 0 ? first + 1 + second : first;
        var path = new Stack<ImmutableArray<string>>([ran[..(last + 1)]]);
        for (var at = rest; at is not null; at = at.From) path.Push(at.Ran);
        return [.. path.SelectMany(nodes => nodes).Select(node => definition.Nodes[node].ActivityId)];
    }

    /// <summary>The states from which moves of a kind lead to a goal. What was not explored may lead there.</summary>
    public HashSet<Vertex> Reaching(Func<Vertex, bool> isGoal, Func<Move, bool> isTaken)
    {
        var back = Vertices.SelectMany(vertex => vertex.Moves.Where(isTaken).Select(move => (move.To, From: vertex))).ToLookup(move => move.To, move => move.From);
        var found = Vertices.Where(vertex => !vertex.IsExplored || isGoal(vertex)).ToHashSet();
        var open = new Stack<Vertex>(found);
        while (open.TryPop(out var vertex))
            foreach (var before in back[vertex])
                if (found.Add(before)) open.Push(before);
        return found;
    }
}
