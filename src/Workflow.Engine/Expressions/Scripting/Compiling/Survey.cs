using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// A first walk over a parsed script, without recursion: it bounds the nesting, so that all later walks may recurse, and finds out which
/// parts hold functions, whose closures need scopes that outlive a round of a loop.
/// </summary>
internal sealed class Survey
{
    private const int LevelsOfACall = 2;
    private const int MostLevels = ScriptLanguage.MaxNesting * 2;

    private readonly HashSet<Ast.Node> withFunctions = [];
    private readonly Dictionary<Ast.Node, int> heights = [];

    public Survey(Ast.Node root)
    {
        var seen = new List<Step> { new(root, -1, 0, 0) };
        var open = new Stack<int>();
        open.Push(0);
        heights[root] = 0;
        while (open.TryPop(out var at))
        {
            var step = seen[at];
            if (step.Depth > MostLevels) throw TooDeep(step.Node);
            var function = step.Node is Ast.IFunction && at > 0 ? at : step.Function;
            if (function == at && at > 0) MarkOuter(seen, at);
            Measure(seen, step);
            foreach (var child in step.Node.ChildNodes)
            {
                if (child is null) continue;
                open.Push(seen.Count);
                seen.Add(new Step(child, at, step.Depth + LevelsBetween(step.Node, child), function));
            }
        }
    }

    public bool HoldsFunctions(Ast.Node node) => withFunctions.Contains(node);

    /// <summary>How deep evaluating the own parts of a function, or of the script, may go.</summary>
    public int HeightOf(Ast.Node function) => heights.GetValueOrDefault(function) + LevelsOfACall;

    private static SyntaxRefusal TooDeep(Ast.Node node) => new(Compilation.PlaceOf(node), $"at most {MostLevels} constructs within each other", "more");

    /// <summary>Operators in a row lean to the left; they are compiled to a loop, and add no depth. Some constructs take more of the stack than others.</summary>
    private static int LevelsBetween(Ast.Node parent, Ast.Node child) => parent switch
    {
        Ast.BinaryExpression row when ReferenceEquals(row.Left, child) && child.Type == parent.Type => 0,
        Ast.SpreadElement or Ast.ArrayExpression or Ast.AssignmentPattern => 2,
        _ => 1,
    };

    private void Measure(List<Step> seen, Step step)
    {
        var function = seen[step.Function];
        heights[function.Node] = Math.Max(heights.GetValueOrDefault(function.Node), step.Depth - function.Depth);
    }

    private void MarkOuter(List<Step> seen, int at)
    {
        for (var outer = at; outer >= 0 && withFunctions.Add(seen[outer].Node); outer = seen[outer].Parent)
        {
        }
    }

    private readonly record struct Step(Ast.Node Node, int Parent, int Depth, int Function);
}
