using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.Tests.Clocks;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>
/// One stored instance as a file, see README.md beside it: the bytes of its state's column and of its facts' in Base64.
/// </summary>
internal sealed record CorpusFile(int Number, string Document, byte[] Stored, IReadOnlyList<CorpusBurst> Journal)
{
    /// <summary>One folder for each number of the shapes.</summary>
    public static IEnumerable<(int Number, string Name)> All => Directory.GetDirectories(Folder)
        .SelectMany(folder => Directory.GetFiles(folder, "*.json").Select(file => (int.Parse(Path.GetFileName(folder), null), Path.GetFileNameWithoutExtension(file))))
        .OrderBy(file => file.Item1).ThenBy(file => file.Item2, StringComparer.Ordinal);

    private static string Folder => Path.Combine(Calendars.Repository, "tests", "Workflow.Activities.Tests", "Corpus");

    public static bool Exists(int number, string name) => File.Exists(PathOf(number, name));

    public static CorpusFile Read(int number, string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(PathOf(number, name)))!;
        var journal = json["journal"]!.AsArray().Select(burst => new CorpusBurst(
            burst!["at"]!.GetValue<DateTimeOffset>(), burst["stimulus"]!.GetValue<string>(), Convert.FromBase64String(burst["facts"]!.GetValue<string>()))).ToList();
        return new(number, json["document"]!.GetValue<string>(), Convert.FromBase64String(json["stored"]!.GetValue<string>()), journal);
    }

    public static string ReadDocument(int number, string document) => File.ReadAllText(DocumentPath(number, document));

    /// <summary>Writes what this build stores of an instance. What is there already is never written again.</summary>
    public static void Write(CorpusCase made, Scenario run)
    {
        var number = StoredShapes.Current.Number;
        Directory.CreateDirectory(Path.GetDirectoryName(DocumentPath(number, made.Document))!);
        if (!File.Exists(DocumentPath(number, made.Document))) File.WriteAllText(DocumentPath(number, made.Document), Text(made.Definition.Document) + "\n");
        var text = new StringBuilder().Append("{\n").Append(null, $"\"document\": \"{made.Document}\",\n")
            .Append(null, $"\"stored\": \"{Convert.ToBase64String(StoredJson.Write(run.State))}\",\n\"journal\": [\n");
        foreach (var (index, burst) in run.Bursts.Index())
        {
            text.Append(index == 0 ? "" : ",\n").Append(null, $"{{ \"at\": \"{burst.Stimulus.At:O}\", \"stimulus\": \"{burst.Stimulus.GetType().Name}\", \"facts\": \"{Convert.ToBase64String(StoredJson.Write(burst.Facts))}\" }}");
        }
        File.WriteAllText(PathOf(number, made.Name), text.Append("\n] }\n").ToString());
    }

    public WorkflowInstance ReadState() => StoredShapes.Current.Read<WorkflowInstance>(StoredShapes.State, Stored, Number);

    public IEnumerable<(DateTimeOffset At, IEnumerable<Fact> Facts)> ReadJournal() => Journal.Select(burst => (
        burst.At, StoredShapes.Current.Read<ImmutableArray<Fact>>(StoredShapes.Facts, burst.Facts, Number).AsEnumerable()));

    private static string Text(JsonElement document) => JsonSerializer.Serialize(document, InstanceJson.Options);

    private static string PathOf(int number, string name) => Path.Combine(Folder, $"{number}", $"{name}.json");

    private static string DocumentPath(int number, string document) => Path.Combine(Folder, $"{number}", "definitions", $"{document}.json");
}

internal sealed record CorpusBurst(DateTimeOffset At, string Stimulus, byte[] Facts);
