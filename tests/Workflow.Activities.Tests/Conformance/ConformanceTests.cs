using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.Tracing;
using Xunit.Abstractions;

namespace Workflow.Activities.Tests.Conformance;

/// <summary>
/// Elsa's definitions with Elsa's own results: what we do with each, in both modes, is what Elsa did, but for the rows that
/// docs/adr/0008-where-we-differ-from-elsa.md names.
/// </summary>
public class ConformanceTests(ITestOutputHelper output)
{
    private static readonly HashSet<string> Differing =
    [
        "random/010.json counter", "random/054.json counter",
        "facts/01-for-no-body.json counter", "facts/01-for-no-body.json token", "facts/32-complete-nested.json counter", "facts/46-empty-sequence-nested-end.json counter",
    ];

    [Theory]
    [InlineData("samples")]
    [InlineData("random")]
    [InlineData("facts")]
    public void What_Elsa_did_is_what_we_do(string folder)
    {
        var rows = File.ReadLines(Path.Combine(Folder(folder), "expected.jsonl")).Select(line => JsonElement.Parse(line)).ToList();
        var documents = new WorkflowDocuments([.. Directory.EnumerateFiles(Folder(folder), "*.json").Select(path => JsonElement.Parse(File.ReadAllBytes(path)))]);
        var (agreeing, sameEvents) = (0, 0);
        var differing = new List<string>();
        foreach (var row in rows)
        {
            var name = $"{folder}/{row.GetProperty("file").GetString()} {row.GetProperty("mode").GetString()}";
            var ours = JsonElement.Parse(Trace(Path.Combine(Folder(folder), row.GetProperty("file").GetString()!), row.GetProperty("mode").GetString()!, documents).ToJson());
            if (Result(ours) == Result(row)) agreeing++;
            else differing.Add(name);
            if (Events(ours) == Events(row)) sameEvents++;
        }
        output.WriteLine($"{folder}: {agreeing} of {rows.Count} rows agree; activity events agree in {100.0 * sameEvents / rows.Count:F1} %");

        differing.ShouldBe(Differing.Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal)), ignoreOrder: true);
    }

    private static TraceRow Trace(string path, string mode, WorkflowDocuments documents)
    {
        var reader = new DefinitionReader(BuiltInActivities.Catalog(), new HashSet<string>(), documents.Find) { DefaultMode = mode == "token" ? FlowchartMode.TokenBased : FlowchartMode.CounterBased };
        var definition = reader.Compile(File.ReadAllText(path), new ProblemList()).ShouldNotBeNull(path);
        return TraceRun.Run(
            Path.GetFileName(path), definition, id => documents.Find(new(id, null, null, "")) is { } child ? reader.Compile(child, new()) : null,
            [BusinessCalendar.Continuous, Calendars.China], resumes: true);
    }

    /// <summary>What is compared: status, lines, waits and incidents, at rest after the start and after every round.</summary>
    private static string Result(JsonElement row)
    {
        var rest = JsonSerializer.Serialize(row.GetProperty("status")) + JsonSerializer.Serialize(row.GetProperty("subStatus")) + JsonSerializer.Serialize(row.GetProperty("outputLines"))
            + Names(row, "bookmarks", "name", "activityId") + Names(row, "incidents", "activityId");
        var gone = Lists(row, "resumed") + Lists(row, "gone");
        return rest + gone + string.Concat(Rounds(row).Select(round => "\n" + Result(round)));
    }

    private static string Events(JsonElement row) => JsonSerializer.Serialize(row.GetProperty("activityEvents")) + string.Concat(Rounds(row).Select(Events));

    private static List<JsonElement> Rounds(JsonElement row) => row.TryGetProperty("rounds", out var rounds) ? [.. rounds.EnumerateArray()] : [];

    private static string Lists(JsonElement row, string member) => row.TryGetProperty(member, out var list) ? member + JsonSerializer.Serialize(list) : "";

    private static string Names(JsonElement row, string member, params string[] parts) =>
        row.TryGetProperty(member, out var items) ? $"|{member}:{string.Join(',', items.EnumerateArray().Select(item => string.Join('@', parts.Select(part => item.GetProperty(part).GetString()))))}" : "";

    private static string Folder(string name) => Path.Combine(Path.GetDirectoryName(Calendars.PathOf("", ""))!, "..", "tests", "Workflow.Activities.Tests", "Conformance", "elsa", name);
}
