namespace Workflow.Engine.Clocks;

/// <summary>Dates of a zone as instants.</summary>
internal static class LocalDay
{
    public static DateOnly Of(TimeZoneInfo zone, DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>
    /// The instant at which the wall clock shows this time (ticks since midnight, up to 24:00) of the date: the first one where a switch
    /// skips it, the last one where a switch repeats it, except that a day begins the first time it is midnight.
    /// </summary>
    public static DateTimeOffset At(TimeZoneInfo zone, DateOnly date, long time)
    {
        var local = date.ToDateTime(TimeOnly.MinValue).AddTicks(time);
        if (zone.IsInvalidTime(local)) return TimeZoneInfo.ConvertTime(Switch(zone, local), zone);
        var offset = zone.IsAmbiguousTime(local) && time is 0 or TimeSpan.TicksPerDay ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(local, offset), zone);
    }

    /// <summary>The instant of the switch that skips this time.</summary>
    private static DateTimeOffset Switch(TimeZoneInfo zone, DateTime skipped)
    {
        var offsets = new ZoneOffset(zone);
        offsets.At(skipped.Ticks - zone.GetUtcOffset(skipped).Ticks - TimeSpan.TicksPerDay);
        return new(offsets.Until, TimeSpan.Zero);
    }

    public static DateTimeOffset Start(TimeZoneInfo zone, DateOnly date) => At(zone, date, 0);
}
