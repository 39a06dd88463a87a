using System.Collections.Frozen;
using System.Numerics;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Math.</summary>
internal static class MathFunctions
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [
            ("PI", Value.From(Math.PI)),
            ("E", Value.From(Math.E)),
            ("LN2", Value.From(0.6931471805599453)),
            ("LN10", Value.From(2.302585092994046)),
            ("LOG2E", Value.From(1.4426950408889634)),
            ("LOG10E", Value.From(0.4342944819032518)),
            ("SQRT2", Value.From(1.4142135623730951)),
            ("SQRT1_2", Value.From(0.7071067811865476)),
        ],
        One("abs", Math.Abs),
        One("floor", Math.Floor),
        One("ceil", Math.Ceiling),
        One("round", Round),
        One("trunc", Math.Truncate),
        One("sign", static number => double.IsNaN(number) || number == 0 ? number : Math.Sign(number)),
        One("sqrt", Math.Sqrt),
        One("cbrt", CubeRoot),
        One("exp", Math.Exp),
        One("expm1", static number => Math.Abs(number) < 1e-5 ? number + (number * number / 2) : Math.Exp(number) - 1),
        One("log", Math.Log),
        One("log2", Math.Log2),
        One("log10", Math.Log10),
        One("log1p", static number => Math.Abs(number) < 1e-5 ? number - (number * number / 2) : Math.Log(1 + number)),
        One("sin", Math.Sin),
        One("cos", Math.Cos),
        One("tan", Math.Tan),
        One("asin", Math.Asin),
        One("acos", Math.Acos),
        One("atan", Math.Atan),
        One("sinh", Math.Sinh),
        One("cosh", Math.Cosh),
        One("tanh", Math.Tanh),
        One("asinh", Math.Asinh),
        One("acosh", Math.Acosh),
        One("atanh", Math.Atanh),
        One("fround", static number => (float)number),
        One("clz32", static number => BitOperations.LeadingZeroCount((uint)Conversions.ToInt32(number))),
        ("atan2", 2, static (run, _, arguments) => Value.From(Math.Atan2(Conversions.ToNumber(run, arguments[0]), Conversions.ToNumber(run, arguments[1])))),
        ("pow", 2, static (run, _, arguments) => Value.From(Operators.Power(Conversions.ToNumber(run, arguments[0]), Conversions.ToNumber(run, arguments[1])))),
        ("imul", 2, static (run, _, arguments) => Value.From(unchecked(Conversions.ToInt32(run, arguments[0]) * Conversions.ToInt32(run, arguments[1])))),
        ("max", 2, static (run, _, arguments) => Value.From(Fold(run, arguments, double.NegativeInfinity, Math.Max))),
        ("min", 2, static (run, _, arguments) => Value.From(Fold(run, arguments, double.PositiveInfinity, Math.Min))),
        ("hypot", 2, static (run, _, arguments) => Value.From(Hypotenuse(run, arguments))),
        ("random", 0, static (run, _, _) => Value.From(run.Random.NextDouble())));

    private static (string, int, NativeBody) One(string name, Func<double, double> function) =>
        (name, 1, (run, _, arguments) => Value.From(function(Conversions.ToNumber(run, arguments[0]))));

    /// <summary>Halves go up, as in JavaScript, and not to even.</summary>
    private static double Round(double number)
    {
        var floor = Math.Floor(number);
        var rounded = number - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 && (number < 0 || double.IsNegative(number)) ? -0.0 : rounded;
    }

    private static double CubeRoot(double number)
    {
        var whole = Math.Round(Math.Cbrt(number));
        return whole * whole * whole == number ? whole : Math.Cbrt(number);
    }

    /// <summary>Scaled by the largest, so that squares do not overflow, and summed with compensation.</summary>
    private static double Hypotenuse(Evaluation run, Arguments arguments)
    {
        var largest = Fold(run, arguments, 0, static (total, number) => Math.Max(total, Math.Abs(number)));
        if (largest == 0 || !double.IsFinite(largest)) return largest;
        var (sum, lost) = (0.0, 0.0);
        foreach (var item in arguments.Items)
        {
            var part = Conversions.ToNumber(run, item) / largest;
            var summand = (part * part) - lost;
            var next = sum + summand;
            lost = next - sum - summand;
            sum = next;
        }
        return Math.Sqrt(sum) * largest;
    }

    private static double Fold(Evaluation run, Arguments arguments, double first, Func<double, double, double> combine)
    {
        var total = first;
        foreach (var item in arguments.Items)
        {
            run.Meter.Step();
            total = combine(total, Conversions.ToNumber(run, item));
        }
        return total;
    }
}
