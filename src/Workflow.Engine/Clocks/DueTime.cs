using System.Collections.Immutable;
using System.Diagnostics;

namespace Workflow.Engine.Clocks;

/// <summary>
/// When a clock is due. <paramref name="At"/> is null when the clock was stopped for good before it reached its target.
/// The ledger begins with the first span, has no gap, and ends at <paramref name="At"/>, or with the last span.
/// </summary>
public sealed record Due(DateTimeOffset? At, bool IsProvisional, ImmutableArray<LedgerEntry> Ledger);

/// <summary>
/// The promise: every due time explains itself. A clock is a list of spans in which it ran; everything else is derived from them
/// here, from scratch, each time, and the same spans, target and calendar always give the same answer.
/// <list type="bullet">
/// <item>A target of working hours counts while the wall clock of the calendar's zone shows working time; a continuous one counts always.</item>
/// <item>A target of days or months counts dates (<see cref="DayCount"/>); an instant that was given is due then, whatever stops the clock.</item>
/// <item>All times are half-open [From, To). The due time is the earliest instant at which the target has been counted, so work that
/// fills the day is due at 17:00, not at 09:00 of the next day; and a clock that is stopped exactly when it is due has reached its target.</item>
/// <item>The counted entries of the ledger add up exactly to the target, to the tick. Between two spans the ledger says
/// "stopped", with the reason, and does not look at the calendar.</item>
/// <item>A year whose holidays have not been announced is walked with its weekly hours. Each entry in it is provisional and so is a due time
/// that rests on one; a due time before that year is not. When the data comes, computing again is all there is to do.</item>
/// <item>A calendar that was read has working hours in every week, so every walk ends. Spans out of order are a bug of ours and throw.</item>
/// </list>
/// </summary>
public static class DueTime
{
    /// <summary>The largest share of a target that can be asked for: ten times the target.</summary>
    public const decimal LargestFraction = 10;

    public static Due Compute(SlaTarget target, BusinessCalendar calendar, ImmutableArray<ClockSpan> spans)
    {
        switch (target)
        {
            case SlaTarget.Days days: return new DayCount(days, calendar, spans).Compute();
            case SlaTarget.Fixed { At: var instant }:
                var (from, to) = (calendar.InZone(spans[0].From), calendar.InZone(instant));
                return new(to, false, from < to ? [new(from, to, true, LedgerRule.FixedInstant, null, null, false)] : []);
            default:
                var ledger = new LedgerBuilder(calendar);
                var at = Reach(new Clock(target, calendar, spans), ((SlaTarget.Time)target).Length.Ticks, ledger);
                return new Due(at, ledger.IsProvisional, ledger.Build());
        }
    }

    /// <summary>The whole that the counted part of the ledger adds up to when the clock is due; days are 24 hours.</summary>
    public static TimeSpan Whole(SlaTarget target, BusinessCalendar calendar, ImmutableArray<ClockSpan> spans) => target switch
    {
        SlaTarget.Time time => time.Length,
        SlaTarget.Days days => TimeSpan.FromDays(new DayCount(days, calendar, spans).Length),
        SlaTarget.Fixed instant => instant.At > spans[0].From ? instant.At - spans[0].From : TimeSpan.Zero,
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// The instant at which this share of the target (more than 0, at most 10) has been counted, or null when the spans end before it.
    /// A share that falls between two ticks is reached at the later one: a timer is never early.
    /// </summary>
    public static DateTimeOffset? AtFraction(SlaTarget target, decimal fraction, BusinessCalendar calendar, ImmutableArray<ClockSpan> spans)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(fraction, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, LargestFraction);
        return target switch
        {
            SlaTarget.Days days => new DayCount(days, calendar, spans).AtFraction(fraction),
            SlaTarget.Fixed => calendar.InZone(spans[0].From + TimeSpan.FromTicks((long)decimal.Ceiling(Whole(target, calendar, spans).Ticks * fraction))),
            _ => Reach(new Clock(target, calendar, spans), (long)decimal.Ceiling(((SlaTarget.Time)target).Length.Ticks * fraction), null),
        };
    }

    /// <summary>The time counted before <paramref name="until"/>. It goes on beyond the target.</summary>
    public static TimeSpan Counted(SlaTarget target, BusinessCalendar calendar, ImmutableArray<ClockSpan> spans, DateTimeOffset until)
    {
        ClockSpan.RequireOrder(spans);
        if (target is SlaTarget.Days days) return new DayCount(days, calendar, spans).Counted(until);
        if (target is SlaTarget.Fixed) return until > spans[0].From ? until - spans[0].From : TimeSpan.Zero;
        var clock = new Clock(target, calendar, spans);
        var counted = 0L;
        foreach (var span in spans)
        {
            foreach (var piece in clock.Walk(span.From.UtcTicks, Math.Min(EndOf(span), until.UtcTicks)))
            {
                if (piece.IsCounted) counted += piece.Length;
            }
        }
        return TimeSpan.FromTicks(counted);
    }

    private static DateTimeOffset? Reach(Clock clock, long remaining, LedgerBuilder? ledger)
    {
        ClockSpan.RequireOrder(clock.Spans);
        ClockSpan? before = null;
        foreach (var span in clock.Spans)
        {
            if (before is not null) ledger?.Add(new Piece(EndOf(before), span.From.UtcTicks, LedgerRule.OfStop(before.Pause), before.StopReason, false) { Pause = before.Pause });
            foreach (var piece in clock.Walk(span.From.UtcTicks, EndOf(span)))
            {
                if (piece.IsCounted && piece.Length >= remaining)
                {
                    var last = piece with { To = piece.From + remaining };
                    ledger?.Add(last);
                    return clock.Calendar.InZone(new DateTimeOffset(last.To, TimeSpan.Zero));
                }
                ledger?.Add(piece);
                if (piece.IsCounted) remaining -= piece.Length;
            }
            before = span;
        }
        return before is { To: null } ? throw CalendarWalk.TooFar(clock.Calendar) : null;
    }

    private static long EndOf(ClockSpan span) => span.To?.UtcTicks ?? CalendarWalk.Never;

    private readonly record struct Clock(SlaTarget Target, BusinessCalendar Calendar, ImmutableArray<ClockSpan> Spans)
    {
        public IEnumerable<Piece> Walk(long from, long to) =>
            CalendarWalk.Forward(Target is SlaTarget.Continuous ? BusinessCalendar.Continuous : Calendar, from, to);
    }
}
