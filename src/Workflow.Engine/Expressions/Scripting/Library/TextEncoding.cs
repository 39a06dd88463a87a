using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>encodeURIComponent and its like, and base 64.</summary>
internal static class TextEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";
    private const string Reserved = ";/?:@&=+$,#";

    public static readonly FrozenDictionary<string, Value> Functions = Native.Table(
        ("encodeURIComponent", 1, static (run, _, arguments) => Encode(run, arguments[0], Unreserved)),
        ("encodeURI", 1, static (run, _, arguments) => Encode(run, arguments[0], Unreserved + Reserved)),
        ("decodeURIComponent", 1, static (run, _, arguments) => Decode(run, arguments[0], "")),
        ("decodeURI", 1, static (run, _, arguments) => Decode(run, arguments[0], Reserved)),
        ("btoa", 1, static (run, _, arguments) => ToBase64(run, Latin(run, Text(run, arguments[0])))),
        ("atob", 1, static (run, _, arguments) => FromBytes(run, FromBase64(run, arguments[0]), Encoding.Latin1)),
        ("stringToBase64", 1, static (run, _, arguments) => ToBase64(run, Utf8(run, arguments[0]))),
        ("stringFromBase64", 1, static (run, _, arguments) => FromBytes(run, FromBase64(run, arguments[0]), Encoding.UTF8)),
        ("bytesFromString", 1, static (run, _, arguments) => ToArray(run, Utf8(run, arguments[0]))),
        ("bytesToString", 1, static (run, _, arguments) => FromBytes(run, Bytes(run, arguments[0]), Encoding.UTF8)),
        ("bytesFromBase64", 1, static (run, _, arguments) => ToArray(run, FromBase64(run, arguments[0]))),
        ("bytesToBase64", 1, static (run, _, arguments) => ToBase64(run, Bytes(run, arguments[0]))),
        ("stringToBytes", 1, static (run, _, arguments) => ToArray(run, Utf8(run, arguments[0]))));

    /// <summary>The text with halves of surrogate pairs, which no encoding can carry, replaced.</summary>
    public static string WithoutLoneSurrogates(string text) => IsWellFormed(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether each surrogate is half of a pair.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])) return false;
            at++;
        }
        return true;
    }

    /// <summary>The text of an argument; pays for turning it into something else.</summary>
    private static string Text(Evaluation run, Value value)
    {
        var text = Conversions.ToText(run, value);
        run.Meter.Work(text.Length);
        run.Meter.Allocate(text.Length * 12L);
        return text;
    }

    private static byte[] Utf8(Evaluation run, Value value) => Encoding.UTF8.GetBytes(Text(run, value));

    private static byte[] Latin(Evaluation run, string text) =>
        text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF')
            ? throw run.TypeError("btoa takes characters up to U+00FF only; use stringToBase64")
            : Encoding.Latin1.GetBytes(text);

    private static Value ToBase64(Evaluation run, byte[] bytes)
    {
        run.Meter.Text(bytes.Length * 4L / 3);
        return Value.From(Convert.ToBase64String(bytes));
    }

    private static byte[] FromBase64(Evaluation run, Value value)
    {
        var text = Text(run, value);
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw run.TypeError("The string is not correctly encoded in base 64");
        }
    }

    private static Value FromBytes(Evaluation run, byte[] bytes, Encoding encoding)
    {
        run.Meter.Text(bytes.Length);
        return Value.From(encoding.GetString(bytes));
    }

    private static Value ToArray(Evaluation run, byte[] bytes)
    {
        run.Meter.Slots(bytes.Length);
        return Value.From(ArrayObject.Over(run, Array.ConvertAll(bytes, static item => Value.From(item))));
    }

    private static byte[] Bytes(Evaluation run, Value value)
    {
        var array = ArrayMethods.Self(run, value);
        run.Meter.Work(array.Count);
        run.Meter.Allocate(24 + array.Count);
        var bytes = new byte[array.Count];
        for (var index = 0; index < bytes.Length; index++) bytes[index] = (byte)Conversions.ToInt32(run, array[index]);
        return bytes;
    }

    private static Value Encode(Evaluation run, Value value, string kept)
    {
        var text = Text(run, value);
        if (!IsWellFormed(text)) throw new ScriptThrow(run, Value.From(run.NewError(Prototypes.UriError, "URI malformed")));
        var result = new TextAccumulator(run);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && kept.Contains((char)rune.Value))
            {
                result.Append((char)rune.Value);
                continue;
            }
            foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
            {
                result.Append('%');
                result.Append("0123456789ABCDEF"[part >> 4]);
                result.Append("0123456789ABCDEF"[part & 15]);
            }
        }
        return result.ToValue();
    }

    private static Value Decode(Evaluation run, Value value, string kept)
    {
        var text = Text(run, value);
        var result = new TextAccumulator(run);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '%')
            {
                result.Append(text[at++]);
                continue;
            }
            var start = at;
            var decoded = DecodeRune(text, ref at) ?? throw new ScriptThrow(run, Value.From(run.NewError(Prototypes.UriError, "URI malformed")));
            if (decoded.IsAscii && kept.Contains((char)decoded.Value)) result.Append(text.AsSpan(start, at - start));
            else result.Append(decoded.ToString());
        }
        return result.ToValue();
    }

    private static Rune? DecodeRune(string text, ref int at)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        while (count < 4 && at + 2 < text.Length && text[at] == '%' && TryHex(text.AsSpan(at + 1, 2), out bytes[count]))
        {
            at += 3;
            count++;
            var status = Rune.DecodeFromUtf8(bytes[..count], out var rune, out _);
            if (status == System.Buffers.OperationStatus.Done) return rune;
            if (status == System.Buffers.OperationStatus.InvalidData) return null;
        }
        return null;
    }

    private static bool TryHex(ReadOnlySpan<char> text, out byte value) => byte.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
