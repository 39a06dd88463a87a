using System.Globalization;
using System.Text;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A set of characters: ranges of code points and categories of Unicode, or all others.</summary>
internal sealed class CharacterSet
{
    public static readonly CharacterSet Digits = new([('0', '9')]);
    public static readonly CharacterSet Word = new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);
    public static readonly CharacterSet Space = new([.. Whitespace.Characters.Select(static letter => ((int)letter, (int)letter))]);
    public static readonly CharacterSet LineEnds = new([('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)]);
    public static readonly CharacterSet All = new([(0, 0x10FFFF)]);

    private readonly (int From, int To)[] ranges;
    private readonly CharacterSet[] parts;
    private readonly UnicodeCategory[] categories;
    private readonly bool isNegated;

    public CharacterSet((int From, int To)[] ranges, CharacterSet[]? parts = null, UnicodeCategory[]? categories = null, bool isNegated = false)
    {
        this.ranges = ranges;
        this.parts = parts ?? [];
        this.categories = categories ?? [];
        this.isNegated = isNegated;
    }

    /// <summary>The one code point in the set, if that is all.</summary>
    public int? SingleCodePoint =>
        !isNegated && parts.Length == 0 && categories.Length == 0 && ranges.Length == 1 && ranges[0].From == ranges[0].To ? ranges[0].From : null;

    public char? Single => SingleCodePoint is { } code and <= char.MaxValue ? (char)code : null;

    /// <summary>What one question costs.</summary>
    public int Size => 1 + (ranges.Length / 4) + categories.Length + parts.Sum(static part => part.Size);

    public static CharacterSet Of(int codePoint) => new([(codePoint, codePoint)]);

    public CharacterSet Negate() => new(ranges, parts, categories, !isNegated);

    public bool Contains(int codePoint, bool ignoresCase) =>
        Holds(codePoint, ignoresCase) != isNegated;

    private bool Holds(int codePoint, bool ignoresCase) =>
        HoldsExactly(codePoint) || (ignoresCase && (HoldsExactly(Fold(codePoint, true)) || HoldsExactly(Fold(codePoint, false))));

    private bool HoldsExactly(int codePoint)
    {
        foreach (var (from, to) in ranges)
            if (codePoint >= from && codePoint <= to) return true;
        foreach (var part in parts)
            if (part.Contains(codePoint, false)) return true;
        return categories.Length > 0 && categories.Contains(CharUnicodeInfo.GetUnicodeCategory(codePoint));
    }

    private static int Fold(int codePoint, bool up)
    {
        if (!Rune.TryCreate(codePoint, out var rune)) return codePoint;
        return (up ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune)).Value;
    }
}
