using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Dates as text and back.</summary>
internal static partial class DateText
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] Weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public static string Iso(double time)
    {
        var date = Calendar.Split(time);
        var year = date.Year is >= 0 and <= 9999 ? Number(date.Year, 4) : (date.Year < 0 ? "-" : "+") + Number(Math.Abs(date.Year), 6);
        return $"{year}-{Number(date.Month + 1, 2)}-{Number(date.Day, 2)}T{Clock(date)}.{Number(date.Millisecond, 3)}Z";
    }

    public static string DatePart(double time)
    {
        var date = Calendar.Split(time);
        return $"{Weekdays[date.Weekday]} {Months[date.Month]} {Number(date.Day, 2)} {Year(date)}";
    }

    public static string TimePart(double time) => $"{Clock(Calendar.Split(time))} GMT+0000 (Coordinated Universal Time)";

    public static string Utc(double time)
    {
        var date = Calendar.Split(time);
        return $"{Weekdays[date.Weekday]}, {Number(date.Day, 2)} {Months[date.Month]} {Year(date)} {Clock(date)} GMT";
    }

    /// <summary>As English writes dates, whatever language the machine is set to.</summary>
    public static string LocalDate(double time)
    {
        var date = Calendar.Split(time);
        return string.Create(CultureInfo.InvariantCulture, $"{date.Month + 1}/{date.Day}/{date.Year}");
    }

    public static string LocalTime(double time)
    {
        var date = Calendar.Split(time);
        var hour = date.Hour % 12 == 0 ? 12 : date.Hour % 12;
        return string.Create(CultureInfo.InvariantCulture, $"{hour}:{Number(date.Minute, 2)}:{Number(date.Second, 2)} {(date.Hour < 12 ? "AM" : "PM")}");
    }

    /// <summary>The time that a text names, without a zone in UTC; not a number when it is none.</summary>
    public static double Parse(string text)
    {
        if (text.Length > 100) return double.NaN;
        var match = IsoForm().Match(text);
        if (!match.Success) match = MonthFirst().Match(text);
        if (!match.Success) match = DayFirst().Match(text);
        if (!match.Success) match = Slashes().Match(text);
        return match.Success ? Read(match) : double.NaN;
    }

    private static double Read(Match match)
    {
        var month = match.Groups["name"] is { Success: true } name
            ? Array.FindIndex(Months, known => name.Value.StartsWith(known, StringComparison.OrdinalIgnoreCase))
            : Part(match, "month", 1) - 1;
        var (day, hour, minute, second) = (Part(match, "day", 1), Part(match, "hour", 0), Part(match, "minute", 0), Part(match, "second", 0));
        if (match.Groups["half"] is { Success: true } half)
        {
            if (hour is < 1 or > 12) return double.NaN;
            hour = (hour % 12) + (half.Value.StartsWith('p') || half.Value.StartsWith('P') ? 12 : 0);
        }
        if (month is < 0 or > 11 || day is < 1 or > 31 || hour > 24 || minute > 59 || second > 59 || (hour == 24 && minute + second > 0)) return double.NaN;
        var fraction = match.Groups["fraction"].Value.PadRight(3, '0')[..3];
        var millisecond = int.Parse(fraction, CultureInfo.InvariantCulture);
        var time = (Calendar.DayOf(YearOf(match), month, day) * Calendar.Day) + Calendar.TimeOf(hour, minute, second, millisecond);
        return Calendar.Clip(time - (Offset(match.Groups["zone"].Value) * 60_000));
    }

    private static double YearOf(Match match)
    {
        var text = match.Groups["year"].Value;
        var year = int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return text.Length > 2 ? year : year < 50 ? 2000 + year : 1900 + year;
    }

    private static int Part(Match match, string group, int otherwise) =>
        match.Groups[group] is { Success: true } part ? int.Parse(part.Value, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Minutes east of UTC.</summary>
    private static int Offset(string zone)
    {
        var digits = zone.AsSpan(zone.AsSpan().IndexOfAny('+', '-') + 1);
        if (zone.Length == 0 || digits.Length == zone.Length || !char.IsAsciiDigit(digits[0])) return 0;
        var hours = int.Parse(digits[..2], CultureInfo.InvariantCulture);
        var minutes = digits.Length >= 4 ? int.Parse(digits[^2..], CultureInfo.InvariantCulture) : 0;
        return (zone.Contains('-') ? -1 : 1) * ((hours * 60) + minutes);
    }

    private static string Clock(CalendarDate date) => $"{Number(date.Hour, 2)}:{Number(date.Minute, 2)}:{Number(date.Second, 2)}";

    private static string Year(CalendarDate date) => date.Year < 0 ? "-" + Number(-date.Year, 6) : Number(date.Year, 4);

    private static string Number(long number, int digits) => number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private const string Time = @"(?<hour>\d{1,2}):(?<minute>\d{2})(:(?<second>\d{2})([.,](?<fraction>\d{1,9}))?)?(\s*(?<half>[AaPp][Mm]))?";

    private const string Name = @"(?<name>(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.?";

    private const string Zone = @"\s*(?<zone>(UTC|GMT|Z)?([+-]\d{2}:?(\d{2})?)?)(\s*\(.*\))?";

    private const string YearFirst = "(?<year>[0-9]{4})/(?<month>[0-9]{1,2})/(?<day>[0-9]{1,2})";

    private const string YearLast = "(?<month>[0-9]{1,2})/(?<day>[0-9]{1,2})/(?<year>[0-9]{4}|[0-9]{2})";

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\s*(?<year>[0-9]{4}|[+-][0-9]{6})(-(?<month>[0-9]{1,2})(-(?<day>[0-9]{1,2}))?)?([T ]" + Time + Zone + @")?\s*$", Linear)]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"^\s*([A-Za-z]{3,9},?\s+)?" + Name + @"\s+(?<day>[0-9]{1,2}),?\s+(?<year>[0-9]{4})(,?\s+" + Time + Zone + @")?\s*$", Linear)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"^\s*([A-Za-z]{3,9},?\s+)?(?<day>[0-9]{1,2})[\s-]+" + Name + @"[\s,-]+(?<year>[0-9]{4})(,?\s+" + Time + Zone + @")?\s*$", Linear)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^\s*(" + YearFirst + "|" + YearLast + @")(,?\s+" + Time + Zone + @")?\s*$", Linear)]
    private static partial Regex Slashes();
}
