using System.Collections.Frozen;
using System.Text;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>String.prototype.</summary>
internal static class TextMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Value.From(Constructors.Text))],
        ("toString", 0, static (run, self, _) => SelfValue(run, self)),
        ("valueOf", 0, static (run, self, _) => SelfValue(run, self)),
        ("at", 1, At),
        ("charAt", 1, CharAt),
        ("charCodeAt", 1, CharCodeAt),
        ("codePointAt", 1, CodePointAt),
        ("slice", 2, Slice),
        ("substring", 2, Substring),
        ("substr", 2, Substr),
        ("concat", 1, Concat),
        ("repeat", 1, Repeat),
        ("padStart", 2, static (run, self, arguments) => Pad(run, self, arguments, true)),
        ("padEnd", 2, static (run, self, arguments) => Pad(run, self, arguments, false)),
        ("trim", 0, static (run, self, _) => Trim(run, self, static text => text.Trim(Whitespace.ToTrim))),
        ("trimStart", 0, static (run, self, _) => Trim(run, self, static text => text.TrimStart(Whitespace.ToTrim))),
        ("trimEnd", 0, static (run, self, _) => Trim(run, self, static text => text.TrimEnd(Whitespace.ToTrim))),
        ("trimLeft", 0, static (run, self, _) => Trim(run, self, static text => text.TrimStart(Whitespace.ToTrim))),
        ("trimRight", 0, static (run, self, _) => Trim(run, self, static text => text.TrimEnd(Whitespace.ToTrim))),
        ("toUpperCase", 0, static (run, self, _) => Change(run, self, Casing.ToUpper)),
        ("toLowerCase", 0, static (run, self, _) => Change(run, self, Casing.ToLower)),
        ("toLocaleUpperCase", 0, static (run, self, _) => Change(run, self, Casing.ToUpper)),
        ("toLocaleLowerCase", 0, static (run, self, _) => Change(run, self, Casing.ToLower)),
        ("normalize", 0, Normalize),
        ("localeCompare", 1, LocaleCompare),
        ("indexOf", 1, TextSearches.IndexOf),
        ("lastIndexOf", 1, TextSearches.LastIndexOf),
        ("includes", 1, TextSearches.Includes),
        ("startsWith", 1, TextSearches.StartsWith),
        ("endsWith", 1, TextSearches.EndsWith),
        ("split", 2, TextReplacements.Split),
        ("replace", 2, TextReplacements.Replace),
        ("replaceAll", 2, TextReplacements.ReplaceAll),
        ("match", 1, TextMatches.Match),
        ("matchAll", 1, TextMatches.MatchAll),
        ("search", 1, TextMatches.Search));

    /// <summary>The string that a method is called on.</summary>
    public static string Self(Evaluation run, Value self) => SelfValue(run, self).Text(run.Meter);

    public static Value Slice(Evaluation run, string text, int start, int end)
    {
        if (start >= end) return Value.EmptyText;
        if (end - start == 1) return Characters.At(run, text, start);
        if (start == 0 && end == text.Length) return Value.From(text);
        run.Meter.Text(end - start);
        return Value.From(text[start..end]);
    }

    private static Value SelfValue(Evaluation run, Value self) =>
        self.IsNullish ? throw run.TypeError("A string method was called on null or undefined") : Conversions.ToTextValue(run, self);

    private static Value At(Evaluation run, Value self, Arguments arguments)
    {
        var text = Self(run, self);
        var index = Conversions.ToInteger(run, arguments[0]);
        if (index < 0) index += text.Length;
        return index >= 0 && index < text.Length ? Characters.At(run, text, (int)index) : Value.Undefined;
    }

    private static Value CharAt(Evaluation run, Value self, Arguments arguments)
    {
        var text = Self(run, self);
        var index = Conversions.ToInteger(run, arguments[0]);
        return index >= 0 && index < text.Length ? Characters.At(run, text, (int)index) : Value.EmptyText;
    }

    private static Value CharCodeAt(Evaluation run, Value self, Arguments arguments)
    {
        var text = Self(run, self);
        var index = Conversions.ToInteger(run, arguments[0]);
        return index >= 0 && index < text.Length ? Value.From(text[(int)index]) : Value.NaN;
    }

    private static Value CodePointAt(Evaluation run, Value self, Arguments arguments)
    {
        var text = Self(run, self);
        var index = Conversions.ToInteger(run, arguments[0]);
        if (index < 0 || index >= text.Length) return Value.Undefined;
        return Value.From(Rune.TryGetRuneAt(text, (int)index, out var rune) ? rune.Value : text[(int)index]);
    }

    private static Value Slice(Evaluation run, Value self, Arguments arguments)
    {
        var text = Self(run, self);
        return Slice(run, text, Conversions.ToPosition(run, arguments[0], text.Length, 0), Conversions.ToPosition(run, arguments[1], text.Length, text.Length));
    }

    private static Value Substring(Evaluation run, Value self, Arguments arguments)
    {
        var text = Self(run, self);
        var start = (int)Math.Clamp(Conversions.ToInteger(run, arguments[0]), 0, text.Length);
        var end = arguments[1].IsUndefined ? text.Length : (int)Math.Clamp(Conversions.ToInteger(run, arguments[1]), 0, text.Length);
        return Slice(run, text, Math.Min(start, end), Math.Max(start, end));
    }

    private static Value Substr(Evaluation run, Value self, Arguments arguments)
    {
        var text = Self(run, self);
        var start = Conversions.ToPosition(run, arguments[0], text.Length, 0);
        var length = arguments[1].IsUndefined ? text.Length : Conversions.ToInteger(run, arguments[1]);
        return Slice(run, text, start, (int)Math.Clamp(start + length, start, text.Length));
    }

    private static Value Concat(Evaluation run, Value self, Arguments arguments)
    {
        var joined = SelfValue(run, self);
        foreach (var part in arguments.Items)
        {
            run.Meter.Step();
            joined = Rope.Concat(run.Meter, joined, Conversions.ToTextValue(run, part));
        }
        return joined;
    }

    private static Value Repeat(Evaluation run, Value self, Arguments arguments)
    {
        var text = Self(run, self);
        var count = Conversions.ToInteger(run, arguments[0]);
        if (count < 0 || double.IsInfinity(count)) throw run.RangeError("Invalid count value: " + NumberText.Format(count));
        return Value.From(Repeat(run, text, count));
    }

    private static string Repeat(Evaluation run, string text, double count)
    {
        if (text.Length == 0 || count == 0) return "";
        run.Meter.Text((long)Math.Min(text.Length * count, int.MaxValue));
        run.Meter.Work((long)count);
        return string.Create(text.Length * (int)count, text, static (target, piece) =>
        {
            for (var at = 0; at < target.Length; at += piece.Length) piece.CopyTo(target[at..]);
        });
    }

    private static Value Pad(Evaluation run, Value self, Arguments arguments, bool atStart)
    {
        var text = Self(run, self);
        var length = Conversions.ToInteger(run, arguments[0]);
        var filler = arguments[1].IsUndefined ? " " : Conversions.ToText(run, arguments[1]);
        var missing = length - text.Length;
        if (missing <= 0 || filler.Length == 0) return Value.From(text);
        run.Meter.Text((long)Math.Min(length, int.MaxValue));
        var padding = Repeat(run, filler, Math.Ceiling(missing / filler.Length))[..(int)missing];
        return Value.From(atStart ? padding + text : text + padding);
    }

    private static Value Trim(Evaluation run, Value self, Func<string, string> trim)
    {
        var text = Self(run, self);
        run.Meter.Text(text.Length);
        return Value.From(trim(text));
    }

    private static Value Change(Evaluation run, Value self, Func<string, string> change)
    {
        var text = Self(run, self);
        run.Meter.Text(text.Length * 2L);
        run.Meter.Work(text.Length >> 2);
        return Value.From(change(text));
    }

    private static Value Normalize(Evaluation run, Value self, Arguments arguments)
    {
        var text = Self(run, self);
        var form = arguments[0].IsUndefined ? "NFC" : Conversions.ToText(run, arguments[0]);
        run.Meter.Text(text.Length * 4L);
        run.Meter.Work(text.Length * 2L);
        var wanted = form switch
        {
            "NFC" => NormalizationForm.FormC,
            "NFD" => NormalizationForm.FormD,
            "NFKC" => NormalizationForm.FormKC,
            "NFKD" => NormalizationForm.FormKD,
            _ => throw run.RangeError("The normalization form should be one of NFC, NFD, NFKC, NFKD."),
        };
        return Value.From(TextEncoding.WithoutLoneSurrogates(text).Normalize(wanted));
    }

    /// <summary>By code units: the same on every machine, in whatever language it is set to.</summary>
    private static Value LocaleCompare(Evaluation run, Value self, Arguments arguments)
    {
        var order = Operators.CompareText(run, SelfValue(run, self), Conversions.ToTextValue(run, arguments[0]));
        return Value.From(Math.Sign(order));
    }
}
