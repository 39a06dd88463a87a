namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Sorting by merging: stable, and bounded whatever the comparison answers or does to the array meanwhile.</summary>
internal static class ArraySorting
{
    public static Value Sort(Evaluation run, Value self, Arguments arguments)
    {
        var array = ArrayMethods.Self(run, self);
        var sorted = Sorted(run, array, arguments[0]);
        var target = array.Writable(run);
        run.Meter.Items(target.Length);
        sorted.AsSpan(0, Math.Min(sorted.Length, target.Length)).CopyTo(target);
        return Value.From(array);
    }

    public static Value ToSorted(Evaluation run, Value self, Arguments arguments)
    {
        var sorted = Sorted(run, ArrayMethods.Self(run, self), arguments[0]);
        for (var index = 0; index < sorted.Length; index++)
            if (sorted[index].IsHole) sorted[index] = Value.Undefined;
        return Value.From(ArrayObject.Over(run, sorted));
    }

    /// <summary>The items in order, undefined after all others and holes last.</summary>
    private static Value[] Sorted(Evaluation run, ArrayObject array, Value comparison)
    {
        if (!comparison.IsUndefined) Native.Callback(run, comparison);
        run.Meter.Slots(array.Count * 2L);
        var items = array.Items.ToArray();
        var defined = Array.FindAll(items, static item => !item.IsUndefined && !item.IsHole);
        var undefined = items.Count(static item => item.IsUndefined);
        run.Meter.Slots(defined.Length);
        var order = comparison.IsUndefined ? ByText(run, defined) : Merge(run, defined, Comparison(run, comparison));
        order.CopyTo(items, 0);
        items.AsSpan(order.Length, undefined).Clear();
        items.AsSpan(order.Length + undefined).Fill(Value.Hole);
        return items;
    }

    private static Func<Value, Value, bool> Comparison(Evaluation run, Value comparison)
    {
        var callback = Native.Callback(run, comparison);
        return (left, right) => Conversions.ToNumber(run, callback.Call(run, left, right)) > 0;
    }

    private static Value[] ByText(Evaluation run, Value[] items)
    {
        run.Meter.Slots(items.Length * 2L);
        var keyed = Array.ConvertAll(items, item => (Text: Value.From(Conversions.ToText(run, item)), Item: item));
        return Array.ConvertAll(Merge(run, keyed, (left, right) => Operators.CompareText(run, left.Text, right.Text) > 0), static pair => pair.Item);
    }

    /// <param name="isAfter">Whether the first must come after the second.</param>
    private static T[] Merge<T>(Evaluation run, T[] items, Func<T, T, bool> isAfter)
    {
        run.Meter.Slots(items.Length * 2L);
        var (source, target) = (items, new T[items.Length]);
        for (var width = 1; width < items.Length; width *= 2)
        {
            for (var start = 0; start < items.Length; start += 2 * width) MergeRuns(run, source, target, start, width, isAfter);
            (source, target) = (target, source);
        }
        return source;
    }

    private static void MergeRuns<T>(Evaluation run, T[] source, T[] target, int start, int width, Func<T, T, bool> isAfter)
    {
        var (left, middle, end) = (start, Math.Min(start + width, source.Length), Math.Min(start + (2 * width), source.Length));
        var right = middle;
        for (var at = start; at < end; at++)
        {
            run.Meter.Step();
            var takesRight = left >= middle || (right < end && isAfter(source[left], source[right]));
            target[at] = takesRight ? source[right++] : source[left++];
        }
    }
}
