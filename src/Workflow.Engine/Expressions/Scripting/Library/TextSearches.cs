namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Looking for a string within another. Pays for what is really compared, also in the worst case of many near matches.</summary>
internal static class TextSearches
{
    public static int IndexOf(Evaluation run, string text, string wanted, int start)
    {
        if (wanted.Length == 0) return start <= text.Length ? start : -1;
        while (start + wanted.Length <= text.Length)
        {
            var skipped = text.AsSpan(start, text.Length - start - wanted.Length + 1).IndexOf(wanted[0]);
            run.Meter.Characters(skipped < 0 ? text.Length - start : skipped);
            if (skipped < 0) return -1;
            start += skipped;
            var common = text.AsSpan(start).CommonPrefixLength(wanted);
            run.Meter.Characters(common);
            if (common == wanted.Length) return start;
            start++;
        }
        return -1;
    }

    public static Value IndexOf(Evaluation run, Value self, Arguments arguments)
    {
        var text = TextMethods.Self(run, self);
        var wanted = Conversions.ToText(run, arguments[0]);
        var start = (int)Math.Clamp(Conversions.ToInteger(run, arguments[1]), 0, text.Length);
        return Value.From(IndexOf(run, text, wanted, start));
    }

    public static Value LastIndexOf(Evaluation run, Value self, Arguments arguments)
    {
        var text = TextMethods.Self(run, self);
        var wanted = Conversions.ToText(run, arguments[0]);
        var position = Conversions.ToNumber(run, arguments[1]);
        var start = double.IsNaN(position) ? text.Length : (int)Math.Clamp(position, 0, text.Length);
        for (var at = Math.Min(start, text.Length - wanted.Length); at >= 0; at--)
        {
            var common = text.AsSpan(at).CommonPrefixLength(wanted);
            run.Meter.Characters(common);
            if (common == wanted.Length) return Value.From(at);
        }
        return Value.From(-1);
    }

    public static Value Includes(Evaluation run, Value self, Arguments arguments)
    {
        var text = TextMethods.Self(run, self);
        var wanted = Wanted(run, arguments, "includes");
        var start = (int)Math.Clamp(Conversions.ToInteger(run, arguments[1]), 0, text.Length);
        return Value.From(IndexOf(run, text, wanted, start) >= 0);
    }

    public static Value StartsWith(Evaluation run, Value self, Arguments arguments)
    {
        var text = TextMethods.Self(run, self);
        var wanted = Wanted(run, arguments, "startsWith");
        var start = (int)Math.Clamp(Conversions.ToInteger(run, arguments[1]), 0, text.Length);
        run.Meter.Characters(wanted.Length);
        return Value.From(text.AsSpan(start).StartsWith(wanted, StringComparison.Ordinal));
    }

    public static Value EndsWith(Evaluation run, Value self, Arguments arguments)
    {
        var text = TextMethods.Self(run, self);
        var wanted = Wanted(run, arguments, "endsWith");
        var end = arguments[1].IsUndefined ? text.Length : (int)Math.Clamp(Conversions.ToInteger(run, arguments[1]), 0, text.Length);
        run.Meter.Characters(wanted.Length);
        return Value.From(text.AsSpan(0, end).EndsWith(wanted, StringComparison.Ordinal));
    }

    private static string Wanted(Evaluation run, Arguments arguments, string method)
    {
        if (arguments[0].AsObject is RegexObject) throw run.TypeError($"First argument to String.prototype.{method} must not be a regular expression");
        return Conversions.ToText(run, arguments[0]);
    }
}
