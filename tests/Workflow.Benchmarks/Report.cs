using System.Diagnostics;
using System.Text.Json;

namespace Workflow.Benchmarks;

/// <summary>Figures as they are printed.</summary>
internal static class Report
{
    public static void Print<T>(T figures) => Console.WriteLine(JsonSerializer.Serialize(figures));

    /// <summary>Four digits that mean something; more would be noise.</summary>
    public static double Round(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));

    /// <summary>The nearest rank of sorted times.</summary>
    public static TimeSpan Percentile(ReadOnlySpan<long> sortedTicks, double percent) =>
        Stopwatch.GetElapsedTime(0, sortedTicks[Math.Max(0, (int)Math.Ceiling(sortedTicks.Length * percent / 100) - 1)]);
}
