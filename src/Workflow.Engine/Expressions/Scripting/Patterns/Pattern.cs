using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// A regular expression, compiled. The promise: matching takes time in proportion to the length of the text times the size of the pattern,
/// whatever the two are, and pays a step for each unit of it. That is why there are no back references and no look-around.
/// Immutable, and shared by all evaluations of the script that holds it.
/// </summary>
internal sealed class Pattern
{
    public static readonly Pattern None = new([], 1, FrozenDictionary<string, int>.Empty, new PatternStart(null, false));

    public Pattern(Instruction[] program, int groups, FrozenDictionary<string, int> groupNames, PatternStart start)
    {
        Program = program;
        Groups = groups;
        GroupNames = groupNames;
        Start = start;
    }

    public Instruction[] Program { get; }

    /// <summary>Groups, with the whole match as group 0.</summary>
    public int Groups { get; }

    public FrozenDictionary<string, int> GroupNames { get; }

    public PatternStart Start { get; }

    public bool IsUnicode { get; private init; }

    /// <exception cref="PatternRefusal">The pattern is wrong, too large, or uses what is not supported.</exception>
    public static Pattern Parse(string source, string flags)
    {
        foreach (var flag in flags)
            if (!"gimsuyd".Contains(flag) || flags.Count(other => other == flag) > 1) throw new PatternRefusal($"the flags '{flags}'");
        var options = new PatternOptions(flags.Contains('i'), flags.Contains('m'), flags.Contains('s'), flags.Contains('u'));
        var parser = new PatternParser(source, options);
        var root = parser.Parse();
        var program = new PatternCompiler(options).Compile(root);
        return new Pattern(program, parser.Groups, parser.GroupNames.ToFrozenDictionary(StringComparer.Ordinal), PatternStart.Of(root, options)) { IsUnicode = options.IsUnicode };
    }

    /// <summary>The leftmost match at or after a position; only at it when sticky.</summary>
    public PatternMatch? Match(Evaluation run, string text, int start, bool sticky) =>
        run.Patterns.MatcherOf(run, this).Match(text, start, sticky);
}

/// <summary>A pattern that is refused, and why.</summary>
internal sealed class PatternRefusal(string found) : Exception(found);

internal sealed record PatternOptions(bool IgnoresCase, bool IsMultiline, bool DotMatchesAll, bool IsUnicode);

/// <summary>A match: for each group where it starts and ends, or -1.</summary>
internal sealed record PatternMatch(Pattern Pattern, int[] Positions)
{
    public int Start => Positions[0];

    public int End => Positions[1];

    public int Groups => Positions.Length / 2;

    public ReadOnlySpan<char> Group(string text, int group) =>
        Positions[2 * group] < 0 ? [] : text.AsSpan(Positions[2 * group], Positions[(2 * group) + 1] - Positions[2 * group]);

    public Value GroupValue(Evaluation run, string text, int group) =>
        Positions[2 * group] < 0 ? Value.Undefined : TextMethods.Slice(run, text, Positions[2 * group], Positions[(2 * group) + 1]);
}
