namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Methods of arrays that make something of all items. Items are read as they are when their turn comes; holes are passed over.</summary>
internal static class ArrayFolds
{
    public static Value Map(Evaluation run, Value self, Arguments arguments)
    {
        var array = ArrayMethods.Self(run, self);
        var change = Native.Callback(run, arguments[0], arguments[1]);
        var count = array.Count;
        var made = ArrayObject.New(run, count);
        for (var index = 0; index < count; index++)
        {
            run.Meter.Step();
            made.Add(run, array.Holds(index) ? change.Call(run, array[index], Value.From(index), Value.From(array)) : Value.Hole);
        }
        return Value.From(made);
    }

    public static Value Filter(Evaluation run, Value self, Arguments arguments)
    {
        var array = ArrayMethods.Self(run, self);
        var test = Native.Callback(run, arguments[0], arguments[1]);
        var count = array.Count;
        var kept = ArrayObject.New(run);
        for (var index = 0; index < count; index++)
        {
            run.Meter.Step();
            if (!array.Holds(index)) continue;
            var item = array[index];
            if (Conversions.ToBoolean(test.Call(run, item, Value.From(index), Value.From(array)))) kept.Add(run, item);
        }
        return Value.From(kept);
    }

    public static Value ForEach(Evaluation run, Value self, Arguments arguments)
    {
        var array = ArrayMethods.Self(run, self);
        var visit = Native.Callback(run, arguments[0], arguments[1]);
        var count = array.Count;
        for (var index = 0; index < count; index++)
        {
            run.Meter.Step();
            if (array.Holds(index)) visit.Call(run, array[index], Value.From(index), Value.From(array));
        }
        return Value.Undefined;
    }

    public static Value Reduce(Evaluation run, Value self, Arguments arguments) => Fold(run, self, arguments, true);

    public static Value ReduceRight(Evaluation run, Value self, Arguments arguments) => Fold(run, self, arguments, false);

    public static Value FlatMap(Evaluation run, Value self, Arguments arguments)
    {
        var mapped = Map(run, self, arguments).AsArray!;
        var flat = ArrayObject.New(run);
        for (var index = 0; index < mapped.Count; index++)
        {
            run.Meter.Step();
            if (mapped[index].AsArray is { } inner) new ArraySequence(inner).AddTo(run, flat);
            else if (mapped.Holds(index)) flat.Add(run, mapped[index]);
        }
        return Value.From(flat);
    }

    private static Value Fold(Evaluation run, Value self, Arguments arguments, bool forward)
    {
        var array = ArrayMethods.Self(run, self);
        var combine = Native.Callback(run, arguments[0]);
        var count = array.Count;
        var total = arguments.Count > 1 ? arguments[1] : Value.Unset;
        for (var step = 0; step < count; step++)
        {
            run.Meter.Step();
            var index = forward ? step : count - 1 - step;
            if (!array.Holds(index)) continue;
            if (total.IsUnset)
            {
                total = array[index];
                continue;
            }
            run.Meter.Allocate(88);
            total = combine.Target.Call(run, Value.Undefined, [total, array[index], Value.From(index), Value.From(array)]);
        }
        return total.IsUnset ? throw run.TypeError("Reduce of empty array with no initial value") : total;
    }
}
