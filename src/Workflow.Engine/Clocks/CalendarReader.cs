using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Workflow.Engine.Clocks;

/// <summary>Reads one calendar document and lists every problem in it.</summary>
internal sealed class CalendarReader(IList<CalendarProblem> problems)
{
    private const string Holiday = "holiday";
    private const string MakeupWorkday = "makeupWorkday";

    private static readonly Regex IdForm = new(@"^[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant);
    private static readonly Regex YearForm = new(@"^[12][0-9]{3}\z", RegexOptions.CultureInvariant);

    private static readonly string[] Remarks = ["$schema", "description", "source"];
    private static readonly string[] Common = [.. Remarks, "schemaVersion", "id", "name", "timeZone", "continuous"];
    private static readonly string[] OfHours = [.. Common, "basis", "weeklyHours", "makeupHours", "years"];
    private static readonly string[] Weekdays = [.. Enum.GetValues<DayOfWeek>().Select(day => day.ToString().ToLowerInvariant())];

    public BusinessCalendar? Read(JsonElement document)
    {
        var before = problems.Count;
        var isContinuous = IsContinuous(document);
        var members = Members(document, "", isContinuous ? Common : OfHours);
        if (document.ValueKind != JsonValueKind.Object) return null;

        Require(members, "/schemaVersion", "1", value => value.ValueKind == JsonValueKind.Number && value.GetRawText() == "1");
        foreach (var remark in Remarks.Where(members.ContainsKey))
            Require(members, $"/{remark}", "a text", value => value.ValueKind == JsonValueKind.String);
        var zone = Zone(members);
        var calendar = new BusinessCalendar
        {
            Id = Require(members, "/id", "lower-case letters, digits and hyphens, at most 64", value => IsText(value) && IdForm.IsMatch(value.GetString()!)),
            Name = Require(members, "/name", "a text", IsText),
            TimeZone = zone.Id,
            Zone = zone,
            IsContinuous = isContinuous,
        };
        if (!isContinuous) calendar = WithHours(calendar, members);
        return problems.Count == before ? calendar.WithVersion() with { Document = document.GetRawText() } : null;
    }

    private BusinessCalendar WithHours(BusinessCalendar calendar, Dictionary<string, JsonElement> members)
    {
        if (members.ContainsKey("continuous"))
            Require(members, "/continuous", "true or false", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False);
        var weekly = WeeklyHours(members);
        var years = members.TryGetValue("years", out var found) ? Members(found, "/years", null) : [];
        var days = Days(years);
        if (!members.ContainsKey("years")) Problem("/years", "an object with a list of days for each known year", "nothing");
        return calendar with
        {
            Basis = Require(members, "/basis", "a text", IsText),
            WeeklyHours = weekly,
            MakeupHours = MakeupHours(members, weekly[(int)DayOfWeek.Monday], days.Values.Any(day => day.Kind == CalendarDayKind.MakeupWorkday)),
            KnownYears = years.Keys.Where(year => YearForm.IsMatch(year)).Select(year => int.Parse(year, CultureInfo.InvariantCulture)).ToFrozenSet(),
            Days = days.ToFrozenDictionary(),
        };
    }

    private TimeZoneInfo Zone(Dictionary<string, JsonElement> members)
    {
        TimeZoneInfo? zone = null;
        // HasIanaId refuses the zone names of Windows, which this platform would otherwise translate.
        Require(members, "/timeZone", "an IANA time zone such as Asia/Shanghai",
            value => IsText(value) && TimeZoneInfo.TryFindSystemTimeZoneById(value.GetString()!, out zone) && zone.HasIanaId);
        return zone ?? TimeZoneInfo.Utc;
    }

    private ImmutableArray<ImmutableArray<WorkingInterval>> WeeklyHours(Dictionary<string, JsonElement> members)
    {
        var byDay = members.TryGetValue("weeklyHours", out var found) ? Members(found, "/weeklyHours", Weekdays) : [];
        var hours = Weekdays.Select(day => byDay.TryGetValue(day, out var list) ? Intervals(list, $"/weeklyHours/{day}") : []).ToImmutableArray();
        if (hours.All(day => day.IsEmpty)) Problem("/weeklyHours", "a working interval on at least one weekday", "none");
        return hours;
    }

    private ImmutableArray<WorkingInterval> MakeupHours(Dictionary<string, JsonElement> members, ImmutableArray<WorkingInterval> monday, bool areNeeded)
    {
        var hours = members.TryGetValue("makeupHours", out var found) ? Intervals(found, "/makeupHours") : monday;
        if (hours.IsEmpty && areNeeded) Problem("/makeupHours", "working intervals for the make-up workdays, since Monday has none", "none");
        return hours;
    }

    private ImmutableArray<WorkingInterval> Intervals(JsonElement list, string pointer)
    {
        var intervals = ImmutableArray.CreateBuilder<WorkingInterval>();
        foreach (var (item, at) in Items(list, pointer))
        {
            if (Interval(item) is not { } interval)
                Problem(at, "an interval such as 09:00-12:00 that ends after it begins, at the latest at 24:00", Shown(item));
            else if (intervals is [.., var last] && interval.FromTicks < last.ToTicks)
                Problem(at, "an interval that begins at or after the end of the one before it", Shown(item));
            else
                intervals.Add(interval);
        }
        return intervals.ToImmutable();
    }

    private static WorkingInterval? Interval(JsonElement item)
    {
        if (!IsText(item) || item.GetString()!.Split('-') is not [var first, var second]) return null;
        if (!TryTime(first, out var from) || !TryTime(second == "24:00" ? "00:00" : second, out var to)) return null;
        return second == "24:00" || from < to ? new WorkingInterval(from, to) : null;
    }

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private Dictionary<DateOnly, CalendarDay> Days(Dictionary<string, JsonElement> years)
    {
        var days = new Dictionary<DateOnly, CalendarDay>();
        foreach (var (year, list) in years)
        {
            var pointer = $"/years/{Escaped(year)}";
            if (!YearForm.IsMatch(year)) Problem(pointer, "a year of four digits", year);
            foreach (var (item, at) in Items(list, pointer)) AddDay(days, Members(item, at, ["date", "kind", "name"]), year, at);
        }
        return days;
    }

    private void AddDay(Dictionary<DateOnly, CalendarDay> days, Dictionary<string, JsonElement> members, string year, string pointer)
    {
        DateOnly date = default;
        var dateText = Require(members, $"{pointer}/date", $"a date such as {year}-01-31",
            value => IsText(value) && IsDateIn(year, value.GetString()!, out date));
        var kind = Require(members, $"{pointer}/kind", "holiday or makeupWorkday", value => IsText(value) && value.GetString() is Holiday or MakeupWorkday);
        var name = Require(members, $"{pointer}/name", "the name of the holiday", IsText);
        if (dateText.Length == 0) return;
        if (!days.TryAdd(date, new CalendarDay(kind == Holiday ? CalendarDayKind.Holiday : CalendarDayKind.MakeupWorkday, name)))
            Problem($"{pointer}/date", "each day once", $"{dateText} again");
    }

    private static bool IsDateIn(string year, string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
        && text.StartsWith(year, StringComparison.Ordinal);

    private static bool IsContinuous(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty("continuous", out var value) && value.ValueKind == JsonValueKind.True;

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString());

    /// <summary>The text of the member at <paramref name="pointer"/>, which must be there and be right; empty, with a problem, when it is not.</summary>
    private string Require(Dictionary<string, JsonElement> members, string pointer, string expected, Func<JsonElement, bool> isRight)
    {
        var isThere = members.TryGetValue(pointer[(pointer.LastIndexOf('/') + 1)..], out var value);
        if (isThere && isRight(value)) return value.ToString();
        Problem(pointer, expected, isThere ? Shown(value) : "nothing");
        return "";
    }

    /// <summary>The members of an object, each once; any name is allowed when <paramref name="allowed"/> is null.</summary>
    private Dictionary<string, JsonElement> Members(JsonElement element, string pointer, string[]? allowed)
    {
        var members = new Dictionary<string, JsonElement>();
        if (element.ValueKind != JsonValueKind.Object)
        {
            Problem(pointer, "an object", Shown(element));
            return members;
        }
        foreach (var member in element.EnumerateObject())
        {
            var at = $"{pointer}/{Escaped(member.Name)}";
            if (allowed is not null && !allowed.Contains(member.Name)) Problem(at, $"only the members {string.Join(", ", allowed)}", member.Name);
            else if (!members.TryAdd(member.Name, member.Value)) Problem(at, "each member once", $"{member.Name} again");
        }
        return members;
    }

    private List<(JsonElement Item, string Pointer)> Items(JsonElement list, string pointer)
    {
        if (list.ValueKind == JsonValueKind.Array) return [.. list.EnumerateArray().Select((item, index) => (item, $"{pointer}/{index}"))];
        Problem(pointer, "a list", Shown(list));
        return [];
    }

    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 80 ? text : text[..80] + "…";
    }

    private void Problem(string pointer, string expected, string found) => problems.Add(new CalendarProblem(pointer, expected, found));
}
