namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The entries of a Map or Set in the order they were added. May change while it is walked: a position stays valid.</summary>
internal sealed class KeyedEntries(Evaluation run)
{
    private readonly Dictionary<Value, int> index = new(new SameValueZero(run.Meter));
    private readonly List<(Value Key, Value Content, bool Live)> entries = [];

    public int Count => index.Count;

    /// <summary>One after the last position.</summary>
    public int End => entries.Count;

    public bool TryGet(Value key, out Value content)
    {
        var found = index.TryGetValue(Prepare(key), out var at);
        content = found ? entries[at].Content : default;
        return found;
    }

    public void Set(Value key, Value content)
    {
        key = Prepare(key);
        if (index.TryGetValue(key, out var at))
        {
            entries[at] = entries[at] with { Content = content };
            return;
        }
        if (entries.Count >= run.Meter.Limits.MaxArrayLength) run.Meter.Slots(entries.Count + 1L);
        run.Meter.Allocate(240);
        run.Meter.Work(4);
        index.Add(key, entries.Count);
        entries.Add((key, content, true));
    }

    public bool Remove(Value key)
    {
        if (!index.Remove(Prepare(key), out var at)) return false;
        entries[at] = default;
        return true;
    }

    public void Clear()
    {
        run.Meter.Work(entries.Count);
        index.Clear();
        for (var at = 0; at < entries.Count; at++) entries[at] = default;
    }

    /// <summary>The next live entry at or after a position, which moves behind it.</summary>
    public bool Next(ref int position, out Value key, out Value content)
    {
        while (position < entries.Count)
        {
            run.Meter.Step();
            var entry = entries[position++];
            if (!entry.Live) continue;
            (key, content) = (entry.Key, entry.Content);
            return true;
        }
        key = content = default;
        return false;
    }

    /// <summary>Pays for the hash of a string, and joins it.</summary>
    private Value Prepare(Value key)
    {
        run.Meter.Step();
        if (!key.IsText) return key;
        run.Meter.Characters(key.TextLength * 4L);
        return Value.From(key.Text(run.Meter));
    }

    /// <summary>Pays nothing: how often it is asked depends on hashes, which differ from process to process.</summary>
    private sealed class SameValueZero(Meter meter) : IEqualityComparer<Value>
    {
        public bool Equals(Value left, Value right)
        {
            if (left.Kind != right.Kind) return false;
            return left.Kind switch
            {
                ValueKind.Number => left.Number.Equals(right.Number) || left.Number == right.Number,
                ValueKind.Boolean => left.Truth == right.Truth,
                ValueKind.Text => left.Text(meter) == right.Text(meter),
                _ => left.IsSame(right),
            };
        }

        public int GetHashCode(Value value) => value.Kind switch
        {
            ValueKind.Number => HashCode.Combine(value.Number == 0 ? 0.0 : value.Number),
            ValueKind.Boolean => value.Truth ? 1 : 2,
            ValueKind.Text => string.GetHashCode(value.Text(meter), StringComparison.Ordinal),
            ValueKind.Object => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.AsObject),
            _ => 0,
        };
    }
}

internal sealed class MapObject(Evaluation run) : ScriptObject(Prototypes.Map)
{
    public override string ClassName => "Map";

    public KeyedEntries Entries { get; } = new(run);

    public override bool TryGetOwn(Evaluation evaluation, string name, out Value value)
    {
        value = name == "size" ? Value.From(Entries.Count) : default;
        return name == "size" || base.TryGetOwn(evaluation, name, out value);
    }
}

internal sealed class SetObject(Evaluation run) : ScriptObject(Prototypes.Set)
{
    public override string ClassName => "Set";

    public KeyedEntries Entries { get; } = new(run);

    public override bool TryGetOwn(Evaluation evaluation, string name, out Value value)
    {
        value = name == "size" ? Value.From(Entries.Count) : default;
        return name == "size" || base.TryGetOwn(evaluation, name, out value);
    }
}
