using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Date and Date.prototype. Local time is UTC, so that a date means the same on every machine.</summary>
internal static class DateMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Value.From(Constructors.Date))],
        [
            ("getTime", 0, static (run, self, _) => Value.From(Self(run, self).Time)),
            ("valueOf", 0, static (run, self, _) => Value.From(Self(run, self).Time)),
            ("setTime", 1, static (run, self, arguments) => Keep(run, self, Conversions.ToNumber(run, arguments[0]))),
            ("getTimezoneOffset", 0, static (run, self, _) => Value.From(double.IsNaN(Self(run, self).Time) ? double.NaN : 0)),
            ("getYear", 0, static (run, self, _) => Part(run, self, static date => date.Year - 1900)),
            ("toISOString", 0, ToIsoText),
            ("toJSON", 1, static (run, self, _) => double.IsNaN(Self(run, self).Time) ? Value.Null : ToIsoText(run, self, default)),
            ("toString", 0, static (run, self, _) => Show(run, self, Whole)),
            ("toDateString", 0, static (run, self, _) => Show(run, self, DateText.DatePart)),
            ("toTimeString", 0, static (run, self, _) => Show(run, self, DateText.TimePart)),
            ("toUTCString", 0, static (run, self, _) => Show(run, self, DateText.Utc)),
            ("toGMTString", 0, static (run, self, _) => Show(run, self, DateText.Utc)),
            ("toLocaleDateString", 0, static (run, self, _) => Show(run, self, DateText.LocalDate)),
            ("toLocaleTimeString", 0, static (run, self, _) => Show(run, self, DateText.LocalTime)),
            ("toLocaleString", 0, static (run, self, _) => Show(run, self, static time => $"{DateText.LocalDate(time)}, {DateText.LocalTime(time)}")),
            .. Getters(),
            .. Setters(),
        ]);

    public static readonly FrozenDictionary<string, Value> Statics = Native.Table(
        [("prototype", Value.From(Prototypes.Date))],
        ("now", 0, static (run, _, _) => Value.From(run.Now)),
        ("parse", 1, static (run, _, arguments) => Value.From(Parse(run, Conversions.ToText(run, arguments[0])))),
        ("UTC", 7, static (run, _, arguments) => Value.From(FromParts(run, arguments))));

    /// <summary>Date() without new: the time now as text.</summary>
    public static Value Now(Evaluation run, Value self, Arguments arguments) => Show(run, Construct(run, self, new Arguments([])), Whole);

    public static Value Construct(Evaluation run, Value self, Arguments arguments)
    {
        run.Meter.Allocate(64);
        if (arguments.Count == 0) return Value.From(new DateObject(run.Now));
        if (arguments.Count > 1) return Value.From(new DateObject(FromParts(run, arguments)));
        if (arguments[0].AsObject is DateObject other) return Value.From(new DateObject(other.Time));
        var value = Conversions.ToPrimitive(run, arguments[0]);
        return Value.From(new DateObject(value.IsText ? Parse(run, value.Text(run.Meter)) : Calendar.Clip(Conversions.ToNumber(run, value))));
    }

    private static (string, int, NativeBody)[] Getters()
    {
        (string Name, Func<CalendarDate, double> Part)[] parts =
        [
            ("FullYear", static date => date.Year),
            ("Month", static date => date.Month),
            ("Date", static date => date.Day),
            ("Day", static date => date.Weekday),
            ("Hours", static date => date.Hour),
            ("Minutes", static date => date.Minute),
            ("Seconds", static date => date.Second),
            ("Milliseconds", static date => date.Millisecond),
        ];
        return [.. parts.SelectMany(part => Both("get", part.Name, 0, (run, self, _) => Part(run, self, part.Part)))];
    }

    private static (string, int, NativeBody)[] Setters()
    {
        (string Name, int First, int Count)[] parts =
            [("FullYear", 0, 3), ("Month", 1, 2), ("Date", 2, 1), ("Hours", 3, 4), ("Minutes", 4, 3), ("Seconds", 5, 2), ("Milliseconds", 6, 1)];
        return [.. parts.SelectMany(part => Both("set", part.Name, part.Count, (run, self, arguments) => SetParts(run, self, arguments, part.First, part.Count)))];
    }

    /// <summary>The local method and that of UTC, which are the same.</summary>
    private static (string, int, NativeBody)[] Both(string verb, string name, int length, NativeBody body) =>
        [($"{verb}{name}", length, body), ($"{verb}UTC{name}", length, body)];

    private static DateObject Self(Evaluation run, Value self) => self.AsObject as DateObject ?? throw run.TypeError("this is not a Date object.");

    private static string Whole(double time) => $"{DateText.DatePart(time)} {DateText.TimePart(time)}";

    private static double Parse(Evaluation run, string text)
    {
        run.Meter.Work(500);
        run.Meter.Allocate(4_000);
        return DateText.Parse(text);
    }

    private static Value Part(Evaluation run, Value self, Func<CalendarDate, double> part)
    {
        var time = Self(run, self).Time;
        return Value.From(double.IsNaN(time) ? double.NaN : part(Calendar.Split(time)));
    }

    private static Value Show(Evaluation run, Value self, Func<double, string> show)
    {
        var time = Self(run, self).Time;
        run.Meter.Work(20);
        run.Meter.Allocate(600);
        return Value.From(double.IsNaN(time) ? "Invalid Date" : show(time));
    }

    private static Value ToIsoText(Evaluation run, Value self, Arguments arguments) =>
        double.IsNaN(Self(run, self).Time) ? throw run.RangeError("Invalid time value") : Show(run, self, DateText.Iso);

    private static Value Keep(Evaluation run, Value self, double time)
    {
        var date = Self(run, self);
        date.Time = Calendar.Clip(time);
        return Value.From(date.Time);
    }

    private static Value SetParts(Evaluation run, Value self, Arguments arguments, int first, int count)
    {
        var time = Self(run, self).Time;
        if (double.IsNaN(time) && first > 0) return Value.NaN;
        var date = Calendar.Split(double.IsNaN(time) ? 0 : time);
        double[] parts = [date.Year, date.Month, date.Day, date.Hour, date.Minute, date.Second, date.Millisecond];
        run.Meter.Allocate(80);
        for (var index = 0; index < Math.Max(1, Math.Min(count, arguments.Count)); index++) parts[first + index] = Conversions.ToNumber(run, arguments[index]);
        return Keep(run, self, Join(parts));
    }

    private static double FromParts(Evaluation run, Arguments arguments)
    {
        double[] parts = [double.NaN, 0, 1, 0, 0, 0, 0];
        for (var index = 0; index < Math.Min(parts.Length, arguments.Count); index++) parts[index] = Conversions.ToNumber(run, arguments[index]);
        if (Math.Truncate(parts[0]) is >= 0 and <= 99 and var year) parts[0] = 1900 + year;
        return Calendar.Clip(Join(parts));
    }

    private static double Join(double[] parts) =>
        (Calendar.DayOf(parts[0], parts[1], parts[2]) * Calendar.Day) + Calendar.TimeOf(parts[3], parts[4], parts[5], parts[6]);
}
