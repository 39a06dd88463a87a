using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Set.prototype.</summary>
internal static class SetMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Value.From(Constructors.Set))],
        ("add", 1, Add),
        ("has", 1, static (run, self, arguments) => Value.From(Self(run, self).TryGet(arguments[0], out _))),
        ("delete", 1, static (run, self, arguments) => Value.From(Self(run, self).Remove(arguments[0]))),
        ("clear", 0, Clear),
        ("forEach", 1, ForEach),
        ("keys", 0, static (run, self, _) => IteratorObject.New(run, new EntrySequence(Self(run, self), EntryPart.Key))),
        ("values", 0, static (run, self, _) => IteratorObject.New(run, new EntrySequence(Self(run, self), EntryPart.Key))),
        ("entries", 0, static (run, self, _) => IteratorObject.New(run, new EntrySequence(Self(run, self), EntryPart.Both))));

    public static Value Construct(Evaluation run, Value self, Arguments arguments)
    {
        run.Meter.Allocate(400);
        var set = new SetObject(run);
        if (arguments[0].IsNullish) return Value.From(set);
        var values = Sequence.Over(run, arguments[0]);
        while (values.Next(run, out var value)) set.Entries.Set(value, value);
        return Value.From(set);
    }

    private static KeyedEntries Self(Evaluation run, Value self) =>
        (self.AsObject as SetObject)?.Entries ?? throw run.TypeError("A method of Set was called on what is not a Set");

    private static Value Add(Evaluation run, Value self, Arguments arguments)
    {
        Self(run, self).Set(arguments[0], arguments[0]);
        return self;
    }

    private static Value Clear(Evaluation run, Value self, Arguments arguments)
    {
        Self(run, self).Clear();
        return Value.Undefined;
    }

    private static Value ForEach(Evaluation run, Value self, Arguments arguments)
    {
        var entries = Self(run, self);
        var visit = Native.Callback(run, arguments[0], arguments[1]);
        for (var position = 0; entries.Next(ref position, out var key, out _);) visit.Call(run, key, key, self);
        return Value.Undefined;
    }
}
