namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The conversions of JavaScript: what a value becomes where another kind is needed.</summary>
internal static class Conversions
{
    /// <summary>Levels of depth that a conversion by a method of an object takes.</summary>
    private const int Levels = 5;

    private const double TwoTo32 = 4294967296;

    public static bool ToBoolean(Value value) => value.Kind switch
    {
        ValueKind.Undefined or ValueKind.Null => false,
        ValueKind.Boolean => value.Truth,
        ValueKind.Number => value.Number != 0 && !double.IsNaN(value.Number),
        ValueKind.Text => value.TextLength > 0,
        _ => true,
    };

    public static double ToNumber(Evaluation run, Value value) => value.Kind switch
    {
        ValueKind.Number => value.Number,
        ValueKind.Undefined => double.NaN,
        ValueKind.Null => 0,
        ValueKind.Boolean => value.Number,
        ValueKind.Text => ParseNumber(run, value),
        _ => ToNumber(run, ToPrimitive(run, value, "number")),
    };

    /// <summary>Towards zero; not a number becomes 0.</summary>
    public static double ToInteger(Evaluation run, Value value)
    {
        var number = ToNumber(run, value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0.0;
    }

    public static int ToInt32(Evaluation run, Value value) => ToInt32(ToNumber(run, value));

    public static int ToInt32(double number)
    {
        var quick = (int)number;
        if (quick == number) return quick;
        if (!double.IsFinite(number)) return 0;
        var rest = Math.Truncate(number) % TwoTo32;
        return unchecked((int)(uint)(long)(rest < 0 ? rest + TwoTo32 : rest));
    }

    public static string ToText(Evaluation run, Value value) => ToTextValue(run, value).Text(run.Meter);

    /// <summary>The string, joined or not.</summary>
    public static Value ToTextValue(Evaluation run, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Text: return value;
            case ValueKind.Number: return NumberAsText(run, value.Number);
            case ValueKind.Boolean: return Value.From(value.Truth ? "true" : "false");
            case ValueKind.Null: return Value.From("null");
            case ValueKind.Undefined: return Value.From("undefined");
            default: return ToTextValue(run, ToPrimitive(run, value, "string"));
        }
    }

    public static Value ToPrimitive(Evaluation run, Value value, string hint = "default")
    {
        if (value.AsObject is not { } target) return value;
        var textFirst = hint == "string" || (hint == "default" && target is DateObject);
        if (TryConvert(run, target, textFirst ? "toString" : "valueOf", out var result)) return result;
        if (TryConvert(run, target, textFirst ? "valueOf" : "toString", out result)) return result;
        throw run.TypeError("Cannot convert object to primitive value");
    }

    /// <summary>The name of a property.</summary>
    public static string ToName(Evaluation run, Value key)
    {
        if (key.IsNumber && ArrayIndex.TryFrom(key.Number, out var index)) return run.IndexName(index);
        var name = ToText(run, key);
        run.Meter.Work(name.Length >> 2);
        return name;
    }

    /// <summary>A position in something of this length, where negative numbers count from the end.</summary>
    public static int ToPosition(Evaluation run, Value value, int length, int otherwise)
    {
        if (value.IsUndefined) return otherwise;
        var number = ToInteger(run, value);
        return (int)(number < 0 ? Math.Max(0, length + number) : Math.Min(number, length));
    }

    private static bool TryConvert(Evaluation run, ScriptObject target, string method, out Value result)
    {
        result = default;
        if (target.Get(run, method).AsFunction is not { } function) return false;
        run.Meter.Enter(Levels);
        result = function.Call(run, Value.From(target), []);
        run.Meter.Leave(Levels);
        return !result.IsObject;
    }

    private static double ParseNumber(Evaluation run, Value value)
    {
        run.Meter.Work(1 + (value.TextLength >> 1));
        return NumberText.Parse(value.Text(run.Meter));
    }

    private static Value NumberAsText(Evaluation run, double number)
    {
        run.Meter.Work(number == (int)number ? 1 : 8);
        run.Meter.Allocate(80);
        return Value.From(NumberText.Format(number));
    }
}
