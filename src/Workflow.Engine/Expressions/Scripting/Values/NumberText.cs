using System.Buffers;
using System.Globalization;
using System.Text;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Numbers as text and back, by the rules of JavaScript.</summary>
internal static class NumberText
{
    /// <summary>From here on not every whole number is a double; the last digits are then zeros.</summary>
    private const double ExactWhole = 9007199254740992;

    /// <summary>Of the largest double in base 2, and some to spare.</summary>
    private const int MostDigits = 1_100;

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> InDecimals = SearchValues.Create("0123456789+-.eE");

    public static string Format(double number)
    {
        if (number is >= 0 and <= 9_999_999 && number == (int)number) return ((int)number).ToString(CultureInfo.InvariantCulture);
        if (double.IsNaN(number)) return "NaN";
        if (double.IsInfinity(number)) return number > 0 ? "Infinity" : "-Infinity";
        if (number == 0) return "0";
        var (digits, point) = Shortest(Math.Abs(number));
        return (number < 0 ? "-" : "") + Place(digits, point);
    }

    /// <summary>The digits and where the point stands, counted from their start, of a number with this many significant digits after the first.</summary>
    public static (string Digits, int Point) Exponential(double number, int fraction) => Split(Exact.Round(number, fraction));

    /// <summary>The fewest digits that read back as the same number, and where the point stands.</summary>
    public static (string Digits, int Point) Shortest(double number) => Split(number.ToString("R", CultureInfo.InvariantCulture));

    public static string WithExponent(string digits, int point)
    {
        var exponent = point - 1;
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
    }

    public static string InRadix(double number, int radix)
    {
        if (radix == 10 || !double.IsFinite(number)) return Format(number);
        var whole = Math.Floor(Math.Abs(number));
        var fraction = Math.Abs(number) - whole;
        Span<char> digits = stackalloc char[MostDigits];
        var first = digits.Length;
        for (; whole >= ExactWhole; whole /= radix) digits[--first] = '0';
        do
        {
            var digit = whole % radix;
            digits[--first] = Digits[(int)digit];
            whole = (whole - digit) / radix;
        }
        while (whole > 0);
        var text = new StringBuilder().Append(digits[first..]);
        if (fraction > 0) AppendFraction(text, fraction, Math.Abs(number), radix);
        return (number < 0 ? "-" : "") + text;
    }

    /// <summary>The value of a numeric string; NaN when it is none.</summary>
    public static double Parse(string text)
    {
        var trimmed = text.AsSpan().Trim(Whitespace.Characters);
        if (trimmed.Length == 0) return 0;
        if (trimmed is "Infinity" or "+Infinity") return double.PositiveInfinity;
        if (trimmed is "-Infinity") return double.NegativeInfinity;
        if (trimmed.Length > 2 && trimmed[0] == '0' && trimmed[1] is 'x' or 'X' or 'o' or 'O' or 'b' or 'B') return ParseWithPrefix(trimmed);
        if (trimmed.ContainsAnyExcept(InDecimals)) return double.NaN;
        return double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }

    /// <summary>The longest start of the text that is a number, as parseFloat reads it.</summary>
    public static double ParseStart(string text)
    {
        var start = text.AsSpan().TrimStart(Whitespace.Characters);
        var at = start.Length > 0 && start[0] is '+' or '-' ? 1 : 0;
        if (start[at..].StartsWith("Infinity")) return at == 1 && start[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        at = SkipDigits(start, at);
        if (at < start.Length && start[at] == '.') at = SkipDigits(start, at + 1);
        if (at < start.Length && start[at] is 'e' or 'E')
        {
            var exponent = at + 1;
            if (exponent < start.Length && start[exponent] is '+' or '-') exponent++;
            var end = SkipDigits(start, exponent);
            if (end > exponent) at = end;
        }
        return double.TryParse(start[..at], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }

    /// <summary>The start of the text as a whole number in a radix, as parseInt reads it; a radix of 0 means 10, or 16 after "0x".</summary>
    public static double ParseWhole(string text, int radix)
    {
        var rest = text.AsSpan().TrimStart(Whitespace.Characters);
        var negative = rest.Length > 0 && rest[0] == '-';
        if (rest.Length > 0 && rest[0] is '+' or '-') rest = rest[1..];
        if (radix is 0 or 16 && rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[2..];
            radix = 16;
        }
        if (radix == 0) radix = 10;
        if (radix is < 2 or > 36) return double.NaN;
        var end = 0;
        while (end < rest.Length && DigitOf(rest[end]) < radix) end++;
        if (end == 0) return double.NaN;
        var number = radix == 10 ? double.Parse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture) : Whole(rest[..end], radix);
        return negative ? -number : number;
    }

    private static string Place(string digits, int point)
    {
        if (digits.Length <= point && point <= 21) return digits.PadRight(point, '0');
        if (point is > 0 and <= 21) return digits.Insert(point, ".");
        if (point is > -6 and <= 0) return "0." + new string('0', -point) + digits;
        return WithExponent(digits, point);
    }

    /// <summary>Takes .NET's form (123.45, 1E-07, 1.5E+21) apart.</summary>
    private static (string Digits, int Point) Split(string text)
    {
        var exponentAt = text.IndexOf('E');
        var exponent = exponentAt < 0 ? 0 : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var pointAt = mantissa.IndexOf('.');
        var point = (pointAt < 0 ? mantissa.Length : pointAt) + exponent;
        var digits = mantissa.Replace(".", "");
        var leading = digits.Length - digits.TrimStart('0').Length;
        if (exponentAt >= 0) return (digits, point);
        digits = digits[leading..].TrimEnd('0');
        return (digits.Length == 0 ? "0" : digits, point - leading);
    }

    private static void AppendFraction(StringBuilder text, double fraction, double number, int radix)
    {
        text.Append('.');
        var delta = Math.Max(0.5 * (Math.BitIncrement(number) - number), double.Epsilon);
        do
        {
            fraction *= radix;
            delta *= radix;
            var digit = (int)fraction;
            text.Append(Digits[digit]);
            fraction -= digit;
            if (fraction <= 0.5 && (fraction != 0.5 || digit % 2 == 0)) continue;
            if (fraction + delta <= 1) continue;
            CarryUp(text, radix);
            break;
        }
        while (fraction >= delta);
    }

    private static void CarryUp(StringBuilder text, int radix)
    {
        var at = text.Length - 1;
        while (text[at] == Digits[radix - 1])
        {
            text.Length = at;
            at--;
        }
        if (text[at] != '.') text[at] = Digits[DigitOf(text[at]) + 1];
    }

    private static double ParseWithPrefix(ReadOnlySpan<char> text)
    {
        var radix = char.ToLowerInvariant(text[1]) switch
        {
            'x' => 16,
            'o' => 8,
            'b' => 2,
            _ => 0,
        };
        foreach (var letter in text[2..])
            if (DigitOf(letter) >= radix) return double.NaN;
        return Whole(text[2..], radix);
    }

    private static double Whole(ReadOnlySpan<char> digits, int radix)
    {
        var number = 0.0;
        foreach (var letter in digits) number = (number * radix) + DigitOf(letter);
        return number;
    }

    private static int SkipDigits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at;
    }

    private static int DigitOf(char letter) => letter switch
    {
        >= '0' and <= '9' => letter - '0',
        >= 'a' and <= 'z' => letter - 'a' + 10,
        >= 'A' and <= 'Z' => letter - 'A' + 10,
        _ => 99,
    };
}
