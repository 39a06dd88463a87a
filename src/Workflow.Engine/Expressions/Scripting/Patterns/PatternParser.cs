namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Reads the syntax of JavaScript's regular expressions.</summary>
internal sealed class PatternParser(string source, PatternOptions options)
{
    private const int MaxNesting = 50;

    private const int MaxCount = 10_000;

    private readonly PatternClasses classes = new(source, options);
    private int at;
    private int nesting;

    /// <summary>Groups so far, with the whole match as group 0.</summary>
    public int Groups { get; private set; } = 1;

    public Dictionary<string, int> GroupNames { get; } = new(StringComparer.Ordinal);

    public PatternNode Parse()
    {
        var root = Choice();
        if (at < source.Length) throw new PatternRefusal($"an unmatched '{source[at]}'");
        return root;
    }

    private PatternNode Choice()
    {
        if (++nesting > MaxNesting) throw new PatternRefusal($"more than {MaxNesting} groups within each other");
        var branches = new List<PatternNode> { Row() };
        while (Take('|')) branches.Add(Row());
        nesting--;
        return branches.Count == 1 ? branches[0] : new PatternNode.Choice(branches);
    }

    private PatternNode.Row Row()
    {
        var parts = new List<PatternNode>();
        while (at < source.Length && source[at] is not ('|' or ')'))
        {
            var firstGroup = Groups;
            var part = Atom();
            parts.Add(Repeated(part, firstGroup));
        }
        return new PatternNode.Row(parts);
    }

    private PatternNode Repeated(PatternNode body, int firstGroup)
    {
        if (!TryCount(out var min, out var max)) return body;
        if (body is PatternNode.Assertion) throw new PatternRefusal("nothing to repeat");
        var isGreedy = !Take('?');
        if (at < source.Length && source[at] is '*' or '+' or '?') throw new PatternRefusal("nothing to repeat");
        return new PatternNode.Repeat(body, min, max, isGreedy, firstGroup, Groups);
    }

    private bool TryCount(out int min, out int? max)
    {
        (min, max) = (0, null);
        if (Take('*')) return true;
        if (Take('+'))
        {
            min = 1;
            return true;
        }
        if (Take('?'))
        {
            max = 1;
            return true;
        }
        return at < source.Length && source[at] == '{' && TryBraces(out min, out max);
    }

    /// <summary>{n}, {n,} or {n,m}; anything else in braces stands for itself.</summary>
    private bool TryBraces(out int min, out int? max)
    {
        var start = at++;
        max = null;
        if (TryNumber(out min))
        {
            max = min;
            if (Take(',')) max = TryNumber(out var upper) ? upper : null;
            if (Take('}'))
            {
                if (min > max) throw new PatternRefusal("numbers out of order in {} quantifier");
                return true;
            }
        }
        if (options.IsUnicode) throw new PatternRefusal("an incomplete quantifier");
        at = start;
        return false;
    }

    private bool TryNumber(out int number)
    {
        number = 0;
        var start = at;
        while (at < source.Length && char.IsAsciiDigit(source[at]))
        {
            number = (number * 10) + (source[at++] - '0');
            if (number > MaxCount) throw new PatternRefusal($"a repetition of more than {MaxCount}");
        }
        return at > start;
    }

    private PatternNode Atom()
    {
        var letter = source[at++];
        switch (letter)
        {
            case '^': return new PatternNode.Assertion(options.IsMultiline ? Opcode.LineStart : Opcode.TextStart);
            case '$': return new PatternNode.Assertion(options.IsMultiline ? Opcode.LineEnd : Opcode.TextEnd);
            case '.': return new PatternNode.One(options.DotMatchesAll ? CharacterSet.All : CharacterSet.LineEnds.Negate());
            case '(': return Group();
            case '[': return new PatternNode.One(classes.Class(ref at));
            case '\\': return Escape();
            case '*' or '+' or '?': throw new PatternRefusal("nothing to repeat");
            case '{' when TryBracesAhead(): throw new PatternRefusal("nothing to repeat");
            default:
                at--;
                return new PatternNode.One(CharacterSet.Of(classes.CodePoint(ref at)));
        }
    }

    private bool TryBracesAhead()
    {
        var start = --at;
        var found = TryBraces(out _, out _);
        at = start + 1;
        return found;
    }

    private PatternNode Group()
    {
        if (Take("?:")) return Close(Choice());
        if (at < source.Length && source[at] == '?') return Special();
        var number = Groups++;
        return new PatternNode.Group(number, Close(Choice()));
    }

    private PatternNode.Group Special()
    {
        if (Take("?=") || Take("?!") || Take("?<=") || Take("?<!")) throw new PatternRefusal("look-around such as (?=…), which is not supported");
        if (!Take("?<")) throw new PatternRefusal("an invalid group");
        var end = source.IndexOf('>', at);
        var name = end < 0 ? "" : source[at..end];
        if (name.Length == 0 || !name.All(static letter => char.IsLetterOrDigit(letter) || letter is '_' or '$') || char.IsAsciiDigit(name[0]))
            throw new PatternRefusal("an invalid group name");
        at = end + 1;
        var number = Groups++;
        if (!GroupNames.TryAdd(name, number)) throw new PatternRefusal($"two groups named {name}");
        return new PatternNode.Group(number, Close(Choice()));
    }

    private PatternNode Close(PatternNode body) => Take(')') ? body : throw new PatternRefusal("a group that is not closed");

    private PatternNode Escape()
    {
        if (at >= source.Length) throw new PatternRefusal("a \\ at the end");
        if (Take('b')) return new PatternNode.Assertion(Opcode.WordBoundary);
        if (Take('B')) return new PatternNode.Assertion(Opcode.NoWordBoundary);
        if (source[at] is >= '1' and <= '9') throw new PatternRefusal("a back reference such as \\1, which is not supported");
        if (source[at] == 'k' && (options.IsUnicode || source.Contains("(?<", StringComparison.Ordinal)))
            throw new PatternRefusal("a back reference such as \\k<name>, which is not supported");
        return new PatternNode.One(classes.Escape(ref at, inClass: false));
    }

    private bool Take(char letter)
    {
        if (at >= source.Length || source[at] != letter) return false;
        at++;
        return true;
    }

    private bool Take(string text)
    {
        if (string.CompareOrdinal(source, at, text, 0, text.Length) != 0) return false;
        at += text.Length;
        return true;
    }
}
