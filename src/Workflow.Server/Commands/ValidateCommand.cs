using System.CommandLine;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary><c>workflow validate FILE|FOLDER</c>: every problem of every definition, with file, JSON pointer, what was expected and what was found.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "A definition (*.json) or a folder of them.", Arity = ArgumentArity.OneOrMore };
        var calendars = new Option<string?>("--calendars") { Description = "Folder of business calendars. Default: definitions/calendars." };
        var json = new Option<bool>("--json") { Description = "One JSON line per problem." };
        var command = new Command("validate", "Checks definitions. Exit codes: 0 no errors (warnings do not count), 1 at least one error, 2 bad usage or nothing to check.") { paths, calendars, json };
        var plugins = CommandLine.Plugins();
        command.Add(plugins);
        command.SetAction(parsed => Run(parsed.GetRequiredValue(paths), parsed.GetValue(calendars), parsed.GetValue(json), parsed.GetValue(plugins) ?? []));
        return command;
    }

    private static int Run(IReadOnlyList<string> paths, string? calendarFolder, bool json, IReadOnlyList<string> plugins)
    {
        if (!CommandLine.HaveDefinitions(paths)) return CommandLine.BadUsage;
        try
        {
            var calendars = DefinitionFiles.ReadCalendars(calendarFolder ?? DefinitionFiles.Folder("definitions", "calendars"));
            var catalog = Plugin.Catalog(Plugin.Load(plugins));
            var reader = DefinitionFiles.Reader(calendars, catalog: catalog, admission: DefinitionFiles.ReadAdmission("definitions"), pauses: DefinitionFiles.ReadPauseReasons("definitions"));
            var checkedFiles = OncePublished([.. paths.SelectMany(path => Check(path, reader))]);
            foreach (var file in checkedFiles) Print(file, json);
            var wrong = checkedFiles.Count(file => file.Problems.Any(problem => problem.Severity == Severity.Error));
            if (!json) Console.WriteLine($"{checkedFiles.Count} checked, {wrong} with errors");
            return wrong == 0 ? CommandLine.Done : CommandLine.FoundWrong;
        }
        catch (UnusableFileException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return CommandLine.FoundWrong;
        }
    }

    /// <summary>The files of a path, which may use one another.</summary>
    private static IEnumerable<DefinitionFile> Check(string path, DefinitionReader reader)
    {
        var ofFolder = reader.With(DefinitionFolder.Around(DefinitionFiles.WorkflowsIn(path)).Find);
        return DefinitionFiles.DefinitionsIn(path).Select(file => DefinitionFiles.Read(file, ofFolder));
    }

    /// <summary>A version can be published once, so two files with the same one cannot stand side by side.</summary>
    private static List<DefinitionFile> OncePublished(IReadOnlyList<DefinitionFile> files)
    {
        var first = new Dictionary<DefinitionVersion, string>();
        return
        [
            .. files.Select(file => file.Definition is not { } definition || first.TryAdd(definition.Id, file.Path) || Path.GetFullPath(first[definition.Id]) == Path.GetFullPath(file.Path)
                ? file
                : file with { Problems = [.. file.Problems, new("/definitionId", "each version of a definition in one file", $"{definition.Id}, also in {first[definition.Id]}")] }),
        ];
    }

    private static void Print(DefinitionFile file, bool json)
    {
        foreach (var problem in file.Problems)
            Console.WriteLine(json
                ? JsonSerializer.Serialize(
                    new { file = file.Path, severity = problem.Severity.ToString(), pointer = problem.Pointer, expected = problem.Expected, found = problem.Found },
                    Engine.Instances.InstanceJson.Options)
                : $"{file.Path}: {(problem.Severity == Severity.Warning ? "warning" : "error")}: {problem}");
    }
}
