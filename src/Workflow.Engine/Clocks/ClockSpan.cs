using System.Collections.Immutable;

namespace Workflow.Engine.Clocks;

/// <summary>
/// A time in which an SLA clock runs: half-open [From, To), still running when <paramref name="To"/> is null.
/// <paramref name="StopReason"/> says why it stopped, and names the gap until the next span in the ledger.
/// </summary>
public sealed record ClockSpan(DateTimeOffset From, DateTimeOffset? To, string? StopReason)
{
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
