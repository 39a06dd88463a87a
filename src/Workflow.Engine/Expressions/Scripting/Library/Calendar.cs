namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The calendar of JavaScript: milliseconds since 1970, 100 million days each way, in UTC.</summary>
internal static class Calendar
{
    public const double Day = 86_400_000;

    private const double MaxTime = 8.64e15;

    /// <summary>A time that a date can hold; not a number for any other.</summary>
    public static double Clip(double time) => double.IsFinite(time) && Math.Abs(time) <= MaxTime ? Math.Truncate(time) + 0.0 : double.NaN;

    /// <summary>Days since 1970 of a date; month and day may lie outside of their usual range.</summary>
    public static double DayOf(double year, double month, double day)
    {
        if (!double.IsFinite(year) || !double.IsFinite(month) || !double.IsFinite(day)) return double.NaN;
        year = Math.Truncate(year) + Math.Floor(Math.Truncate(month) / 12);
        var index = (int)(Math.Truncate(month) - (Math.Floor(Math.Truncate(month) / 12) * 12));
        if (Math.Abs(year) > 400_000) return double.NaN;
        return DaysFromCivil((long)year, index + 1) + Math.Truncate(day) - 1;
    }

    public static double TimeOf(double hour, double minute, double second, double millisecond) =>
        (Math.Truncate(hour) * 3_600_000) + (Math.Truncate(minute) * 60_000) + (Math.Truncate(second) * 1_000) + Math.Truncate(millisecond);

    public static CalendarDate Split(double time)
    {
        var day = (long)Math.Floor(time / Day);
        var rest = (long)(time - (day * Day));
        var shifted = day + 719_468;
        var era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097;
        var dayOfEra = shifted - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var part = ((5 * dayOfYear) + 2) / 153;
        var month = (int)(part < 10 ? part + 3 : part - 9);
        var year = yearOfEra + (era * 400) + (month <= 2 ? 1 : 0);
        return new CalendarDate(
            year, month - 1, (int)(dayOfYear - (((153 * part) + 2) / 5) + 1), (int)(((day % 7) + 11) % 7),
            (int)(rest / 3_600_000), (int)(rest / 60_000 % 60), (int)(rest / 1_000 % 60), (int)(rest % 1_000));
    }

    /// <summary>The first of a month, 1 to 12.</summary>
    private static double DaysFromCivil(long year, int month)
    {
        if (month <= 2) year--;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }
}

/// <param name="Month">From 0.</param>
/// <param name="Weekday">From 0, a Sunday.</param>
internal readonly record struct CalendarDate(long Year, int Month, int Day, int Weekday, int Hour, int Minute, int Second, int Millisecond);
