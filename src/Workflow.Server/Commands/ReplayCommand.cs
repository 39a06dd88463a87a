using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Storage;
using Workflow.Server.Backups;
using Workflow.Server.Hosting;
using Workflow.Server.Replays;

namespace Workflow.Server.Commands;

/// <summary><c>workflow replay</c>: runs the cases of an event log through a definition on a virtual clock, and says what they come to.</summary>
internal static class ReplayCommand
{
    private const int Parts = 20;

    /// <summary>The line at the end: names as <c>closed_on_time</c>.</summary>
    private static readonly JsonSerializerOptions Line = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Arguments(string Log, string Map, string? Database, string? Data, string? Dump, IReadOnlyList<string> Plugins);

    public static Command Create()
    {
        var log = new Argument<string>("LOG") { Description = "An event log: CSV with a header, also compressed (.gz)." };
        var map = new Option<string>("--map") { Description = "Says what the columns of the log mean, and which definition its cases run through (JSON, see docs/replay.md).", Required = true };
        var database = new Option<string?>("--database") { Description = "A SQLite file to write to, made when it is missing. Default: the configured database." };
        var dump = new Option<string?>("--dump") { Description = "A file for everything that the database holds afterwards, as lines of JSON in a fixed order." };
        var (data, plugins) = (ServeCommand.DataFolder(), CommandLine.Plugins());
        var command = new Command("replay", "Runs the cases of an event log through a definition on a virtual clock. Progress and rows that cannot be read go to stderr, one JSON line to stdout. Exit codes: 0 done, 1 a file cannot be used or a case could not be run, 2 bad usage.") { log, map, database, dump, data, plugins };
        command.SetAction((parsed, cancel) => TryAsync(
            new(parsed.GetRequiredValue(log), parsed.GetRequiredValue(map), parsed.GetValue(database), parsed.GetValue(data), parsed.GetValue(dump), parsed.GetValue(plugins) ?? []), cancel));
        return command;
    }

    private static async Task<int> TryAsync(Arguments arguments, CancellationToken cancel)
    {
        foreach (var path in new[] { arguments.Log, arguments.Map }.Where(path => !File.Exists(path)))
        {
            await Console.Error.WriteLineAsync($"{path}: expected a file, found nothing");
            return CommandLine.BadUsage;
        }
        try
        {
            return await RunAsync(arguments, cancel);
        }
        catch (UnusableSettingException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.BadUsage;
        }
        catch (Exception problem) when (problem is UnusableFileException or UnusableDatabaseException or UnusableBackupException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.FoundWrong;
        }
    }

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken cancel)
    {
        var configuration = ServerHost.Configuration();
        Settings.Check(configuration);
        var limits = configuration.GetSection("Replay").Get<ReplayOptions>() ?? new();
        var map = ReplayMapReader.ReadFile(arguments.Map);
        var definitions = configuration["Data:Definitions"] ?? "definitions";
        var (catalog, calendars, admission) = (Plugin.Catalog(Plugin.Load(arguments.Plugins)), DefinitionFiles.ReadCalendars(DefinitionFiles.Folder(definitions, "calendars")), DefinitionFiles.ReadAdmission(definitions));
        var definition = DefinitionFiles.Read(map.Definition, DefinitionFiles.Reader(calendars, DefinitionFolder.Around(map.Definition).Find, catalog, admission));
        if (definition.Definition is null) throw new UnusableFileException(string.Join('\n', definition.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => $"{map.Definition}: error: {problem}")));

        var log = ReadLog(arguments.Log, map, limits);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{arguments.Log}: {log.Cases.Sum(one => one.Events.Count)} events of {log.Cases.Count} cases, {log.Unreadable} rows that cannot be read"));
        var database = DatabaseOf(arguments, configuration);
        using var alone = database.File is { } file ? DatabaseLock.Alone(file) : null;
        var result = await Replay.RunAsync(new(database, map, definition.Definition, catalog, calendars, admission, configuration), log, Progress(), cancel);
        if (arguments.Dump is { } dump) await DumpAsync(database, dump, cancel);
        foreach (var refused in result.Refused) await Console.Error.WriteLineAsync(refused);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result.Figures, Line));
        return result.Refused.Count > 0 ? CommandLine.FoundWrong : CommandLine.Done;
    }

    private static EventLog ReadLog(string path, ReplayMap map, ReplayOptions limits)
    {
        var named = 0;
        return EventLogReader.ReadFile(path, () => new(map, limits, Tell, Tell));

        void Tell(LineProblem problem)
        {
            if (named++ < limits.NamedRows) Console.Error.WriteLine($"{path}: {problem}");
            else if (named == limits.NamedRows + 1) Console.Error.WriteLine($"{path}: more like these");
        }
    }

    private static Database DatabaseOf(Arguments arguments, ConfigurationManager configuration)
    {
        if (arguments.Database is not { } file) return Tables.DatabaseOf(configuration.GetSection("Database").Get<DatabaseOptions>() ?? new(), ServerHost.DataFolder(arguments.Data, configuration));
        var path = Path.GetFullPath(file);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UnusableFileException($"--database: expected a folder that can be made for '{path}', found: {problem.Message}");
        }
        return Database.SqliteFile(path);
    }

    /// <summary>A line for each twentieth.</summary>
    private static Action<ReplayProgress> Progress()
    {
        var last = 0;
        return progress =>
        {
            var now = progress.Steps * Parts / Math.Max(progress.AllSteps, 1);
            if (now == last) return;
            last = now;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now * 100 / Parts,3} %  {progress.At:yyyy-MM-dd HH:mm}  {progress.Steps} of {progress.AllSteps} steps"));
        };
    }

    private static async Task DumpAsync(Database database, string path, CancellationToken cancel)
    {
        await using var text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await CanonicalDump.WriteAsync(database, text, cancel);
    }
}
