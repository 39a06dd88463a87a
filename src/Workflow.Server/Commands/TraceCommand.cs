using System.CommandLine;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Tracing;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary><c>workflow trace FILE|FOLDER</c>: runs definitions in memory and prints what each did, one JSON line per file and flowchart mode.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A definition (*.json), or a folder of them, which may use one another." };
        var mode = new Option<string?>("--mode") { Description = "counter or token; both without it." };
        mode.AcceptOnlyFromAmong("counter", "token");
        var resume = new Option<bool>("--resume") { Description = "Resumes the waits, round by round, ten rounds at most." };
        var plugins = CommandLine.Plugins();
        var command = new Command("trace", "Runs definitions in memory and prints what each did.") { path, mode, resume, plugins };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(path), parsed.GetValue(mode), parsed.GetValue(resume), parsed.GetValue(plugins) ?? []));
        return command;
    }

    private static int Run(string path, string? mode, bool resumes, IReadOnlyList<string> plugins)
    {
        try
        {
            return Run(path, mode, resumes, Plugin.Catalog(Plugin.Load(plugins)));
        }
        catch (UnusableFileException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return CommandLine.FoundWrong;
        }
    }

    private static int Run(string path, string? mode, bool resumes, ActivityCatalog catalog)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Console.Error.WriteLine($"{path}: expected a file or a folder, found nothing");
            return CommandLine.BadUsage;
        }
        var calendars = DefinitionFiles.ReadCalendars(DefinitionFiles.Folder("definitions", "calendars"));
        var neighbours = DefinitionFolder.Around(path);
        var wrong = false;
        foreach (var file in DefinitionFiles.In(path))
            foreach (var flowchartMode in mode is null ? Enum.GetValues<FlowchartMode>() : [mode == "token" ? FlowchartMode.TokenBased : FlowchartMode.CounterBased])
            {
                var row = Trace(file, flowchartMode, new(catalog, calendars, neighbours), resumes);
                wrong |= row.Problems is not null;
                Console.WriteLine(row.ToJson());
            }
        return wrong ? CommandLine.FoundWrong : CommandLine.Done;
    }

    private sealed record Surroundings(ActivityCatalog Catalog, IReadOnlyList<BusinessCalendar> Calendars, DefinitionFolder Neighbours);

    private static TraceRow Trace(string path, FlowchartMode mode, Surroundings around, bool resumes)
    {
        var (catalog, calendars, neighbours) = around;
        var problems = new ProblemList();
        var reader = new DefinitionReader(catalog, calendars.Select(calendar => calendar.Id).ToHashSet(), neighbours.Find) { DefaultMode = mode };
        var file = Path.GetFileName(path);
        return DefinitionFiles.ReadText(path, problems) is { } text && reader.Compile(text, problems) is { } definition
            ? TraceRun.Run(file, definition, id => neighbours.Find(new(id, null, null, "")) is { } child ? reader.Compile(child, new()) : null, calendars, resumes)
            : new(file, mode == FlowchartMode.TokenBased ? "token" : "counter") { Problems = [.. problems.All.Select(problem => problem.ToString())] };
    }
}
