using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Map.prototype.</summary>
internal static class MapMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Value.From(Constructors.Map))],
        ("get", 1, static (run, self, arguments) => Self(run, self).TryGet(arguments[0], out var value) ? value : Value.Undefined),
        ("set", 2, Set),
        ("has", 1, static (run, self, arguments) => Value.From(Self(run, self).TryGet(arguments[0], out _))),
        ("delete", 1, static (run, self, arguments) => Value.From(Self(run, self).Remove(arguments[0]))),
        ("clear", 0, Clear),
        ("forEach", 1, ForEach),
        ("keys", 0, static (run, self, _) => IteratorObject.New(run, new EntrySequence(Self(run, self), EntryPart.Key))),
        ("values", 0, static (run, self, _) => IteratorObject.New(run, new EntrySequence(Self(run, self), EntryPart.Content))),
        ("entries", 0, static (run, self, _) => IteratorObject.New(run, new EntrySequence(Self(run, self), EntryPart.Both))));

    public static Value Construct(Evaluation run, Value self, Arguments arguments)
    {
        run.Meter.Allocate(400);
        var map = new MapObject(run);
        if (arguments[0].IsNullish) return Value.From(map);
        var pairs = Sequence.Over(run, arguments[0]);
        while (pairs.Next(run, out var pair))
        {
            if (!pair.IsObject) throw run.TypeError($"Iterator value {Native.Show(run, pair)} is not an entry object");
            map.Entries.Set(Properties.Get(run, pair, Value.Zero), Properties.Get(run, pair, Value.From(1)));
        }
        return Value.From(map);
    }

    private static KeyedEntries Self(Evaluation run, Value self) =>
        (self.AsObject as MapObject)?.Entries ?? throw run.TypeError("A method of Map was called on what is not a Map");

    private static Value Set(Evaluation run, Value self, Arguments arguments)
    {
        Self(run, self).Set(arguments[0], arguments[1]);
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
        for (var position = 0; entries.Next(ref position, out var key, out var content);) visit.Call(run, content, key, self);
        return Value.Undefined;
    }
}
