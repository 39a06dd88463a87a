using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace Workflow.Engine.Clocks;

/// <summary>
/// Working hours per weekday, holidays and make-up workdays (调休) in one time zone. Which days those are is announced once a year by the
/// General Office of the State Council (《全国年节及纪念日放假办法》), so a year without data is unknown, not free of holidays: its weekly hours
/// are assumed, and everything that rests on them is provisional (暂定).
/// </summary>
public sealed record BusinessCalendar
{
    /// <summary>Every hour of every day counts. The same calendar as definitions/calendars/24x7.json.</summary>
    public static BusinessCalendar Continuous { get; } = new BusinessCalendar
    {
        Id = "24x7",
        Name = "7×24 小时",
        TimeZone = "Asia/Shanghai",
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
        IsContinuous = true,
    }.WithVersion();

    internal BusinessCalendar() { }

    public string Id { get; internal init; } = "";

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of everything below: equal versions count alike.</summary>
    public string Version { get; private init; } = "";

    public string Name { get; internal init; } = "";

    /// <summary>IANA id, such as Asia/Shanghai.</summary>
    public string TimeZone { get; internal init; } = "";

    /// <summary>The legal source of the holidays and make-up workdays.</summary>
    public string? Basis { get; internal init; }

    /// <summary>Everything counts; there are no hours, days or years.</summary>
    public bool IsContinuous { get; internal init; }

    public FrozenDictionary<DateOnly, CalendarDay> Days { get; internal init; } = FrozenDictionary<DateOnly, CalendarDay>.Empty;

    /// <summary>The years whose holidays have been announced.</summary>
    public FrozenSet<int> KnownYears { get; internal init; } = [];

    /// <summary>The hours of a make-up workday.</summary>
    public ImmutableArray<WorkingInterval> MakeupHours { get; internal init; } = [];

    /// <summary>Indexed by <see cref="DayOfWeek"/>.</summary>
    internal ImmutableArray<ImmutableArray<WorkingInterval>> WeeklyHours { get; init; } = [];

    internal TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The calendar that holds before this one does, see <see cref="After"/>.</summary>
    internal EarlierCalendar? Earlier { get; init; }

    /// <summary>One of several that follow one another: the ledger says which.</summary>
    internal bool IsPart { get; init; }

    /// <summary>The document that it was read from; empty for <see cref="Continuous"/>.</summary>
    public string Document { get; internal init; } = "";

    /// <summary>Reads a calendar document (definitions/schema/calendar.schema.json); null when it adds a problem. Lists every problem, not the first.</summary>
    public static BusinessCalendar? Read(JsonElement document, IList<CalendarProblem> problems) => new CalendarReader(problems).Read(document);

    /// <summary>The working intervals of an ordinary day, in order; empty on a rest day.</summary>
    public ImmutableArray<WorkingInterval> HoursOn(DayOfWeek day) =>
        IsContinuous ? [new WorkingInterval(TimeOnly.MinValue, TimeOnly.MinValue)] : WeeklyHours[(int)day];

    /// <summary>This calendar from an instant on, and another one before it. Dates are those of the last calendar's zone; one belongs to the calendar in which it ended.</summary>
    public BusinessCalendar After(BusinessCalendar earlier, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return this with { Earlier = new(earlier with { IsPart = true }, until), IsPart = true };
    }

    /// <summary>The legal source of the days of this calendar, or of the one before it that has this id.</summary>
    internal string? BasisOf(string? part) => part is null || part == Id ? Basis : Earlier?.Calendar.BasisOf(part);

    /// <summary>The same instant with the offset of the calendar's zone.</summary>
    public DateTimeOffset InZone(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>The instant at which the wall clock of the calendar's zone shows this time.</summary>
    public DateTimeOffset LocalTime(DateTime local) => LocalDay.At(Zone, DateOnly.FromDateTime(local), local.TimeOfDay.Ticks);

    /// <summary>What a day is by this calendar. In a year whose holidays are not known Monday to Friday are workdays.</summary>
    public DayKind KindOf(DateOnly day) =>
        Days.TryGetValue(day, out var special) ? special.Kind == CalendarDayKind.Holiday ? DayKind.Holiday : DayKind.Workday : HoursOn(day.DayOfWeek).IsEmpty ? DayKind.RestDay : DayKind.Workday;

    /// <summary>Whether an instant lies in a year whose holidays are not known.</summary>
    public bool IsProvisionalAt(DateTimeOffset instant) => PlanOf(DateOnly.FromDateTime(InZone(instant).DateTime)).IsProvisional;

    // The version stands for the content, and the collections have no equality of their own.
    public bool Equals(BusinessCalendar? other) => other is not null && Version == other.Version;

    public override int GetHashCode() => Version.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Id}@{Version}";

    internal BusinessCalendar WithVersion()
    {
        var content = new
        {
            Id,
            Name,
            TimeZone,
            Basis,
            IsContinuous,
            WeeklyHours,
            MakeupHours,
            Years = KnownYears.Order(),
            Days = Days.OrderBy(day => day.Key).Select(day => new { Date = day.Key, Kind = day.Value.Kind.ToString(), day.Value.Name }),
        };
        return this with { Version = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content)).AsSpan(0, 8)) };
    }

    internal DayPlan PlanOf(DateOnly date)
    {
        if (Earlier is { } before && before.Calendar.PlanOf(date) is var earlier && LocalDay.At(Zone, date, earlier.IsWorking ? earlier.Hours[^1].ToTicks : TimeSpan.TicksPerDay) <= before.Until)
            return earlier;
        return OwnPlanOf(date) with { Calendar = IsPart ? Id : null };
    }

    /// <summary>What this calendar says of a date, whatever held before it.</summary>
    internal DayPlan OwnPlanOf(DateOnly date)
    {
        var isProvisional = !IsContinuous && !KnownYears.Contains(date.Year);
        if (Days.TryGetValue(date, out var day))
            return day.Kind == CalendarDayKind.Holiday
                ? new DayPlan([], LedgerRule.Holiday, day.Name, isProvisional)
                : new DayPlan(MakeupHours, LedgerRule.MakeupWorkday, day.Name, isProvisional);
        var hours = HoursOn(date.DayOfWeek);
        return new DayPlan(hours, hours.IsEmpty ? LedgerRule.RestDay : LedgerRule.WorkingTime, null, isProvisional);
    }
}

/// <summary>A calendar and the end of its time.</summary>
internal sealed record EarlierCalendar(BusinessCalendar Calendar, DateTimeOffset Until);

/// <summary>Wall-clock time [From, To) of one day. A <paramref name="To"/> of 00:00 is the end of that day, 24:00.</summary>
public sealed record WorkingInterval(TimeOnly From, TimeOnly To)
{
    internal long FromTicks => From.Ticks;

    internal long ToTicks => To == TimeOnly.MinValue ? TimeSpan.TicksPerDay : To.Ticks;
}

/// <summary>What a day is for those who work.</summary>
public enum DayKind
{
    Workday,
    RestDay,

    /// <summary>Off by law.</summary>
    Holiday,
}

public enum CalendarDayKind
{
    Holiday,
    MakeupWorkday,
}

/// <summary>A day that does not follow its weekday. <paramref name="Name"/> is the holiday, also of the workday that makes up for it.</summary>
public sealed record CalendarDay(CalendarDayKind Kind, string Name);

/// <summary>What is wrong in a calendar document, at the JSON pointer (RFC 6901) where it was found.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The word of RFC 6901; nothing here is an address in memory.")]
public sealed record CalendarProblem(string Pointer, string Expected, string Found);
