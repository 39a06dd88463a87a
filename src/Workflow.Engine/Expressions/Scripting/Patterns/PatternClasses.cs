using System.Globalization;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Reads the parts of a regular expression that stand for one character: [classes], escapes and letters.</summary>
internal sealed class PatternClasses(string source, PatternOptions options)
{
    private static readonly Dictionary<string, UnicodeCategory[]> Categories = new(StringComparer.Ordinal)
    {
        ["L"] = [UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter, UnicodeCategory.TitlecaseLetter, UnicodeCategory.ModifierLetter, UnicodeCategory.OtherLetter],
        ["Lu"] = [UnicodeCategory.UppercaseLetter],
        ["Ll"] = [UnicodeCategory.LowercaseLetter],
        ["Lo"] = [UnicodeCategory.OtherLetter],
        ["M"] = [UnicodeCategory.NonSpacingMark, UnicodeCategory.SpacingCombiningMark, UnicodeCategory.EnclosingMark],
        ["N"] = [UnicodeCategory.DecimalDigitNumber, UnicodeCategory.LetterNumber, UnicodeCategory.OtherNumber],
        ["Nd"] = [UnicodeCategory.DecimalDigitNumber],
        ["P"] = [UnicodeCategory.ConnectorPunctuation, UnicodeCategory.DashPunctuation, UnicodeCategory.OpenPunctuation, UnicodeCategory.ClosePunctuation,
            UnicodeCategory.InitialQuotePunctuation, UnicodeCategory.FinalQuotePunctuation, UnicodeCategory.OtherPunctuation],
        ["S"] = [UnicodeCategory.MathSymbol, UnicodeCategory.CurrencySymbol, UnicodeCategory.ModifierSymbol, UnicodeCategory.OtherSymbol],
        ["Sc"] = [UnicodeCategory.CurrencySymbol],
        ["Z"] = [UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator],
    };

    /// <summary>After "[".</summary>
    public CharacterSet Class(ref int at)
    {
        var isNegated = at < source.Length && source[at] == '^';
        if (isNegated) at++;
        var ranges = new List<(int, int)>();
        var parts = new List<CharacterSet>();
        while (true)
        {
            if (at >= source.Length) throw new PatternRefusal("a class [ that is not closed");
            if (source[at] == ']') break;
            var first = Item(ref at, out var set);
            if (set is not null) parts.Add(set);
            if (!IsRange(at))
            {
                if (set is null) ranges.Add((first, first));
                continue;
            }
            AddRange(ref at, first, set, ranges, parts);
        }
        at++;
        return new CharacterSet([.. ranges], [.. parts], null, isNegated);
    }

    /// <summary>After "\": one character or a set such as \d.</summary>
    public CharacterSet Escape(ref int at, bool inClass)
    {
        var letter = source[at];
        switch (letter)
        {
            case 'd': return Past(ref at, CharacterSet.Digits);
            case 'D': return Past(ref at, CharacterSet.Digits.Negate());
            case 'w': return Past(ref at, CharacterSet.Word);
            case 'W': return Past(ref at, CharacterSet.Word.Negate());
            case 's': return Past(ref at, CharacterSet.Space);
            case 'S': return Past(ref at, CharacterSet.Space.Negate());
            case 'p' or 'P' when options.IsUnicode: return Property(ref at);
            default: return CharacterSet.Of(EscapedCharacter(ref at, inClass));
        }
    }

    public int CodePoint(ref int at)
    {
        var letter = source[at++];
        if (!options.IsUnicode || !char.IsHighSurrogate(letter) || at >= source.Length || !char.IsLowSurrogate(source[at])) return letter;
        return char.ConvertToUtf32(letter, source[at++]);
    }

    private static CharacterSet Past(ref int at, CharacterSet set)
    {
        at++;
        return set;
    }

    private bool IsRange(int at) => at + 1 < source.Length && source[at] == '-' && source[at + 1] != ']';

    private void AddRange(ref int at, int first, CharacterSet? set, List<(int, int)> ranges, List<CharacterSet> parts)
    {
        at++;
        var last = Item(ref at, out var lastSet);
        if (lastSet is not null) parts.Add(lastSet);
        if (set is null && lastSet is null)
        {
            if (first > last) throw new PatternRefusal("a range out of order in a class");
            ranges.Add((first, last));
            return;
        }
        if (options.IsUnicode) throw new PatternRefusal("a range between sets in a class");
        ranges.Add(('-', '-'));
        if (set is null) ranges.Add((first, first));
        if (lastSet is null) ranges.Add((last, last));
    }

    private int Item(ref int at, out CharacterSet? set)
    {
        set = null;
        if (source[at] != '\\') return CodePoint(ref at);
        at++;
        if (at >= source.Length) throw new PatternRefusal("a \\ at the end");
        var escaped = Escape(ref at, inClass: true);
        if (escaped.SingleCodePoint is { } one) return one;
        set = escaped;
        return 0;
    }

    private CharacterSet Property(ref int at)
    {
        var isNegated = source[at++] == 'P';
        var end = source.IndexOf('}', at);
        if (at >= source.Length || source[at] != '{' || end < 0) throw new PatternRefusal("an invalid property name");
        var name = source[(at + 1)..end];
        if (name.StartsWith("General_Category=", StringComparison.Ordinal)) name = name["General_Category=".Length..];
        if (!Categories.TryGetValue(name, out var categories)) throw new PatternRefusal($"the property \\p{{{name}}}, which is not supported");
        at = end + 1;
        return new CharacterSet([], null, categories, isNegated);
    }

    private int EscapedCharacter(ref int at, bool inClass)
    {
        var letter = source[at++];
        switch (letter)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'b' when inClass: return '\b';
            case '0' when at >= source.Length || !char.IsAsciiDigit(source[at]): return 0;
            case 'c' when at < source.Length && char.IsAsciiLetter(source[at]): return source[at++] % 32;
            case 'x': return Hex(ref at, 2) ?? 'x';
            case 'u': return Unicode(ref at);
            case >= '0' and <= '9': throw new PatternRefusal("an octal escape, which is not supported");
            default:
                if (options.IsUnicode && !"^$\\.*+?()[]{}|/-".Contains(letter)) throw new PatternRefusal("an invalid escape");
                at--;
                return CodePoint(ref at);
        }
    }

    private int Unicode(ref int at)
    {
        if (options.IsUnicode && at < source.Length && source[at] == '{')
        {
            var end = source.IndexOf('}', at);
            var digits = source.AsSpan(at + 1, Math.Max(0, end - at - 1));
            if (int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code is >= 0 and <= 0x10FFFF)
            {
                at = end + 1;
                return code;
            }
            throw new PatternRefusal("an invalid Unicode escape");
        }
        if (Hex(ref at, 4) is not { } unit) return 'u';
        if (!options.IsUnicode || !char.IsHighSurrogate((char)unit) || string.CompareOrdinal(source, at, "\\u", 0, 2) != 0) return unit;
        var next = at + 2;
        if (Hex(ref next, 4) is not { } low || !char.IsLowSurrogate((char)low)) return unit;
        at = next;
        return char.ConvertToUtf32((char)unit, (char)low);
    }

    private int? Hex(ref int at, int digits)
    {
        if (at + digits <= source.Length && int.TryParse(source.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            at += digits;
            return code;
        }
        return options.IsUnicode ? throw new PatternRefusal("an invalid escape") : null;
    }
}
