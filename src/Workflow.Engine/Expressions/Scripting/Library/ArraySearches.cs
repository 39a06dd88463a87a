namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Methods of arrays that look for items.</summary>
internal static class ArraySearches
{
    public static Value IndexOf(Evaluation run, Value self, Arguments arguments)
    {
        var array = ArrayMethods.Self(run, self);
        for (var index = Conversions.ToPosition(run, arguments[1], array.Count, 0); index < array.Count; index++)
        {
            run.Meter.Step();
            if (array.Holds(index) && Operators.StrictlyEqual(run, array[index], arguments[0])) return Value.From(index);
        }
        return Value.From(-1);
    }

    public static Value LastIndexOf(Evaluation run, Value self, Arguments arguments)
    {
        var array = ArrayMethods.Self(run, self);
        var start = arguments.Count > 1 ? Conversions.ToInteger(run, arguments[1]) : array.Count - 1;
        if (start < 0) start += array.Count;
        for (var index = (int)Math.Clamp(start, -1, array.Count - 1); index >= 0; index--)
        {
            run.Meter.Step();
            if (array.Holds(index) && Operators.StrictlyEqual(run, array[index], arguments[0])) return Value.From(index);
        }
        return Value.From(-1);
    }

    public static Value Includes(Evaluation run, Value self, Arguments arguments)
    {
        var array = ArrayMethods.Self(run, self);
        for (var index = Conversions.ToPosition(run, arguments[1], array.Count, 0); index < array.Count; index++)
        {
            run.Meter.Step();
            if (Operators.SameValueZero(run, array[index], arguments[0])) return Value.True;
        }
        return Value.False;
    }

    public static Value Find(Evaluation run, Value self, Arguments arguments) => Search(run, self, arguments, true).Item;

    public static Value FindIndex(Evaluation run, Value self, Arguments arguments) => Value.From(Search(run, self, arguments, true).Index);

    public static Value FindLast(Evaluation run, Value self, Arguments arguments) => Search(run, self, arguments, false).Item;

    public static Value FindLastIndex(Evaluation run, Value self, Arguments arguments) => Value.From(Search(run, self, arguments, false).Index);

    public static Value Some(Evaluation run, Value self, Arguments arguments) => Value.From(Meets(run, self, arguments, true));

    public static Value Every(Evaluation run, Value self, Arguments arguments) => Value.From(!Meets(run, self, arguments, false));

    private static (int Index, Value Item) Search(Evaluation run, Value self, Arguments arguments, bool forward)
    {
        var array = ArrayMethods.Self(run, self);
        var test = Native.Callback(run, arguments[0], arguments[1]);
        var count = array.Count;
        for (var step = 0; step < count; step++)
        {
            run.Meter.Step();
            var index = forward ? step : count - 1 - step;
            var item = array[index];
            if (Conversions.ToBoolean(test.Call(run, item, Value.From(index), Value.From(array)))) return (index, item);
        }
        return (-1, Value.Undefined);
    }

    /// <summary>Whether the test gives this answer for some item.</summary>
    private static bool Meets(Evaluation run, Value self, Arguments arguments, bool answer)
    {
        var array = ArrayMethods.Self(run, self);
        var test = Native.Callback(run, arguments[0], arguments[1]);
        var count = array.Count;
        for (var index = 0; index < count; index++)
        {
            run.Meter.Step();
            if (array.Holds(index) && Conversions.ToBoolean(test.Call(run, array[index], Value.From(index), Value.From(array))) == answer) return true;
        }
        return false;
    }
}
