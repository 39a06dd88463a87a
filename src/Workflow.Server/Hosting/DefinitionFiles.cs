using System.IO.Enumeration;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
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
    /// <param name="lookup">Finds workflows that others use; none are known without it.</param>
    /// <param name="catalog">The activity types that there are; those that come with Workflow without it.</param>
    /// <param name="admission">Which kinds of item teams may be given; anything without it.</param>
    /// <param name="pauses">The reasons for a pause that there are; any without it.</param>
    public static DefinitionReader Reader(IEnumerable<BusinessCalendar> calendars, WorkflowLookup? lookup = null, ActivityCatalog? catalog = null, AdmissionList? admission = null, PauseCatalog? pauses = null) =>
        new(catalog ?? BuiltInActivities.Catalog(), calendars.Select(calendar => calendar.Id).ToHashSet(), lookup) { Admission = admission, Pauses = pauses };

    /// <summary>The definitions under a path: of the project's <c>definitions</c> folder, those in its <c>workflows</c>.</summary>
    public static IEnumerable<string> DefinitionsIn(string path) => In(WorkflowsIn(path));

    public static string WorkflowsIn(string path) => Directory.Exists(Path.Combine(path, "workflows")) ? Path.Combine(path, "workflows") : path;

    /// <summary>A file itself, or the JSON files of a folder and of the folders in it. Links to folders are not followed, so that a circle of them ends.</summary>
    public static IEnumerable<string> In(string path) =>
        Directory.Exists(path)
            ? new FileSystemEnumerable<string>(path, (ref entry) => entry.ToSpecifiedFullPath(), new() { RecurseSubdirectories = true, IgnoreInaccessible = true })
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && entry.FileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase),
                ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            }.Order(StringComparer.Ordinal)
            : [path];

    public static DefinitionFile Read(string path, DefinitionReader reader)
    {
        var problems = new ProblemList();
        var definition = ReadText(path, problems, reader.Limits) is { } text ? reader.Read(text, problems) : null;
        return new(path, definition, problems.All);
    }

    /// <summary>The text of a definition's file; null with one problem when it has none.</summary>
    public static string? ReadText(string path, ProblemList problems, DefinitionLimits? limits = null)
    {
        var most = (limits ?? new()).SizeBytes;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            // One byte more than is allowed tells a file that is too long, and an endless one.
            var bytes = new byte[most + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > most) problems.Error("", $"a file of at most {most} bytes", "a longer one");
            else return Decode(bytes.AsSpan(0, length), problems);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Error("", "a file that can be read", problem.Message);
        }
        return null;
    }

    /// <summary>The document of a file that has one; whoever reads the file for itself hears what is wrong with the others.</summary>
    public static JsonElement? TryReadDocument(string path)
    {
        try
        {
            return ReadText(path, new()) is { } text && JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } document && document.IsWellFormed() ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, ProblemList problems)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.IsEmpty) problems.Error("", "a JSON document", "an empty file");
        else if (!Utf8.IsValid(bytes)) problems.Error("", "JSON text in UTF-8", "bytes that are not UTF-8");
        else return Encoding.UTF8.GetString(bytes);
        return null;
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

    /// <summary>The admission list of a <c>definitions</c> folder; null when it has none.</summary>
    public static AdmissionList? ReadAdmission(string definitions) => ReadRules(definitions, "admission.json", AdmissionList.Read);

    /// <summary>The catalogue of the reasons for a pause of a <c>definitions</c> folder; null when it has none.</summary>
    public static PauseCatalog? ReadPauseReasons(string definitions) => ReadRules(definitions, "pause-reasons.json", PauseCatalog.Read);

    private static T? ReadRules<T>(string definitions, string file, Func<JsonElement, ProblemList, T?> read)
        where T : class
    {
        var path = Path.Combine(Path.GetDirectoryName(Folder(definitions, "workflows"))!, "organisation", file);
        if (!File.Exists(path)) return null;
        var problems = new ProblemList();
        return read(ReadJson(path), problems) ?? throw new UnusableFileException(string.Join('\n', problems.All.Select(problem => $"{path}: {problem}")));
    }

    public static JsonElement ReadJson(string path)
    {
        var problems = new ProblemList();
        return ReadText(path, problems) is { } text && JsonText.Parse(text, "", problems) is { } json ? json : throw new UnusableFileException($"{path}: {problems.All[0]}");
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
