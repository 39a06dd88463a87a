using System.Globalization;
using System.Text;

namespace Workflow.Engine.Storage;

/// <summary>
/// Short pieces of a text, by which it is found without being read: Chinese has no spaces, and words of one and two characters are looked for. Every
/// character, every two that follow one another, and every three Latin letters or digits (two of them are in half of all texts) are a gram; so are the
/// areas that a task lies in, so that a search within an area counts what is there. A text that holds a word holds the grams of the word; whether one
/// with these grams holds the word is seen in the text itself.
/// </summary>
public static class Grams
{
    /// <summary>Full-width and half-width, upper and lower case are one.</summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Half of a surrogate pair has no normal form: it is nothing that can be looked for.
        var whole = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? string.Concat(text.EnumerateRunes()) : text;
        return whole.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Replace('\0', '\uFFFD');
    }

    /// <summary>The grams of a normalized text and of an area's path, each once, with spaces between them.</summary>
    public static string Of(string text, string areaPath)
    {
        ArgumentNullException.ThrowIfNull(text);
        var grams = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length; at++)
        {
            if (IsGap(text[at])) continue;
            grams.Add(Encode(text.AsSpan(at, 1)));
            if (at + 1 >= text.Length || IsGap(text[at + 1])) continue;
            grams.Add(Encode(text.AsSpan(at, 2)));
            if (at + 2 < text.Length && IsLatin(text, at)) grams.Add(Encode(text.AsSpan(at, 3)));
        }
        return string.Join(' ', grams.Concat(AreaLevels.Codes(areaPath).Select(OfArea)));
    }

    /// <summary>The grams that a text with this word has.</summary>
    /// <param name="word">Normalized, without spaces.</param>
    public static IEnumerable<string> OfWord(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word.Length == 1) return [Encode(word)];
        var grams = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at + 1 < word.Length; at++)
            // Three letters say more than the two pairs in them.
            if (at + 2 < word.Length && IsLatin(word, at)) grams.Add(Encode(word.AsSpan(at, 3)));
            else if (at == 0 || !IsLatin(word, at - 1)) grams.Add(Encode(word.AsSpan(at, 2)));
        return grams;
    }

    /// <summary>The gram of everything within an area. No other begins with its letter.</summary>
    public static string OfArea(string code) => $"x{Encode(code)}";

    private static bool IsLatin(string text, int at) => at + 2 < text.Length && char.IsAsciiLetterOrDigit(text[at]) && char.IsAsciiLetterOrDigit(text[at + 1]) && char.IsAsciiLetterOrDigit(text[at + 2]);

    private static bool IsGap(char letter) => char.IsWhiteSpace(letter) || char.IsControl(letter);

    /// <summary>As hexadecimal digits: what no index takes for punctuation or syntax.</summary>
    private static string Encode(ReadOnlySpan<char> letters)
    {
        Span<char> digits = stackalloc char[letters.Length * 4];
        for (var at = 0; at < letters.Length; at++) ((int)letters[at]).TryFormat(digits[(at * 4)..], out _, "x4", CultureInfo.InvariantCulture);
        return new(digits);
    }
}
