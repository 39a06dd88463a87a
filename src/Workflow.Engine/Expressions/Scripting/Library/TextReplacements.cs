namespace Workflow.Engine.Expressions.Scripting;

/// <summary>split, replace and replaceAll, by strings and by regular expressions.</summary>
internal static class TextReplacements
{
    public static Value Replace(Evaluation run, Value self, Arguments arguments) =>
        arguments[0].AsObject is RegexObject regex
            ? ReplaceMatches(run, TextMethods.Self(run, self), TextMatches.ToReplace(run, regex, TextMethods.Self(run, self)), arguments[1])
            : ReplaceTexts(run, TextMethods.Self(run, self), arguments, onlyFirst: true);

    public static Value ReplaceAll(Evaluation run, Value self, Arguments arguments)
    {
        if (arguments[0].AsObject is not RegexObject regex) return ReplaceTexts(run, TextMethods.Self(run, self), arguments, onlyFirst: false);
        if (!regex.IsGlobal) throw run.TypeError("replaceAll must be called with a global RegExp");
        return Replace(run, self, arguments);
    }

    public static Value Split(Evaluation run, Value self, Arguments arguments)
    {
        var text = TextMethods.Self(run, self);
        var limit = arguments[1].IsUndefined ? uint.MaxValue : (uint)Conversions.ToInt32(run, arguments[1]);
        var parts = ArrayObject.New(run);
        if (arguments[0].AsObject is RegexObject regex) SplitByRegex(run, text, regex, parts, limit);
        else if (arguments[0].IsUndefined) AddPart(run, parts, Value.From(text), limit);
        else SplitByText(run, text, Conversions.ToText(run, arguments[0]), parts, limit);
        return Value.From(parts);
    }

    private static Value ReplaceTexts(Evaluation run, string text, Arguments arguments, bool onlyFirst)
    {
        var wanted = Conversions.ToText(run, arguments[0]);
        var matches = new List<PatternMatch>();
        for (var at = TextSearches.IndexOf(run, text, wanted, 0); at >= 0; at = TextSearches.IndexOf(run, text, wanted, at + Math.Max(1, wanted.Length)))
        {
            run.Meter.Allocate(96);
            matches.Add(new PatternMatch(Pattern.None, [at, at + wanted.Length]));
            if (onlyFirst) break;
        }
        return ReplaceMatches(run, text, matches, arguments[1]);
    }

    private static Value ReplaceMatches(Evaluation run, string text, List<PatternMatch> matches, Value replacement)
    {
        var template = replacement.AsFunction is null ? Conversions.ToText(run, replacement) : "";
        var result = new TextAccumulator(run);
        var done = 0;
        foreach (var match in matches)
        {
            run.Meter.Step();
            result.Append(text.AsSpan(done, match.Start - done));
            if (replacement.AsFunction is { } function) result.Append(Conversions.ToText(run, function.Call(run, Value.Undefined, TextMatches.ToArguments(run, text, match))));
            else Expand(run, result, template, text, match);
            done = match.End;
        }
        result.Append(text.AsSpan(done));
        return result.ToValue();
    }

    /// <summary>Writes the replacement out, with $1, $&lt;name&gt;, $&amp; and their like filled in.</summary>
    private static void Expand(Evaluation run, TextAccumulator result, string template, string text, PatternMatch match)
    {
        for (var at = 0; at < template.Length; at++)
        {
            run.Meter.Step();
            var next = template.IndexOf('$', at);
            if (next < 0 || next == template.Length - 1)
            {
                result.Append(template.AsSpan(at));
                return;
            }
            result.Append(template.AsSpan(at, next - at));
            at = next + ExpandOne(result, template.AsSpan(next + 1), text, match);
        }
    }

    /// <returns>How many characters after the $ were used.</returns>
    private static int ExpandOne(TextAccumulator result, ReadOnlySpan<char> rest, string text, PatternMatch match)
    {
        switch (rest[0])
        {
            case '$':
                result.Append('$');
                return 1;
            case '&':
                result.Append(text.AsSpan(match.Start, match.End - match.Start));
                return 1;
            case '`':
                result.Append(text.AsSpan(0, match.Start));
                return 1;
            case '\'':
                result.Append(text.AsSpan(match.End));
                return 1;
            case '<' when match.Pattern.GroupNames.Count > 0 && rest.IndexOf('>') is > 0 and var end:
                if (match.Pattern.GroupNames.TryGetValue(rest[1..end].ToString(), out var named)) result.Append(match.Group(text, named));
                return end + 1;
            default:
                return ExpandNumber(result, rest, text, match);
        }
    }

    private static int ExpandNumber(TextAccumulator result, ReadOnlySpan<char> rest, string text, PatternMatch match)
    {
        if (!char.IsAsciiDigit(rest[0]))
        {
            result.Append('$');
            return 0;
        }
        var one = rest[0] - '0';
        var two = rest.Length > 1 && char.IsAsciiDigit(rest[1]) ? (one * 10) + rest[1] - '0' : -1;
        var (group, length) = two > 0 && two < match.Groups ? (two, 2) : (one, 1);
        if (group == 0 || group >= match.Groups)
        {
            result.Append('$');
            return 0;
        }
        result.Append(match.Group(text, group));
        return length;
    }

    private static void SplitByText(Evaluation run, string text, string separator, ArrayObject parts, uint limit)
    {
        if (separator.Length == 0)
        {
            for (var at = 0; at < text.Length; at++) AddPart(run, parts, Characters.At(run, text, at), limit);
            return;
        }
        var start = 0;
        for (var at = TextSearches.IndexOf(run, text, separator, 0); at >= 0 && parts.Count < limit; at = TextSearches.IndexOf(run, text, separator, start))
        {
            AddPart(run, parts, TextMethods.Slice(run, text, start, at), limit);
            start = at + separator.Length;
        }
        AddPart(run, parts, TextMethods.Slice(run, text, start, text.Length), limit);
    }

    private static void SplitByRegex(Evaluation run, string text, RegexObject regex, ArrayObject parts, uint limit)
    {
        if (text.Length == 0)
        {
            if (regex.Pattern.Match(run, text, 0, sticky: true) is null) AddPart(run, parts, Value.EmptyText, limit);
            return;
        }
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            run.Meter.Step();
            if (regex.Pattern.Match(run, text, at, sticky: false) is not { } match || match.Start >= text.Length) break;
            if (match.End == start)
            {
                at = match.Start + 1;
                continue;
            }
            AddPart(run, parts, TextMethods.Slice(run, text, start, match.Start), limit);
            for (var group = 1; group < match.Groups; group++) AddPart(run, parts, match.GroupValue(run, text, group), limit);
            start = match.End;
            at = start;
        }
        AddPart(run, parts, TextMethods.Slice(run, text, start, text.Length), limit);
    }

    private static void AddPart(Evaluation run, ArrayObject parts, Value part, uint limit)
    {
        run.Meter.Step();
        if (parts.Count < limit) parts.Add(run, part);
    }
}
