using System.Globalization;

namespace Workflow.Server.Tests.Replays;

/// <summary>One row of a log as a script would see it.</summary>
/// <param name="Stage">0 to 4.</param>
internal sealed record NaiveRow(string Case, string Activity, int Stage, DateTimeOffset At, DateTimeOffset? Deadline, DateTimeOffset? End);

/// <summary>The figures of a log counted as a script would, without anything of the program.</summary>
internal sealed record NaiveFigures(int Cases, int Events, int Activities, int Variants, int OnTime, int Late, int Open, double Median, double Mean, int Returns)
{
    public static NaiveFigures Of(IReadOnlyList<NaiveRow> rows)
    {
        var cases = new List<string>();
        foreach (var row in rows)
            if (!cases.Contains(row.Case)) cases.Add(row.Case);
        var (variants, days) = (new List<string[]>(), new List<double>());
        var (onTime, late, open, returns) = (0, 0, 0, 0);
        foreach (var id in cases)
        {
            var own = new List<NaiveRow>();
            foreach (var row in rows.Where(row => row.Case == id))
            {
                var at = own.Count;
                while (at > 0 && own[at - 1].At > row.At) at--;
                own.Insert(at, row);
            }
            var names = own.Select(row => row.Activity).ToArray();
            if (!variants.Exists(variant => variant.SequenceEqual(names))) variants.Add(names);
            days.Add((own[^1].At.UtcTicks - own[0].At.UtcTicks) / (double)TimeSpan.TicksPerDay);
            var (end, deadline) = (rows.First(row => row.Case == id).End, rows.First(row => row.Case == id).Deadline);
            if (end is null) open++;
            else if (deadline is null || end.Value.UtcTicks <= deadline.Value.UtcTicks) onTime++;
            else late++;
            for (var at = 1; at < own.Count; at++)
                if (own[at].Stage < own[at - 1].Stage) returns++;
        }
        days.Sort();
        var median = days.Count % 2 == 1 ? days[days.Count / 2] : (days[(days.Count / 2) - 1] + days[days.Count / 2]) / 2;
        return new(cases.Count, rows.Count, rows.Select(row => row.Activity).Distinct().Count(), variants.Count, onTime, late, open, median, days.Sum() / days.Count, returns);
    }

    /// <summary>The real log: no field of it is quoted.</summary>
    public static NaiveFigures OfReceipt(IEnumerable<string> lines)
    {
        var header = lines.First().Split(',');
        int Column(string name) => Array.IndexOf(header, name);
        return Of([.. lines.Skip(1).Select(line => line.Split(',')).Select(row => new NaiveRow(
            row[Column("case:concept:name")], row[Column("concept:name")], StageOf(row[Column("concept:name")]), Time(row[Column("time:timestamp")])!.Value, Time(row[Column("case:deadline")]), Time(row[Column("case:enddate")])))]);
    }

    /// <summary>By the number of the activity, not by the map.</summary>
    private static int StageOf(string activity) => activity[0] != 'T' ? 0 : int.Parse(activity.AsSpan(1, 2), CultureInfo.InvariantCulture) switch { <= 5 => 1, <= 10 => 2, _ => 3 };

    private static DateTimeOffset? Time(string text) => text.Length == 0 ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
