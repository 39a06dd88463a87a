using System.Globalization;
using System.Text;
using Workflow.Reliability.Processes;
using Workflow.Server.Replays;

namespace Workflow.Server.Tests.Replays;

/// <summary>Made-up cases with the columns of the real log: one of each kind that it has.</summary>
internal static class SmallLog
{
    public static string MapFile => Path.Combine(ServerProcess.RepositoryRoot, "definitions", "replay", "receipt.map.json");

    private const string Header = "case:channel,case:concept:name,case:deadline,case:department,case:enddate,case:responsible,case:startdate,concept:name,org:group,org:resource,time:timestamp";

    private const string Receipt = "Confirmation of receipt";
    private const string Check = "T02 Check confirmation of receipt";
    private const string Advice = "T06 Determine necessity of stop advice";
    private const string Report = "T16 Report reasons to hold request";

    /// <summary>A day of October 2011.</summary>
    private static string At(double day) => new DateTimeOffset(2011, 10, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddDays(day).ToString("yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    public static string Text { get; } = string.Join('\n', (string[])
    [
        Header,
        .. Case("on-time", 0, 20, 10, (1, Receipt), (2, Check), (3, Advice), (4, Report)),
        .. Case("at-the-deadline", 0, 10, 10, (1, Receipt), (10, Check)),
        .. Case("late", 1, 5, 10, (2, Receipt), (6, Check)),
        .. Case("open", 2, 40, null, (2, Receipt), (3, Advice)),
        .. Case("open-and-late", 2, 8, null, (2, Receipt)),
        .. Case("ended-before-its-first-event", 0, 20, 1, (3, Receipt)),
        .. Case("goes-on-after-its-end", 0, 20, 5, (1, Receipt), (2, Report), (7, Check), (8, Report)),
        .. Case("skips-and-returns", 0, 30, 12, (1, Receipt), (2, Advice), (3, Check), (4, Report), (4, Advice)),
        .. Case("ends-before-it-starts", 6, 20, 4, (5, Receipt)),
        .. Case("without-a-deadline", 0, null, 9, (1, Receipt)),
        .. Case("alone", 15, 20, 16, (15.5, "Nobody knows this")),
        "Desk,\"quoted, \"\"case\"\"\",,General,,Resource 1," + At(1) + ",Confirmation of receipt,EMPTY,," + At(1.25),
        "Desk,no-time,,General,,Resource 1," + At(1) + ",Confirmation of receipt,Group 1,Resource 1,yesterday",
        "Desk,\"never closed,,General",
    ]) + "\n";

    public static async Task<string> WriteAsync(string folder)
    {
        var file = Path.Combine(folder, "log.csv");
        await File.WriteAllTextAsync(file, Text, new UTF8Encoding(true));
        return file;
    }

    public static EventLog Read(ReplayMap map, List<LineProblem>? problems = null, string? text = null) => new EventLogReader(map, new(), problem => problems?.Add(problem), _ => { }).Read(new StringReader(text ?? Text));

    private static IEnumerable<string> Case(string id, double start, double? deadline, double? end, params (double Day, string Activity)[] events) =>
        events.Select((done, index) => string.Join(',',
            "Internet", id, deadline is { } due ? At(due) : "", "General", end is { } ended ? At(ended) : "", "Resource 1", At(start), done.Activity, index % 2 == 0 ? "Group 1" : "EMPTY", $"Resource {index + 1}", At(done.Day)));
}
