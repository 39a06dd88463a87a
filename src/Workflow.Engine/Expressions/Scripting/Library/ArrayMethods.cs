using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Array.prototype.</summary>
internal static class ArrayMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Value.From(Constructors.Array))],
        ("push", 1, Push),
        ("pop", 0, Pop),
        ("shift", 0, Shift),
        ("unshift", 1, Unshift),
        ("splice", 2, Splice),
        ("slice", 2, Slice),
        ("concat", 1, Concat),
        ("join", 1, Join),
        ("toString", 0, static (run, self, _) => Join(run, self, new Arguments([]))),
        ("toLocaleString", 0, static (run, self, _) => Join(run, self, new Arguments([]))),
        ("reverse", 0, Reverse),
        ("fill", 1, Fill),
        ("at", 1, At),
        ("with", 2, With),
        ("flat", 0, Flat),
        ("keys", 0, static (run, self, _) => IteratorObject.New(run, new ArraySequence(Self(run, self), EntryPart.Key))),
        ("values", 0, static (run, self, _) => IteratorObject.New(run, new ArraySequence(Self(run, self), EntryPart.Content))),
        ("entries", 0, static (run, self, _) => IteratorObject.New(run, new ArraySequence(Self(run, self), EntryPart.Both))),
        ("indexOf", 1, ArraySearches.IndexOf),
        ("lastIndexOf", 1, ArraySearches.LastIndexOf),
        ("includes", 1, ArraySearches.Includes),
        ("find", 1, ArraySearches.Find),
        ("findIndex", 1, ArraySearches.FindIndex),
        ("findLast", 1, ArraySearches.FindLast),
        ("findLastIndex", 1, ArraySearches.FindLastIndex),
        ("some", 1, ArraySearches.Some),
        ("every", 1, ArraySearches.Every),
        ("map", 1, ArrayFolds.Map),
        ("filter", 1, ArrayFolds.Filter),
        ("forEach", 1, ArrayFolds.ForEach),
        ("reduce", 1, ArrayFolds.Reduce),
        ("reduceRight", 1, ArrayFolds.ReduceRight),
        ("flatMap", 1, ArrayFolds.FlatMap),
        ("sort", 1, ArraySorting.Sort),
        ("toSorted", 1, ArraySorting.ToSorted),
        ("toReversed", 0, static (run, self, _) => Reverse(run, Value.From(ArrayObject.Copy(run, Self(run, self).Items)), default)),
        ("toSpliced", 2, ToSpliced));

    /// <summary>The array that a method is called on; a copy of anything else that has a length.</summary>
    public static ArrayObject Self(Evaluation run, Value self)
    {
        if (self.AsArray is { } array) return array;
        if (self.IsNullish) throw run.TypeError("An array method was called on null or undefined");
        var length = Conversions.ToInteger(run, Properties.Get(run, self, "length"));
        var copy = ArrayObject.New(run);
        for (var index = 0; index < length; index++)
        {
            run.Meter.Work(2);
            copy.Add(run, Properties.Get(run, self, Value.From(index)));
        }
        return copy;
    }

    private static Value Push(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        foreach (var item in arguments.Items)
        {
            run.Meter.Step();
            array.Add(run, item);
        }
        return Value.From(array.Count);
    }

    private static Value Pop(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        if (array.Count == 0) return Value.Undefined;
        var last = array[array.Count - 1];
        array.Splice(run, array.Count - 1, 1, []);
        return last;
    }

    private static Value Shift(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        if (array.Count == 0) return Value.Undefined;
        var first = array[0];
        array.Splice(run, 0, 1, []);
        return first;
    }

    private static Value Unshift(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        array.Splice(run, 0, 0, arguments.Items);
        return Value.From(array.Count);
    }

    private static Value Splice(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        var start = Conversions.ToPosition(run, arguments[0], array.Count, 0);
        var wanted = arguments.Count switch
        {
            0 => 0,
            1 => array.Count,
            _ => Conversions.ToInteger(run, arguments[1]),
        };
        start = Math.Min(start, array.Count);
        var removed = (int)Math.Clamp(wanted, 0, array.Count - start);
        var taken = ArrayObject.Copy(run, array.Items.Slice(start, removed));
        array.Splice(run, start, removed, arguments.Count > 2 ? arguments.Items[2..] : []);
        return Value.From(taken);
    }

    private static Value ToSpliced(Evaluation run, Value self, Arguments arguments)
    {
        var copy = Value.From(ArrayObject.Copy(run, Self(run, self).Items));
        Splice(run, copy, arguments);
        return copy;
    }

    private static Value Slice(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        var start = Conversions.ToPosition(run, arguments[0], array.Count, 0);
        var end = Conversions.ToPosition(run, arguments[1], array.Count, array.Count);
        end = Math.Min(end, array.Count);
        return Value.From(ArrayObject.Copy(run, start < end ? array.Items[start..end] : []));
    }

    private static Value Concat(Evaluation run, Value self, Arguments arguments)
    {
        var joined = ArrayObject.Copy(run, Self(run, self).Items);
        foreach (var part in arguments.Items)
        {
            run.Meter.Step();
            if (part.AsArray is { } array) joined.Splice(run, joined.Count, 0, ArrayObject.Copy(run, array.Items).Items);
            else joined.Add(run, part);
        }
        return Value.From(joined);
    }

    private static Value Join(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        if (run.Joining.Contains(array)) return Value.EmptyText;
        var separator = arguments[0].IsUndefined ? Value.From(",") : Conversions.ToTextValue(run, arguments[0]);
        var text = new TextAccumulator(run);
        run.Joining.Add(array);
        try
        {
            for (var index = 0; index < array.Count; index++)
            {
                run.Meter.Step();
                if (index > 0) text.Append(separator.Text(run.Meter));
                if (!array[index].IsNullish) text.Append(Conversions.ToText(run, array[index]));
            }
        }
        finally
        {
            run.Joining.Remove(array);
        }
        return text.ToValue();
    }

    private static Value Reverse(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        run.Meter.Items(array.Count);
        array.Writable(run).Reverse();
        return Value.From(array);
    }

    private static Value Fill(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        var start = Conversions.ToPosition(run, arguments[1], array.Count, 0);
        var end = Conversions.ToPosition(run, arguments[2], array.Count, array.Count);
        end = Math.Min(end, array.Count);
        if (start >= end) return Value.From(array);
        run.Meter.Items(end - start);
        array.Writable(run)[start..end].Fill(arguments[0]);
        return Value.From(array);
    }

    private static Value At(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        var index = Conversions.ToInteger(run, arguments[0]);
        if (index < 0) index += array.Count;
        return index >= 0 && index < array.Count ? array[(int)index] : Value.Undefined;
    }

    private static Value With(Evaluation run, Value self, Arguments arguments)
    {
        var array = Self(run, self);
        var index = Conversions.ToInteger(run, arguments[0]);
        if (index < 0) index += array.Count;
        if (index < 0 || index >= array.Count) throw run.RangeError("Invalid index : " + NumberText.Format(index));
        var copy = ArrayObject.Copy(run, array.Items);
        copy.SetIndex(run, (uint)index, arguments[1]);
        return Value.From(copy);
    }

    private static Value Flat(Evaluation run, Value self, Arguments arguments)
    {
        var depth = arguments[0].IsUndefined ? 1 : Conversions.ToInteger(run, arguments[0]);
        var target = ArrayObject.New(run);
        Flatten(run, Self(run, self), target, depth);
        return Value.From(target);
    }

    private static void Flatten(Evaluation run, ArrayObject source, ArrayObject target, double depth)
    {
        run.Meter.Enter(2);
        for (var index = 0; index < source.Count; index++)
        {
            run.Meter.Step();
            if (!source.Holds(index)) continue;
            if (depth > 0 && source[index].AsArray is { } inner) Flatten(run, inner, target, depth - 1);
            else target.Add(run, source[index]);
        }
        run.Meter.Leave(2);
    }
}
