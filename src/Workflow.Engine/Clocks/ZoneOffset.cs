namespace Workflow.Engine.Clocks;

/// <summary>
/// The UTC offset of a zone, in ticks, for instants that are asked for in rising order. It asks the zone once a week
/// instead of once per piece: no zone has been at an offset for less than that (Morocco's Ramadan time lasts a month).
/// </summary>
internal sealed class ZoneOffset(TimeZoneInfo zone)
{
    private const long Step = 7 * TimeSpan.TicksPerDay;
    private long _from;
    private long _offset;

    /// <summary>The offset that was last returned holds until here (UTC ticks); it may hold for longer.</summary>
    public long Until { get; private set; }

    public long At(long utc)
    {
        if (utc < _from || utc >= Until)
        {
            _from = utc;
            _offset = Ask(utc);
            Until = FirstOther(utc, utc + Step);
        }
        return _offset;
    }

    public DateTimeOffset Local(long utc)
    {
        var offset = At(utc);
        return new DateTimeOffset(utc + offset, TimeSpan.FromTicks(offset));
    }

    /// <summary>The first instant with another offset, found by halving; <paramref name="other"/> itself when the offset does not change before it.</summary>
    private long FirstOther(long same, long other)
    {
        if (Ask(other) == _offset) return other;
        while (other - same > 1)
        {
            var middle = same + ((other - same) / 2);
            if (Ask(middle) == _offset) same = middle;
            else other = middle;
        }
        return other;
    }

    private long Ask(long utc) => zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;
}
