using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Tests.Clocks;

/// <summary>The calendars of these tests, and short forms for instants, targets and spans.</summary>
internal static class Calendars
{
    /// <summary>Working time around the hour that a switch repeats or skips.</summary>
    public const string AmsterdamText = """
        {
          "schemaVersion": 1, "id": "amsterdam", "name": "Amsterdam", "timeZone": "Europe/Amsterdam", "basis": "test",
          "weeklyHours": {
            "monday": ["09:00-12:00", "13:00-17:00"], "tuesday": ["09:00-12:00"], "wednesday": ["00:00-24:00"],
            "friday": ["09:00-12:00", "12:00-13:30"], "sunday": ["01:30-02:30", "02:45-04:00", "09:00-12:00"]
          },
          "years": { "2026": [ { "date": "2026-04-27", "kind": "holiday", "name": "Koningsdag" } ] }
        }
        """;

    /// <summary>Egypt switches at midnight, so one date begins at 01:00 and another has two hours before 24:00.</summary>
    public const string CairoText = """
        {
          "schemaVersion": 1, "id": "cairo-nights", "name": "Cairo nights", "timeZone": "Africa/Cairo", "basis": "test",
          "weeklyHours": {
            "saturday": ["00:00-06:00", "22:00-24:00"], "sunday": ["00:00-06:00", "22:00-24:00"], "thursday": ["00:30-06:00", "22:00-24:00"],
            "friday": ["00:00-02:00", "23:15-24:00"]
          },
          "makeupHours": ["10:00-11:00"],
          "years": { "2026": [ { "date": "2026-06-02", "kind": "makeupWorkday", "name": "Eid" } ] }
        }
        """;

    private static readonly Lazy<string> Root = new(FindRoot);

    public static string ChinaText { get; } = Shipped("cn-gov");

    public static BusinessCalendar China { get; } = Read(ChinaText);

    public static BusinessCalendar Amsterdam { get; } = Read(AmsterdamText);

    public static string Shipped(string id) => Definition("calendars", id);

    /// <summary>The folder of the repository.</summary>
    public static string Repository => Root.Value;

    /// <summary>A file of the repository's folder definitions.</summary>
    public static string Definition(string folder, string name) => File.ReadAllText(PathOf(folder, name));

    public static string PathOf(string folder, string name) => Path.Combine(Root.Value, "definitions", folder, name + ".json");

    public static BusinessCalendar Read(string text)
    {
        var problems = new List<CalendarProblem>();
        var calendar = BusinessCalendar.Read(JsonDocument.Parse(text).RootElement, problems);
        problems.ShouldBeEmpty();
        return calendar.ShouldNotBeNull();
    }

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static SlaTarget Target(string text) => SlaTarget.TryParse(text, out var target, out var problem) ? target : throw new FormatException(problem);

    public static ImmutableArray<ClockSpan> Since(string from) => [new ClockSpan(At(from), null, null)];

    public static ClockSpan Span(string from, string? to = null, string? stopReason = null) => new(At(from), to is null ? null : At(to), stopReason);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Workflow.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"expected Workflow.sln in a folder above {AppContext.BaseDirectory}, found none");
    }
}
