namespace Workflow.Engine.Expressions.Scripting;

/// <summary>match, matchAll and search, and what they share with RegExp.prototype and replace.</summary>
internal static class TextMatches
{
    public static Value Match(Evaluation run, Value self, Arguments arguments)
    {
        var text = TextMethods.Self(run, self);
        var regex = ToRegex(run, arguments[0], "");
        if (!regex.IsGlobal) return Execute(run, regex, text);
        var found = ArrayObject.New(run);
        foreach (var match in All(run, regex, text)) found.Add(run, match.GroupValue(run, text, 0));
        return found.Count == 0 ? Value.Null : Value.From(found);
    }

    public static Value MatchAll(Evaluation run, Value self, Arguments arguments)
    {
        var text = TextMethods.Self(run, self);
        var regex = ToRegex(run, arguments[0], "g");
        if (!regex.IsGlobal) throw run.TypeError("String.prototype.matchAll called with a non-global RegExp argument");
        var matches = new List<Value>();
        var start = regex.LastIndex;
        foreach (var match in All(run, regex, text)) matches.Add(ToValue(run, text, match));
        regex.LastIndex = start;
        return IteratorObject.New(run, new ListSequence(matches));
    }

    public static Value Search(Evaluation run, Value self, Arguments arguments)
    {
        var text = TextMethods.Self(run, self);
        var regex = ToRegex(run, arguments[0], "");
        return Value.From(regex.Pattern.Match(run, text, 0, regex.IsSticky)?.Start ?? -1);
    }

    /// <summary>RegExp.prototype.exec: one match, from lastIndex on if the expression is global or sticky.</summary>
    public static Value Execute(Evaluation run, RegexObject regex, string text) =>
        Next(run, regex, text) is { } match ? ToValue(run, text, match) : Value.Null;

    public static PatternMatch? Next(Evaluation run, RegexObject regex, string text)
    {
        run.Meter.Step();
        var remembers = regex.IsGlobal || regex.IsSticky;
        var start = remembers ? regex.LastIndex : 0;
        var match = start < 0 || start > text.Length ? null : regex.Pattern.Match(run, text, (int)start, regex.IsSticky);
        if (remembers) regex.LastIndex = match?.End ?? 0;
        return match;
    }

    /// <summary>The matches that replace works on: all of them if the expression is global, else the first.</summary>
    public static List<PatternMatch> ToReplace(Evaluation run, RegexObject regex, string text)
    {
        if (regex.IsGlobal) return All(run, regex, text);
        return Next(run, regex, text) is { } match ? [match] : [];
    }

    /// <summary>The arguments of a replacing function: the match, its groups, the position, the text and the named groups.</summary>
    public static Value[] ToArguments(Evaluation run, string text, PatternMatch match)
    {
        run.Meter.Allocate(80 + (16L * match.Groups));
        var arguments = new List<Value>();
        for (var group = 0; group < match.Groups; group++) arguments.Add(match.GroupValue(run, text, group));
        arguments.Add(Value.From(match.Start));
        arguments.Add(Value.From(text));
        if (match.Pattern.GroupNames.Count > 0) arguments.Add(NamedGroups(run, text, match));
        return [.. arguments];
    }

    private static List<PatternMatch> All(Evaluation run, RegexObject regex, string text)
    {
        var found = new List<PatternMatch>();
        regex.LastIndex = 0;
        while (Next(run, regex, text) is { } match)
        {
            run.Meter.Allocate(64);
            found.Add(match);
            if (match.End == match.Start) regex.LastIndex++;
        }
        return found;
    }

    private static Value ToValue(Evaluation run, string text, PatternMatch match)
    {
        var array = ArrayObject.New(run, match.Groups);
        for (var group = 0; group < match.Groups; group++) array.Add(run, match.GroupValue(run, text, group));
        array.Define(run, "index", Value.From(match.Start));
        array.Define(run, "input", Value.From(text));
        array.Define(run, "groups", match.Pattern.GroupNames.Count == 0 ? Value.Undefined : NamedGroups(run, text, match));
        return Value.From(array);
    }

    private static Value NamedGroups(Evaluation run, string text, PatternMatch match)
    {
        var groups = ScriptObject.New(run);
        foreach (var (name, group) in match.Pattern.GroupNames.OrderBy(static pair => pair.Value)) groups.Define(run, name, match.GroupValue(run, text, group));
        return Value.From(groups);
    }

    private static RegexObject ToRegex(Evaluation run, Value value, string flags)
    {
        if (value.AsObject is RegexObject regex) return regex;
        return RegexMethods.New(run, value.IsUndefined ? "(?:)" : Conversions.ToText(run, value), flags);
    }
}
