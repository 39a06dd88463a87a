using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>What stands on the constructors themselves, such as Array.isArray.</summary>
internal static class ConstructorMembers
{
    public static readonly FrozenDictionary<string, Value> Array = Native.Table(
        [("prototype", Value.From(Prototypes.Array))],
        ("isArray", 1, static (_, _, arguments) => Value.From(arguments[0].AsArray is not null)),
        ("of", 0, static (run, _, arguments) => Value.From(ArrayObject.Copy(run, arguments.Items))),
        ("from", 1, ArrayFrom));

    public static readonly FrozenDictionary<string, Value> Text = Native.Table(
        [("prototype", Value.From(Prototypes.Text))],
        ("fromCharCode", 1, FromCharCode),
        ("fromCodePoint", 1, FromCodePoint));

    public static readonly FrozenDictionary<string, Value> Boolean = Native.Table([("prototype", Value.From(Prototypes.Boolean))]);
    public static readonly FrozenDictionary<string, Value> Map = Native.Table([("prototype", Value.From(Prototypes.Map))]);
    public static readonly FrozenDictionary<string, Value> Set = Native.Table([("prototype", Value.From(Prototypes.Set))]);
    public static readonly FrozenDictionary<string, Value> Regex = Native.Table([("prototype", Value.From(Prototypes.Regex))]);

    private static Value ArrayFrom(Evaluation run, Value self, Arguments arguments)
    {
        var source = arguments[0];
        if (source.IsNullish) throw run.TypeError($"{(source.IsUndefined ? "undefined" : "null")} is not iterable");
        var items = Sequence.IsIterable(source) ? Sequence.Over(run, source).ToArray(run) : ArrayObject.Copy(run, ArrayMethods.Self(run, source).Items);
        if (arguments[1].IsUndefined) return Value.From(items);
        var change = Native.Callback(run, arguments[1], arguments[2]);
        for (var index = 0; index < items.Count; index++)
        {
            run.Meter.Step();
            items.SetIndex(run, (uint)index, change.Call(run, items[index], Value.From(index)));
        }
        return Value.From(items);
    }

    private static Value FromCharCode(Evaluation run, Value self, Arguments arguments)
    {
        var text = new TextAccumulator(run);
        foreach (var code in arguments.Items) text.Append((char)Conversions.ToInt32(run, code));
        return text.ToValue();
    }

    private static Value FromCodePoint(Evaluation run, Value self, Arguments arguments)
    {
        var text = new TextAccumulator(run);
        foreach (var item in arguments.Items)
        {
            var code = Conversions.ToNumber(run, item);
            if (code is not (>= 0 and <= 0x10FFFF) || code != Math.Truncate(code)) throw run.RangeError("Invalid code point " + NumberText.Format(code));
            if (code > char.MaxValue) text.Append(char.ConvertFromUtf32((int)code));
            else text.Append((char)code);
        }
        return text.ToValue();
    }
}
