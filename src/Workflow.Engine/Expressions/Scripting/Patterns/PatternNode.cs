namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A part of a regular expression.</summary>
internal abstract record PatternNode
{
    private PatternNode()
    {
    }

    public sealed record One(CharacterSet Set) : PatternNode;

    public sealed record Row(IReadOnlyList<PatternNode> Parts) : PatternNode;

    public sealed record Choice(IReadOnlyList<PatternNode> Branches) : PatternNode;

    /// <param name="Max">Null for no limit.</param>
    /// <param name="FirstGroup">Groups from here to before <paramref name="EndGroup"/> lie within and are forgotten in each round.</param>
    public sealed record Repeat(PatternNode Body, int Min, int? Max, bool IsGreedy, int FirstGroup, int EndGroup) : PatternNode;

    public sealed record Group(int Number, PatternNode Body) : PatternNode;

    public sealed record Assertion(Opcode Kind) : PatternNode;
}

/// <summary>What can be known of the place where a match starts, to pass quickly over what cannot match.</summary>
internal sealed record PatternStart(char? FirstLetter, bool IsAtTextStart)
{
    public static PatternStart Of(PatternNode root, PatternOptions options)
    {
        var first = root;
        while (true)
        {
            switch (first)
            {
                case PatternNode.Row { Parts.Count: > 0 } row:
                    first = row.Parts[0];
                    continue;
                case PatternNode.Group group:
                    first = group.Body;
                    continue;
                case PatternNode.Repeat { Min: > 0 } repeat:
                    first = repeat.Body;
                    continue;
                case PatternNode.One one when !options.IgnoresCase && one.Set.Single is { } letter:
                    return new PatternStart(letter, false);
                default:
                    return new PatternStart(null, first is PatternNode.Assertion { Kind: Opcode.TextStart });
            }
        }
    }
}
