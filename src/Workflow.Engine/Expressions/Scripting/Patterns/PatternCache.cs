namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The patterns that one evaluation has made, and the state to match each. A few are kept; a script that makes more pays again.</summary>
internal sealed class PatternCache
{
    private const int Kept = 32;

    private readonly Dictionary<(string Source, string Flags), Pattern> patterns = [];
    private readonly Dictionary<Pattern, PatternMatcher> matchers = new(ReferenceEqualityComparer.Instance);

    public Pattern Get(Evaluation run, string source, string flags)
    {
        run.Meter.Characters(source.Length * 4L);
        if (patterns.TryGetValue((source, flags), out var known)) return known;
        run.Meter.Work(100 + (source.Length * 4L));
        run.Meter.Allocate(1_000 + (source.Length * 400L));
        var pattern = Pattern.Parse(source, flags);
        run.Meter.Work(pattern.Program.Length);
        run.Meter.Allocate(pattern.Program.Length * 96L);
        if (patterns.Count == Kept) patterns.Clear();
        patterns[(source, flags)] = pattern;
        return pattern;
    }

    public PatternMatcher MatcherOf(Evaluation run, Pattern pattern)
    {
        if (matchers.TryGetValue(pattern, out var known)) return known;
        if (matchers.Count == Kept) matchers.Clear();
        return matchers[pattern] = new PatternMatcher(run, pattern);
    }
}
