using System.Collections.Immutable;

namespace Workflow.Engine.Clocks;

/// <summary>
/// A time in which an SLA clock runs: half-open [From, To), still running when <paramref name="To"/> is null.
/// <paramref name="StopReason"/> says why it stopped, and names the gap until the next span in the ledger.
/// </summary>
public sealed record ClockSpan(DateTimeOffset From, DateTimeOffset? To, string? StopReason)
{
    /// <summary>The pause in which the clock stood still after it; null where it was none, or nothing more is known.</summary>
    public PauseNote? Pause { get; init; }

    /// <summary>The same spans without the time [from, to), in which the clock is now known to have stood still.</summary>
    public static ImmutableArray<ClockSpan> Cut(ImmutableArray<ClockSpan> spans, ClockSpan gap)
    {
        var (from, to) = (gap.From, gap.To ?? throw new ArgumentException("expected a gap with an end", nameof(gap)));
        var cut = ImmutableArray.CreateBuilder<ClockSpan>();
        foreach (var span in spans)
        {
            if (span.To <= from || span.From >= to)
            {
                cut.Add(span);
                continue;
            }
            cut.Add(new(span.From, span.From > from ? span.From : from, gap.StopReason) { Pause = gap.Pause });
            // What stopped the span itself goes on naming the time after it.
            cut.Add(span with { From = span.To < to ? span.To.Value : to });
        }
        return cut.ToImmutable();
    }

    /// <summary>The spans of a clock that starts here and is paused at these times, in any order; pauses that touch or overlap are one.</summary>
    public static ImmutableArray<ClockSpan> Around(DateTimeOffset start, IEnumerable<(DateTimeOffset From, DateTimeOffset To)> pauses, string reason)
    {
        var spans = ImmutableArray.CreateBuilder<ClockSpan>();
        var from = start;
        (DateTimeOffset From, DateTimeOffset To)? open = null;
        void Close()
        {
            if (open is not { } pause) return;
            spans.Add(new(from, pause.From, reason));
            from = pause.To;
        }
        foreach (var (begins, ends) in pauses.Where(pause => pause.To > start && pause.From < pause.To).Order())
        {
            var clipped = begins < start ? start : begins;
            if (open is { } last && clipped <= last.To) open = (last.From, ends > last.To ? ends : last.To);
            else
            {
                Close();
                open = (clipped, ends);
            }
        }
        Close();
        spans.Add(new(from, null, null));
        return spans.ToImmutable();
    }

    /// <summary>Throws unless the spans are in order, do not overlap and only the last one is open: anything else is a bug of ours.</summary>
    internal static void RequireOrder(ImmutableArray<ClockSpan> spans)
    {
        if (spans.IsDefault) throw new ArgumentException("expected an array of spans, found none", nameof(spans));
        for (var i = 0; i < spans.Length; i++)
        {
            if (spans[i].To < spans[i].From) throw new ArgumentException($"expected a span that ends after it begins, found {spans[i]}", nameof(spans));
            if (i > 0 && (spans[i - 1].To is not { } end || end > spans[i].From))
                throw new ArgumentException($"expected a span that begins when the one before it has ended, found {spans[i]}", nameof(spans));
        }
    }
}

/// <summary>What the ledger says of a pause besides its reason.</summary>
/// <param name="WorkItem">Number of the item that was suspended.</param>
/// <param name="Basis">The article or rule that does not count this time.</param>
/// <param name="ApprovedBy">Null where nobody had to.</param>
public sealed record PauseNote(int WorkItem, string? Basis, string AskedBy, string? ApprovedBy, string? Note)
{
    /// <summary>Ids of the item's evidence that was given for it.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>It was ended by its cap, not by a person.</summary>
    public bool IsCapped { get; init; }

    public bool Equals(PauseNote? other) =>
        other is not null && (WorkItem, Basis, AskedBy, ApprovedBy, Note, IsCapped) == (other.WorkItem, other.Basis, other.AskedBy, other.ApprovedBy, other.Note, other.IsCapped)
        && Evidence.SequenceEqual(other.Evidence);

    public override int GetHashCode() => HashCode.Combine(WorkItem, AskedBy, ApprovedBy, Note);
}
