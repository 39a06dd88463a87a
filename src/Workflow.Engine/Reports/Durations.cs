namespace Workflow.Engine.Reports;

/// <summary>What a report says of times, in seconds.</summary>
/// <param name="Sum">Over all; with <paramref name="Count"/> the mean, exactly.</param>
/// <param name="P50">The nearest rank: the smallest time that at least half of them do not exceed.</param>
public sealed record DurationFigures(long Count, long Sum, long P50, long P90, long P95, long Most)
{
    /// <summary>Shares of <see cref="P50"/>, <see cref="P90"/> and <see cref="P95"/>, in percent.</summary>
    internal static readonly int[] Percents = [50, 90, 95];

    public double Mean => Sum / (double)Count;

    /// <returns>Null for no time at all.</returns>
    internal static DurationFigures? Of(List<long> seconds)
    {
        if (seconds.Count == 0) return null;
        seconds.Sort();
        long Rank(int percent) => seconds[(int)((((long)seconds.Count * percent) + 99) / 100) - 1];
        return new(seconds.Count, seconds.Sum(), Rank(50), Rank(90), Rank(95), seconds[^1]);
    }
}
