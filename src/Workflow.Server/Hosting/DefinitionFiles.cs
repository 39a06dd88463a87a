using System.Text.Json;
using Workflow.Activities;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;

namespace Workflow.Server.Hosting;

/// <summary>A file that is needed cannot be used. The message names file, pointer, what was expected and what was found.</summary>
internal sealed class UnusableFileException(string message) : Exception(message);

/// <summary>A definition as it was read from a file; without a definition when it has an error.</summary>
internal sealed record DefinitionFile(string Path, WorkflowDefinition? Definition, IReadOnlyList<DefinitionProblem> Problems);

/// <summary>Finds and reads what lies under <c>definitions/</c>.</summary>
internal static class DefinitionFiles
{
    public static DefinitionReader Reader(IEnumerable<BusinessCalendar> calendars) =>
        new(BuiltInActivities.Catalog(), calendars.Select(calendar => calendar.Id).ToHashSet());

    /// <summary>The definitions under a path: of the project's <c>definitions</c> folder, those in its <c>workflows</c>.</summary>
    public static IEnumerable<string> DefinitionsIn(string path) => In(Directory.Exists(Path.Combine(path, "workflows")) ? Path.Combine(path, "workflows") : path);

    public static IEnumerable<string> In(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];

    public static DefinitionFile Read(string path, DefinitionReader reader)
    {
        var problems = new ProblemList();
        var definition = reader.Read(File.ReadAllText(path), problems);
        return new(path, definition, problems.All);
    }

    public static IReadOnlyList<BusinessCalendar> ReadCalendars(string folder)
    {
        var calendars = new List<BusinessCalendar>();
        foreach (var path in In(folder))
        {
            var problems = new List<CalendarProblem>();
            if (BusinessCalendar.Read(ReadJson(path), problems) is { } calendar) calendars.Add(calendar);
            if (problems.Count > 0) throw new UnusableFileException(string.Join('\n', problems.Select(problem => $"{path}: {problem.Pointer}: expected {problem.Expected}, found {problem.Found}")));
        }
        return calendars;
    }

    public static JsonElement ReadJson(string path)
    {
        try
        {
            return JsonElement.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException problem)
        {
            throw new UnusableFileException($"{path}: expected JSON, found {problem.Message}");
        }
    }

    /// <summary>A folder of the installation: under the working directory, else beside the program or above it (a checkout).</summary>
    public static string Folder(string configured, string below)
    {
        var wanted = Path.Combine(configured, below);
        if (Path.IsPathRooted(wanted) || Directory.Exists(wanted)) return wanted;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, wanted))) return Path.Combine(at.FullName, wanted);
        throw new UnusableFileException($"{wanted}: expected a folder in the working directory or above {AppContext.BaseDirectory}, found nothing");
    }
}
