using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Object and Object.prototype.</summary>
internal static class ObjectMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Value.From(Constructors.Object))],
        ("hasOwnProperty", 1, static (run, self, arguments) => Value.From(HasOwn(run, self, arguments[0]))),
        ("propertyIsEnumerable", 1, static (run, self, arguments) => Value.From(HasOwn(run, self, arguments[0]))),
        ("isPrototypeOf", 1, IsPrototypeOf),
        ("toString", 0, Show),
        ("toLocaleString", 0, static (run, self, _) => Conversions.ToTextValue(run, self)),
        ("valueOf", 0, static (_, self, _) => self));

    public static readonly FrozenDictionary<string, Value> Statics = Native.Table(
        [("prototype", Value.From(Prototypes.Object))],
        ("keys", 1, static (run, _, arguments) => Value.From(ArrayObject.OfTexts(run, Names(run, arguments[0])))),
        ("getOwnPropertyNames", 1, static (run, _, arguments) => Value.From(ArrayObject.OfTexts(run, Names(run, arguments[0])))),
        ("values", 1, Values),
        ("entries", 1, Entries),
        ("assign", 2, Assign),
        ("fromEntries", 1, FromEntries),
        ("create", 2, Create),
        ("getPrototypeOf", 1, static (run, _, arguments) => arguments[0].AsObject?.Prototype is { } prototype ? Value.From(prototype) : Value.Null),
        ("is", 2, static (run, _, arguments) => Value.From(Operators.SameValue(run, arguments[0], arguments[1]))),
        ("hasOwn", 2, static (run, _, arguments) => Value.From(HasOwn(run, arguments[0], arguments[1]))),
        ("freeze", 1, static (run, _, arguments) => Close(run, arguments[0], Closing.Frozen)),
        ("seal", 1, static (run, _, arguments) => Close(run, arguments[0], Closing.Sealed)),
        ("preventExtensions", 1, static (run, _, arguments) => Close(run, arguments[0], Closing.NotExtensible)),
        ("isFrozen", 1, static (_, _, arguments) => Value.From(IsClosed(arguments[0], Closing.Frozen))),
        ("isSealed", 1, static (_, _, arguments) => Value.From(IsClosed(arguments[0], Closing.Sealed))),
        ("isExtensible", 1, static (_, _, arguments) => Value.From(!IsClosed(arguments[0], Closing.NotExtensible))),
        ("groupBy", 2, GroupBy));

    public static Value Construct(Evaluation run, Value self, Arguments arguments) =>
        arguments[0].IsNullish ? Value.From(ScriptObject.New(run)) : arguments[0];

    private static List<string> Names(Evaluation run, Value value) =>
        value.IsNullish ? throw run.TypeError("Cannot convert undefined or null to object") : Properties.OwnNames(run, value);

    private static bool HasOwn(Evaluation run, Value target, Value key)
    {
        var name = Conversions.ToName(run, key);
        if (target.AsObject is { } holder) return holder.TryGetOwn(run, name, out _);
        if (target.IsNullish) throw run.TypeError("Cannot convert undefined or null to object");
        return target.IsText && (name == "length" || (ArrayIndex.TryParse(name, out var index) && index < target.TextLength));
    }

    private static Value IsPrototypeOf(Evaluation run, Value self, Arguments arguments)
    {
        for (var link = arguments[0].AsObject?.Prototype; link is not null; link = link.Prototype)
        {
            run.Meter.Step();
            if (link == self.AsObject) return Value.True;
        }
        return Value.False;
    }

    private static Value Show(Evaluation run, Value self, Arguments arguments) => Value.From(self.Kind switch
    {
        ValueKind.Undefined => "[object Undefined]",
        ValueKind.Null => "[object Null]",
        ValueKind.Number => "[object Number]",
        ValueKind.Boolean => "[object Boolean]",
        ValueKind.Text => "[object String]",
        _ => $"[object {self.AsObject!.ClassName}]",
    });

    private static Value Values(Evaluation run, Value self, Arguments arguments)
    {
        var values = ArrayObject.New(run);
        foreach (var name in Names(run, arguments[0]))
        {
            run.Meter.Step();
            values.Add(run, Properties.Get(run, arguments[0], name));
        }
        return Value.From(values);
    }

    private static Value Entries(Evaluation run, Value self, Arguments arguments)
    {
        var entries = ArrayObject.New(run);
        foreach (var name in Names(run, arguments[0]))
        {
            run.Meter.Step();
            entries.Add(run, Value.From(ArrayObject.Copy(run, [Value.From(name), Properties.Get(run, arguments[0], name)])));
        }
        return Value.From(entries);
    }

    private static Value Assign(Evaluation run, Value self, Arguments arguments)
    {
        if (arguments[0].AsObject is not { } target) throw run.TypeError("Cannot convert undefined or null to object");
        foreach (var source in arguments.Items[1..])
        {
            run.Meter.Step();
            foreach (var name in Properties.OwnNames(run, source))
            {
                run.Meter.Step();
                target.Set(run, name, Properties.Get(run, source, name));
            }
        }
        return arguments[0];
    }

    private static Value FromEntries(Evaluation run, Value self, Arguments arguments)
    {
        var target = ScriptObject.New(run);
        var entries = Sequence.Over(run, arguments[0]);
        while (entries.Next(run, out var entry))
        {
            if (!entry.IsObject) throw run.TypeError($"Iterator value {Native.Show(run, entry)} is not an entry object");
            target.Define(run, Conversions.ToName(run, Properties.Get(run, entry, Value.Zero)), Properties.Get(run, entry, Value.From(1)));
        }
        return Value.From(target);
    }

    private static Value Create(Evaluation run, Value self, Arguments arguments)
    {
        if (arguments[0].AsObject is null && arguments[0].Kind != ValueKind.Null) throw run.TypeError("Object prototype may only be an Object or null");
        if (!arguments[1].IsUndefined) throw run.TypeError("Object.create with property descriptors is not available");
        return Value.From(ScriptObject.New(run, arguments[0].AsObject));
    }

    private static Value Close(Evaluation run, Value target, Closing closing)
    {
        target.AsObject?.Close(run, closing);
        return target;
    }

    private static bool IsClosed(Value target, Closing closing) => target.AsObject is not { } holder || holder.Closing >= closing;

    private static Value GroupBy(Evaluation run, Value self, Arguments arguments)
    {
        var groups = ScriptObject.New(run, null);
        var keyOf = Native.Callback(run, arguments[1]);
        var items = Sequence.Over(run, arguments[0]);
        for (var index = 0; items.Next(run, out var item); index++)
        {
            var name = Conversions.ToName(run, keyOf.Call(run, item, Value.From(index)));
            if (!groups.TryGetOwn(run, name, out var group))
            {
                group = Value.From(ArrayObject.New(run));
                groups.Define(run, name, group);
            }
            group.AsArray!.Add(run, item);
        }
        return Value.From(groups);
    }
}
