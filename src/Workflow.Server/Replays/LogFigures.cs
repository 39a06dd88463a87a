using Workflow.Engine.Instances;

namespace Workflow.Server.Replays;

/// <summary>
/// What a log comes to. Counted over whole cases: variants are distinct sequences of activities, days reach from a case's first event to its last, returns are
/// events whose stage lies before that of the event before.
/// </summary>
internal sealed record LogFigures(
    int Cases, int Events, int Activities, int Variants, int ClosedOnTime, int ClosedLate, int Open, double? MedianDays, double? MeanDays, int Returns)
{
    /// <summary>Those of the returns that were done after the case had ended, and moved nothing.</summary>
    public int ReturnsAfterEnd { get; init; }

    /// <summary>Events that passed over a stage.</summary>
    public int Skips { get; init; }

    /// <summary>Events after the end of their case.</summary>
    public int Annotations { get; init; }

    public int UnreadableRows { get; init; }

    /// <param name="isOnTime">Whether a case that has ended was on time.</param>
    public static LogFigures Of(EventLog log, Func<LogCase, bool> isOnTime)
    {
        var days = log.Cases.Select(one => (one.Events[^1].At - one.Events[0].At).TotalDays).Order().ToList();
        var onTime = log.Cases.Count(one => one.End is not null && isOnTime(one));
        var open = log.Cases.Count(one => one.End is null);
        return new(
            log.Cases.Count, log.Cases.Sum(one => one.Events.Count),
            log.Cases.SelectMany(one => one.Events).Select(done => done.Activity).Distinct(StringComparer.Ordinal).Count(),
            log.Cases.Select(VariantOf).Distinct(StringComparer.Ordinal).Count(),
            onTime, log.Cases.Count - open - onTime, open, Median(days), days.Count == 0 ? null : days.Average(), log.Cases.Sum(one => BackwardsIn(one.Events)))
        {
            ReturnsAfterEnd = log.Cases.Sum(one => BackwardsIn(one.Events) - BackwardsIn([.. one.During])),
            Skips = log.Cases.Sum(SkipsOf),
            Annotations = log.Cases.Sum(one => one.Afterwards.Count()),
            UnreadableRows = log.Unreadable,
        };
    }

    /// <summary>A case without a deadline cannot be late.</summary>
    public static bool IsOnTime(LogCase one) => one.Deadline is not { } deadline || one.End <= deadline;

    private static string VariantOf(LogCase one) => string.Concat(one.Events.Select(done => $"{done.Activity.Length}:{done.Activity}"));

    private static int BackwardsIn(IReadOnlyList<LogEvent> events) => events.Zip(events.Skip(1)).Count(pair => pair.Second.Stage < pair.First.Stage);

    private static int SkipsOf(LogCase one)
    {
        var (at, skips) = (StageName.Initiation, 0);
        foreach (var done in one.During)
        {
            if (done.Stage > at + 1) skips++;
            at = done.Stage;
        }
        return skips;
    }

    private static double? Median(List<double> sorted) => sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
