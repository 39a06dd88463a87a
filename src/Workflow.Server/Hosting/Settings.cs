using System.Globalization;
using System.Reflection;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Reports;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Confidentiality;
using Workflow.Server.EvidenceFiles;
using Workflow.Server.Features.Reports;
using Workflow.Server.Http;
using Workflow.Server.Notices;
using Workflow.Server.Replays;

namespace Workflow.Server.Hosting;

/// <summary>
/// Every number of the configuration, checked before anything starts: a pause, a limit or an interval of nothing or less would stop a loop, or have it
/// run hot, hours later.
/// </summary>
internal static class Settings
{
    /// <summary>With the year and the number behind it, it fits the column of a task's number.</summary>
    public const int MaxNumberPrefix = 32;

    private static readonly (string Section, Type Options)[] Sections =
    [
        ("ChangeFeed", typeof(ChangeFeedOptions)), ("CommitQueue", typeof(CommitQueueOptions)), ("Database", typeof(DatabaseOptions)), ("Definitions", typeof(DefinitionLimits)), ("Delivery", typeof(DeliveryOptions)), ("Disk", typeof(DiskOptions)), ("Evidence", typeof(EvidenceOptions)),
        ("ClockChanges", typeof(ClockChangeOptions)), ("Http", typeof(HttpOptions)), ("Instances", typeof(InstanceLimits)), ("Limits", typeof(Limits)), ("OddPausing", typeof(OddPausingOptions)),
        ("Notifications", typeof(NoticeOptions)), ("Operations", typeof(OperationsOptions)), ("Places", typeof(PlaceOptions)), ("Replay", typeof(ReplayOptions)), ("Reports", typeof(ReportOptions)), ("Reporters", typeof(ReporterOptions)), ("Retention", typeof(RetentionOptions)),
        ("Scripts", typeof(ScriptOptions)), ("Telemetry", typeof(TelemetryOptions)), ("Timers", typeof(TimerOptions)),
    ];

    private static readonly HashSet<string> MayBeZero =
    [
        "CommitQueue:CacheBytes", "CommitQueue:RetryPauseMs", "CommitQueue:RetrySeconds", "Disk:MinFreeMegabytes", "Http:MaxRedirects", "Places:MarginMetres", "Retention:FinishedDays", "Retention:CancelledDays", "Retention:ReporterDays",
    ];

    /// <summary>Below nothing a claim ends before its attempt may: of use in tests, and harmless, because the end of such an attempt is not taken.</summary>
    private static readonly HashSet<string> MayBeNegative = ["Delivery:ClaimMarginSeconds"];

    /// <summary>More is a slip of the pen, and more than clocks and timers can count.</summary>
    private static readonly (string Unit, double Most)[] Bounds =
        [("Ms", 2_000_000_000), ("Seconds", 2_000_000), ("Minutes", 525_600), ("Hours", 876_000), ("Days", 36_500), ("Megabytes", 1_000_000_000), ("Metres", 10_000), ("Percent", 100), ("", double.MaxValue)];

    /// <summary>Throws with everything that cannot be used.</summary>
    public static void Check(IConfiguration configuration)
    {
        var problems = new List<string>();
        foreach (var (section, type) in Sections)
            if (Read(configuration, section, type, problems) is { } options) CheckNumbers(section, options, problems);
        var queue = Read(configuration, "CommitQueue", typeof(CommitQueueOptions), []) as CommitQueueOptions ?? new();
        if (queue.NumberPrefix.Length > MaxNumberPrefix) problems.Add($"CommitQueue:NumberPrefix: expected at most {MaxNumberPrefix} characters, found {queue.NumberPrefix.Length}");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(queue.TimeZone, out _)) problems.Add($"CommitQueue:TimeZone: expected the IANA name of a time zone, found '{queue.TimeZone}'");
        if (problems.Count == 0) CheckTogether(configuration, problems);
        if (problems.Count > 0) throw new UnusableSettingException(string.Join('\n', problems));
    }

    /// <summary>Settings that are usable by themselves and not beside one another.</summary>
    private static void CheckTogether(IConfiguration configuration, List<string> problems)
    {
        if (Read(configuration, "Limits", typeof(Limits), problems) is Limits limits && limits.MaxPageSize < limits.PageSize)
            problems.Add($"Limits:MaxPageSize: expected at least Limits:PageSize ({limits.PageSize}), found {limits.MaxPageSize}");
        if (Read(configuration, "Operations", typeof(OperationsOptions), problems) is OperationsOptions operations && operations.GoneAfterSeconds <= operations.HeartbeatSeconds)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"Operations:GoneAfterSeconds: expected more than Operations:HeartbeatSeconds ({operations.HeartbeatSeconds}), found {operations.GoneAfterSeconds}"));
        if (Read(configuration, "Reports", typeof(ReportOptions), problems) is ReportOptions { Ages: var ages } && (ages.Count > TaskCounts.MostAges || ages[0] < 1 || ages.Zip(ages.Skip(1)).Any(pair => pair.First >= pair.Second)))
            problems.Add($"Reports:AgeDays: expected at most {TaskCounts.MostAges} rising numbers above 0, found {string.Join(", ", ages)}");
    }

    private static object? Read(IConfiguration configuration, string section, Type type, List<string> problems)
    {
        try
        {
            return configuration.GetSection(section).Get(type) ?? Activator.CreateInstance(type)!;
        }
        catch (InvalidOperationException problem)
        {
            // The binder names the setting, the value and the type that it wanted.
            problems.Add($"{section}: expected values that can be read, found: {problem.Message}");
            return null;
        }
    }

    private static void CheckNumbers(string path, object options, List<string> problems)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = $"{path}:{property.Name}";
            if (property.GetValue(options) is not { } value) continue;
            if (property.PropertyType.Namespace?.StartsWith("Workflow", StringComparison.Ordinal) == true && !property.PropertyType.IsEnum) CheckNumbers(name, value, problems);
            else if (value is int or long or double && !MayBeNegative.Contains(name) && !IsUsable(Convert.ToDouble(value, CultureInfo.InvariantCulture), MayBeZero.Contains(name)))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: expected a number {(MayBeZero.Contains(name) ? "from 0" : "above 0")}, found {value}"));
            else if (value is int or long or double && Bounds.First(bound => name.EndsWith(bound.Unit, StringComparison.Ordinal)).Most is var most && Convert.ToDouble(value, CultureInfo.InvariantCulture) > most)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: expected at most {most}, found {value}"));
        }
    }

    private static bool IsUsable(double number, bool mayBeZero) => double.IsFinite(number) && (number > 0 || (mayBeZero && number == 0));
}
