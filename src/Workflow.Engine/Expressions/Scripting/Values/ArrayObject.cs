namespace Workflow.Engine.Expressions.Scripting;

/// <summary>An array. Items that were never set are holes; every slot up to the length is there and was paid for.</summary>
internal sealed class ArrayObject : ScriptObject
{
    private Value[] items;

    private ArrayObject(Value[] items, int count)
        : base(Prototypes.Array)
    {
        this.items = items;
        Count = count;
    }

    public override string ClassName => "Array";

    public int Count { get; private set; }

    /// <summary>The items, holes as they are. Valid until the array changes.</summary>
    public ReadOnlySpan<Value> Items => items.AsSpan(0, Count);

    public static ArrayObject New(Evaluation run, int capacity = 0)
    {
        run.Meter.Allocate(72);
        if (capacity > 0) run.Meter.Slots(capacity);
        return new ArrayObject(capacity == 0 ? [] : new Value[capacity], 0);
    }

    /// <summary>Takes over items that were paid for already.</summary>
    public static ArrayObject Over(Evaluation run, Value[] items)
    {
        run.Meter.Allocate(72);
        return new ArrayObject(items, items.Length);
    }

    public static ArrayObject Copy(Evaluation run, ReadOnlySpan<Value> items)
    {
        run.Meter.Slots(items.Length);
        return Over(run, items.ToArray());
    }

    public static ArrayObject OfTexts(Evaluation run, IReadOnlyList<string> texts)
    {
        var array = New(run, texts.Count);
        foreach (var text in texts) array.Add(run, Value.From(text));
        return array;
    }

    public Value this[int index] => index < Count && !items[index].IsHole ? items[index] : Value.Undefined;

    public bool Holds(int index) => index < Count && !items[index].IsHole;

    public void Add(Evaluation run, Value value)
    {
        if (Closing != Closing.Open) throw run.TypeError("Cannot add an item, the array is not extensible");
        Reserve(run, Count + 1L);
        items[Count++] = value;
    }

    public override Value GetIndex(Evaluation run, uint index) =>
        index < (uint)Count && !items[index].IsHole ? items[index] : index < (uint)Count ? Value.Undefined : base.GetIndex(run, index);

    public override void SetIndex(Evaluation run, uint index, Value value)
    {
        if (Closing == Closing.Frozen) return;
        if (index < (uint)Count)
        {
            items[index] = value;
            return;
        }
        if (Closing != Closing.Open) return;
        Extend(run, index + 1L);
        items[index] = value;
    }

    /// <summary>Makes the array longer with holes, or shorter.</summary>
    public void SetLength(Evaluation run, double length)
    {
        if (!ArrayIndex.TryFrom(length, out var count) && length != uint.MaxValue) throw run.RangeError("Invalid array length");
        if (Closing != Closing.Open) return;
        if (length > Count)
        {
            Extend(run, (long)length);
            return;
        }
        run.Meter.Items(Count - count);
        Array.Clear(items, (int)count, Count - (int)count);
        Count = (int)count;
    }

    public override bool TryGetOwn(Evaluation run, string name, out Value value)
    {
        if (name == "length")
        {
            value = Value.From(Count);
            return true;
        }
        if (!ArrayIndex.TryParse(name, out var index)) return base.TryGetOwn(run, name, out value);
        value = this[(int)Math.Min(index, int.MaxValue)];
        return index < (uint)Count && !items[index].IsHole;
    }

    public override void Set(Evaluation run, string name, Value value)
    {
        if (ArrayIndex.TryParse(name, out var index)) SetIndex(run, index, value);
        else if (name == "length") SetLength(run, Conversions.ToNumber(run, value));
        else base.Set(run, name, value);
    }

    public override bool Delete(Evaluation run, string name)
    {
        if (name == "length" || Closing >= Closing.Sealed) return false;
        if (!ArrayIndex.TryParse(name, out var index)) return base.Delete(run, name);
        if (index < (uint)Count) items[index] = Value.Hole;
        return true;
    }

    public override List<string> OwnNames(Evaluation run)
    {
        run.Meter.Work(Count);
        run.Meter.Allocate(40L * Count);
        var names = new List<string>(Count);
        for (var index = 0; index < Count; index++)
            if (!items[index].IsHole) names.Add(run.IndexName((uint)index));
        names.AddRange(base.OwnNames(run));
        return names;
    }

    /// <summary>Replaces a stretch of items by others, moving what follows.</summary>
    public void Splice(Evaluation run, int start, int removed, ReadOnlySpan<Value> added)
    {
        if (Closing != Closing.Open) throw run.TypeError("Cannot change the length of an array that is not extensible");
        run.Meter.Items(Count - start + added.Length);
        var count = Count - removed + added.Length;
        Reserve(run, count);
        Array.Copy(items, start + removed, items, start + added.Length, Count - start - removed);
        added.CopyTo(items.AsSpan(start));
        if (count < Count) Array.Clear(items, count, Count - count);
        Count = count;
    }

    /// <summary>The items in place, to sort, reverse or fill.</summary>
    public Span<Value> Writable(Evaluation run)
    {
        if (Closing == Closing.Frozen) throw run.TypeError("Cannot change a frozen array");
        return items.AsSpan(0, Count);
    }

    private void Extend(Evaluation run, long count)
    {
        Reserve(run, count);
        run.Meter.Items(count - Count);
        items.AsSpan(Count, (int)count - Count).Fill(Value.Hole);
        Count = (int)count;
    }

    private void Reserve(Evaluation run, long count)
    {
        if (count <= items.Length) return;
        if (count > run.Meter.Limits.MaxArrayLength) run.Meter.Slots(count);
        var capacity = (int)Math.Min(Math.Max(count, Math.Max(4, items.Length * 2L)), run.Meter.Limits.MaxArrayLength);
        run.Meter.Slots(capacity);
        Array.Resize(ref items, capacity);
    }
}
