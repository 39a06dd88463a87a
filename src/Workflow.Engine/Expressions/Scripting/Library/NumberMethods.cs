using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Number, Number.prototype and the functions on numbers that need no prefix.</summary>
internal static class NumberMethods
{
    private const double MaxSafeInteger = 9007199254740991;

    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Value.From(Constructors.Number))],
        ("toString", 1, ToText),
        ("toFixed", 1, ToFixed),
        ("toPrecision", 1, ToPrecision),
        ("toExponential", 1, ToExponential),
        ("toLocaleString", 0, ToLocaleText),
        ("valueOf", 0, static (run, self, _) => Value.From(Self(run, self))));

    public static readonly FrozenDictionary<string, Value> Statics = Native.Table(
        [
            ("prototype", Value.From(Prototypes.Number)),
            ("MAX_SAFE_INTEGER", Value.From(MaxSafeInteger)),
            ("MIN_SAFE_INTEGER", Value.From(-MaxSafeInteger)),
            ("MAX_VALUE", Value.From(double.MaxValue)),
            ("MIN_VALUE", Value.From(double.Epsilon)),
            ("EPSILON", Value.From(Math.Pow(2, -52))),
            ("POSITIVE_INFINITY", Value.From(double.PositiveInfinity)),
            ("NEGATIVE_INFINITY", Value.From(double.NegativeInfinity)),
            ("NaN", Value.NaN),
            ("parseInt", Native.Function("parseInt", 2, ParseInt)),
            ("parseFloat", Native.Function("parseFloat", 1, ParseFloat)),
        ],
        ("isInteger", 1, static (_, _, arguments) => Value.From(IsInteger(arguments[0]))),
        ("isSafeInteger", 1, static (_, _, arguments) => Value.From(IsInteger(arguments[0]) && Math.Abs(arguments[0].Number) <= MaxSafeInteger)),
        ("isFinite", 1, static (_, _, arguments) => Value.From(arguments[0].IsNumber && double.IsFinite(arguments[0].Number))),
        ("isNaN", 1, static (_, _, arguments) => Value.From(arguments[0].IsNumber && double.IsNaN(arguments[0].Number))));

    public static Value ParseInt(Evaluation run, Value self, Arguments arguments)
    {
        var text = Conversions.ToText(run, arguments[0]);
        run.Meter.Work(text.Length >> 1);
        return Value.From(NumberText.ParseWhole(text, Conversions.ToInt32(run, arguments[1])));
    }

    public static Value ParseFloat(Evaluation run, Value self, Arguments arguments)
    {
        var text = Conversions.ToText(run, arguments[0]);
        run.Meter.Work(text.Length >> 1);
        return Value.From(NumberText.ParseStart(text));
    }

    /// <summary>As English writes numbers, whatever language the machine is set to.</summary>
    public static string Grouped(Evaluation run, double number)
    {
        if (!double.IsFinite(number)) return double.IsNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
        run.Meter.Work(40);
        run.Meter.Allocate(1_000);
        return number.ToString("#,##0.###", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static double Self(Evaluation run, Value self) => self.IsNumber ? self.Number : throw run.TypeError("A method of Number was called on what is not a number");

    private static bool IsInteger(Value value) => value.IsNumber && double.IsFinite(value.Number) && Math.Truncate(value.Number) == value.Number;

    private static Value ToText(Evaluation run, Value self, Arguments arguments)
    {
        var number = Self(run, self);
        var radix = arguments[0].IsUndefined ? 10 : Conversions.ToInteger(run, arguments[0]);
        if (radix is < 2 or > 36) throw run.RangeError("toString() radix must be between 2 and 36");
        run.Meter.Work(radix == 10 ? 8 : 400);
        run.Meter.Allocate(radix == 10 ? 80 : 8_000);
        return Value.From(NumberText.InRadix(number, (int)radix));
    }

    private static Value ToFixed(Evaluation run, Value self, Arguments arguments)
    {
        var number = Self(run, self);
        var digits = Digits(run, arguments[0], 0, 100, "toFixed() digits");
        if (!double.IsFinite(number) || Math.Abs(number) >= 1e21) return Value.From(NumberText.Format(number));
        var text = Exact.Fixed(Math.Abs(number), digits);
        return Value.From(number < 0 ? "-" + text : text);
    }

    private static Value ToPrecision(Evaluation run, Value self, Arguments arguments)
    {
        var number = Self(run, self);
        if (arguments[0].IsUndefined || !double.IsFinite(number)) return Value.From(NumberText.Format(number));
        var precision = Digits(run, arguments[0], 1, 100, "toPrecision() argument");
        var (digits, point) = NumberText.Exponential(Math.Abs(number), precision - 1);
        var sign = number < 0 ? "-" : "";
        if (point < -5 || point > precision) return Value.From(sign + NumberText.WithExponent(digits, point));
        if (point == precision) return Value.From(sign + digits);
        return Value.From(sign + (point > 0 ? digits.Insert(point, ".") : "0." + new string('0', -point) + digits));
    }

    private static Value ToExponential(Evaluation run, Value self, Arguments arguments)
    {
        var number = Self(run, self);
        if (!double.IsFinite(number)) return Value.From(NumberText.Format(number));
        var fraction = Digits(run, arguments[0], 0, 100, "toExponential() argument");
        var (digits, point) = arguments[0].IsUndefined && number != 0 ? NumberText.Shortest(Math.Abs(number)) : NumberText.Exponential(Math.Abs(number), fraction);
        return Value.From((number < 0 ? "-" : "") + NumberText.WithExponent(digits, point));
    }

    private static Value ToLocaleText(Evaluation run, Value self, Arguments arguments) => Value.From(Grouped(run, Self(run, self)));

    /// <summary>A number of digits; pays for the exact arithmetic that it leads to.</summary>
    private static int Digits(Evaluation run, Value value, int least, int most, string what)
    {
        var digits = Conversions.ToInteger(run, value);
        if (digits < least || digits > most) throw run.RangeError($"{what} must be between {least} and {most}");
        run.Meter.Work(200);
        run.Meter.Allocate(6_000);
        return (int)digits;
    }
}

/// <summary>Boolean.prototype.</summary>
internal static class BooleanMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Value.From(Constructors.Boolean))],
        ("toString", 0, static (run, self, _) => Value.From(Self(run, self) ? "true" : "false")),
        ("valueOf", 0, static (run, self, _) => Value.From(Self(run, self))));

    private static bool Self(Evaluation run, Value self) =>
        self.Kind == ValueKind.Boolean ? self.Truth : throw run.TypeError("A method of Boolean was called on what is not a boolean");
}
