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
        var command = new Command("trace", "Runs definitions in memory and prints what each did. Errors are printed on stderr; what can be run is run all the same. Exit codes: 0 all ran without errors, 1 at least one definition has an error, 2 bad usage or nothing to run.") { path, mode, resume, plugins };
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
        if (!CommandLine.HaveDefinitions([path])) return CommandLine.BadUsage;
        var calendars = DefinitionFiles.ReadCalendars(DefinitionFiles.Folder("definitions", "calendars"));
        var around = new Surroundings(catalog, calendars, DefinitionFolder.Around(DefinitionFiles.WorkflowsIn(path)));
        var wrong = false;
        foreach (var file in DefinitionFiles.DefinitionsIn(path))
        {
            var errors = new HashSet<string>();
            foreach (var flowchartMode in mode is null ? Enum.GetValues<FlowchartMode>() : [mode == "token" ? FlowchartMode.TokenBased : FlowchartMode.CounterBased])
            {
                var problems = new ProblemList();
                Console.WriteLine(Trace(file, flowchartMode, around, resumes, problems).ToJson());
                // What is wrong in both modes is said once.
                foreach (var problem in problems.All.Where(problem => problem.Severity == Severity.Error))
                    if (errors.Add(problem.ToString())) Console.Error.WriteLine($"{file}: error: {problem}");
            }
            wrong |= errors.Count > 0;
        }
        return wrong ? CommandLine.FoundWrong : CommandLine.Done;
    }

    private sealed record Surroundings(ActivityCatalog Catalog, IReadOnlyList<BusinessCalendar> Calendars, DefinitionFolder Neighbours);

    /// <summary>Runs what can be run, whatever is wrong with it.</summary>
    private static TraceRow Trace(string path, FlowchartMode mode, Surroundings around, bool resumes, ProblemList problems)
    {
        var (catalog, calendars, neighbours) = around;
        var reader = new DefinitionReader(catalog, calendars.Select(calendar => calendar.Id).ToHashSet(), neighbours.Find) { DefaultMode = mode };
        var file = Path.GetFileName(path);
        return DefinitionFiles.ReadText(path, problems) is { } text && reader.Compile(text, problems) is { } definition
            ? TraceRun.Run(file, definition, id => neighbours.Find(new(id, null, null, "")) is { } child ? reader.Compile(child, new()) : null, calendars, resumes)
            : new(file, mode == FlowchartMode.TokenBased ? "token" : "counter") { Problems = [.. problems.All.Select(problem => problem.ToString())] };
    }
}
