using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Workflow.Engine.Definitions;

/// <summary>
/// Reads an Elsa 3 workflow document. Everything wrong with it is reported with a JSON pointer; <see cref="Read(string, ProblemList)"/> gives a
/// definition back only when nothing is an error, so what is published has been checked whole.
/// </summary>
/// <param name="lookup">Finds workflows that are used as activities; none are known without it.</param>
public sealed partial class DefinitionReader(ActivityCatalog catalog, IReadOnlySet<string> calendars, WorkflowLookup? lookup = null)
{
    private static readonly JsonElement EmptyRoot = JsonElement.Parse("""{ "id": "root", "type": "Elsa.Sequence", "activities": [] }""");

    public DefinitionLimits Limits { get; init; } = new();

    /// <summary>How flowcharts run whose document does not say.</summary>
    public FlowchartMode DefaultMode { get; init; } = FlowchartMode.CounterBased;

    /// <summary>Which kinds of item teams may be given; null when nobody knows, and every team may be given anything.</summary>
    public AdmissionList? Admission { get; init; }

    /// <summary>The reasons for a pause that there are; null when nobody knows, and a clock may name any.</summary>
    public PauseCatalog? Pauses { get; init; }

    public WorkflowDefinition? Read(string json, ProblemList problems) => Sound(Check(json, problems), problems);

    public WorkflowDefinition? Read(JsonElement document, ProblemList problems) => Sound(Check(document, problems), problems);

    /// <summary>Reads a document as far as it can be run and says everything that is wrong with it; where nothing else is, the whole is proved.</summary>
    public WorkflowDefinition? Check(string json, ProblemList problems) => Proved(Compile(json, problems), problems);

    public WorkflowDefinition? Check(JsonElement document, ProblemList problems) => Proved(Compile(document, problems), problems);

    /// <summary>Reads a document that may have errors as far as it can be run, and proves nothing; for traces and for what is published already, never for publishing.</summary>
    public WorkflowDefinition? Compile(string json, ProblemList problems)
    {
        if (json.Length > Limits.SizeBytes)
        {
            problems.Error("", $"a document of at most {Limits.SizeBytes} bytes", $"one of {json.Length} characters");
            return null;
        }
        return JsonText.Parse(json, "", problems) is { } document ? Compile(document, problems) : null;
    }

    public WorkflowDefinition? Compile(JsonElement document, ProblemList problems)
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            problems.Error("", "a workflow document", document.Describe());
            return null;
        }
        if (!document.IsWellFormed())
        {
            problems.Error("", "Unicode text", "half of a surrogate pair");
            return null;
        }
        var id = document.Text("definitionId") ?? document.Text("id");
        if (id is null || !IdPattern().IsMatch(id))
            problems.Error("/definitionId", "1 to 100 letters, digits, '-', '_' or '.'", id ?? document.Member("definitionId")?.Describe() ?? "nothing");
        var version = ReadVersion(document, problems);
        if (document.Member("root") is null) problems.Warn("/root", "an activity", "nothing; this workflow does nothing");
        var root = document.Member("root") ?? EmptyRoot;

        var used = new List<JsonElement>();
        var nodes = new NodeReader(catalog, new(reference => Use(reference, used), [new(id ?? "", version)]), problems, Limits);
        var rootNode = nodes.Read(root, "/root", 0);
        if (rootNode is null) return null;

        var definition = new WorkflowDefinition
        {
            Id = new(id ?? "", version),
            Name = document.Text("name") ?? id ?? "",
            Description = document.Text("description"),
            Root = rootNode,
            Nodes = nodes.ById.ToFrozenDictionary(),
            Inputs = VariableReader.ReadInputs(document, problems),
            Outputs = VariableReader.ReadOutputs(document, problems),
            Variables = VariableReader.Read(document, "", problems),
            Forms = ReadForms(document, problems),
            ContinuesWithIncidents = ContinuesWithIncidents(document),
            FlowchartMode = FlowchartModes.Of(document) ?? DefaultMode,
            Document = document.Clone(),
            Used = [.. used],
        };
        DefinitionRules.Check(CheckOf(definition, problems));
        return definition;
    }

    /// <summary>The same reader with other workflows to use.</summary>
    public DefinitionReader With(WorkflowLookup others) => new(catalog, calendars, others) { Limits = Limits, DefaultMode = DefaultMode, Admission = Admission, Pauses = Pauses };

    private JsonElement? Use(WorkflowReference reference, List<JsonElement> used)
    {
        if (lookup?.Invoke(reference) is not { } found) return null;
        if (!used.Exists(document => JsonElement.DeepEquals(document, found))) used.Add(found.Clone());
        return found;
    }

    private DefinitionCheck CheckOf(WorkflowDefinition definition, ProblemList problems) => new(definition, calendars, problems, lookup) { Limits = Limits, Admission = Admission, Pauses = Pauses };

    private WorkflowDefinition? Proved(WorkflowDefinition? definition, ProblemList problems)
    {
        if (definition is not null && !problems.HasErrors) definition.Root.Type.Prove(CheckOf(definition, problems));
        return definition;
    }

    private static WorkflowDefinition? Sound(WorkflowDefinition? definition, ProblemList problems) => problems.HasErrors ? null : definition;

    private static int ReadVersion(JsonElement document, ProblemList problems)
    {
        if (document.Member("version") is not { } value) return 1;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version > 0) return version;
        problems.Error("/version", "a whole number from 1", value.Describe());
        return 1;
    }

    private static ImmutableDictionary<string, FormSchema> ReadForms(JsonElement document, ProblemList problems)
    {
        if (document.Member("customProperties")?.Member("forms") is not { ValueKind: JsonValueKind.Object } forms)
            return ImmutableDictionary<string, FormSchema>.Empty;
        var read = ImmutableDictionary.CreateBuilder<string, FormSchema>();
        foreach (var form in forms.EnumerateObject())
            if (FormSchema.Read(form.Value, $"/customProperties/forms/{JsonMembers.Escape(form.Name)}", problems) is { } schema)
                read[form.Name] = schema;
        return read.ToImmutable();
    }

    private static bool ContinuesWithIncidents(JsonElement document) =>
        document.Member("options")?.Text("incidentStrategyType")?.Contains("ContinueWithIncidents", StringComparison.Ordinal) == true;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\z")]
    private static partial Regex IdPattern();
}
