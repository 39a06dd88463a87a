namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The operators of JavaScript on values.</summary>
internal static class Operators
{
    public static Value Add(Evaluation run, Value left, Value right)
    {
        if (left.IsNumber && right.IsNumber) return Value.From(left.Number + right.Number);
        left = Conversions.ToPrimitive(run, left);
        right = Conversions.ToPrimitive(run, right);
        if (left.IsText || right.IsText) return Rope.Concat(run.Meter, Conversions.ToTextValue(run, left), Conversions.ToTextValue(run, right));
        return Value.From(Conversions.ToNumber(run, left) + Conversions.ToNumber(run, right));
    }

    public static double Power(double number, double exponent)
    {
        if (double.IsNaN(exponent) || (Math.Abs(number) == 1 && double.IsInfinity(exponent))) return double.NaN;
        return Math.Pow(number, exponent);
    }

    public static bool StrictlyEqual(Evaluation run, Value left, Value right)
    {
        if (left.Kind != right.Kind) return false;
        return left.Kind switch
        {
            ValueKind.Number => left.Number == right.Number,
            ValueKind.Boolean => left.Truth == right.Truth,
            ValueKind.Text => SameText(run, left, right),
            _ => left.IsSame(right),
        };
    }

    public static bool LooselyEqual(Evaluation run, Value left, Value right)
    {
        if (left.Kind == right.Kind) return StrictlyEqual(run, left, right);
        if (left.IsNullish || right.IsNullish) return left.IsNullish && right.IsNullish;
        if (left.IsObject) return LooselyEqual(run, Conversions.ToPrimitive(run, left), right);
        if (right.IsObject) return LooselyEqual(run, left, Conversions.ToPrimitive(run, right));
        return Conversions.ToNumber(run, left) == Conversions.ToNumber(run, right);
    }

    public static bool SameValueZero(Evaluation run, Value left, Value right) =>
        StrictlyEqual(run, left, right) || (left.IsNumber && right.IsNumber && double.IsNaN(left.Number) && double.IsNaN(right.Number));

    public static bool SameValue(Evaluation run, Value left, Value right) =>
        left.IsNumber && right.IsNumber
            ? double.IsNaN(left.Number) ? double.IsNaN(right.Number) : left.Number == right.Number && double.IsNegative(left.Number) == double.IsNegative(right.Number)
            : StrictlyEqual(run, left, right);

    /// <summary>Whether left is less than right; null when one of them is not a number.</summary>
    public static bool? Less(Evaluation run, Value left, Value right, bool leftFirst)
    {
        if (leftFirst)
        {
            left = Conversions.ToPrimitive(run, left, "number");
            right = Conversions.ToPrimitive(run, right, "number");
        }
        else
        {
            right = Conversions.ToPrimitive(run, right, "number");
            left = Conversions.ToPrimitive(run, left, "number");
        }
        if (left.IsText && right.IsText) return CompareText(run, left, right) < 0;
        var (first, second) = (Conversions.ToNumber(run, left), Conversions.ToNumber(run, right));
        return double.IsNaN(first) || double.IsNaN(second) ? null : first < second;
    }

    /// <summary>Compares by code units.</summary>
    public static int CompareText(Evaluation run, Value left, Value right)
    {
        run.Meter.Characters(Math.Min(left.TextLength, right.TextLength));
        return string.CompareOrdinal(left.Text(run.Meter), right.Text(run.Meter));
    }

    public static string TypeOf(Value value) => value.Kind switch
    {
        ValueKind.Undefined => "undefined",
        ValueKind.Boolean => "boolean",
        ValueKind.Number => "number",
        ValueKind.Text => "string",
        ValueKind.Object when value.AsFunction is not null => "function",
        _ => "object",
    };

    public static bool IsInstance(Evaluation run, Value value, Value type)
    {
        if (type.AsFunction is not { } function) throw run.TypeError("Right-hand side of 'instanceof' is not callable");
        var wanted = function.Get(run, "prototype").AsObject;
        for (var link = value.AsObject?.Prototype; link is not null; link = link.Prototype)
        {
            run.Meter.Step();
            if (link == wanted) return true;
        }
        return false;
    }

    public static bool IsIn(Evaluation run, Value key, Value target)
    {
        if (target.AsObject is not { } holder) throw run.TypeError("Cannot use 'in' operator to search for a property in what is not an object");
        return holder.Has(run, Conversions.ToName(run, key));
    }

    private static bool SameText(Evaluation run, Value left, Value right)
    {
        if (left.TextLength != right.TextLength) return false;
        run.Meter.Characters(left.TextLength);
        return left.IsSame(right) || left.Text(run.Meter) == right.Text(run.Meter);
    }
}
