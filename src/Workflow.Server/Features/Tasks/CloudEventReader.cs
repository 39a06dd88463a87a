using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

/// <summary>An event of CloudEvents 1.0.2 that raises a task.</summary>
/// <param name="Source">With <paramref name="Id"/> it names the event: sent again it is the same.</param>
internal sealed record TaskEvent(string Id, string Source, RaiseTask.Body Task)
{
    public string Key => $"{Source} {Id}";
}

/// <summary>
/// Reads CloudEvents in the three ways of their HTTP binding: the event as JSON, a list of events as JSON, and the data as the body with the attributes
/// in headers. The data are what <c>POST /api/v1/tasks</c> takes; what they leave out the attributes say: <c>type</c> the definition, <c>subject</c>
/// the subject's key.
/// </summary>
internal static class CloudEventReader
{
    public const string Structured = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";

    private const string Header = "ce-";
    private static readonly string[] Attributes = ["id", "source", "specversion", "type"];

    /// <summary>The event that headers and body make.</summary>
    public static TaskEvent? ReadBinary(IHeaderDictionary headers, JsonElement data, List<ValueProblem> problems)
    {
        var attributes = headers.Where(header => header.Key.StartsWith(Header, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[Header.Length..].ToLowerInvariant(), header => Uri.UnescapeDataString(header.Value.ToString()));
        return Read(name => attributes.GetValueOrDefault(name), data, $"/headers/{Header}", "", problems);
    }

    /// <param name="at">Where the event lies in the body.</param>
    public static TaskEvent? Read(JsonElement json, string at, List<ValueProblem> problems)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new(at, "a CloudEvent", json.Describe()));
            return null;
        }
        if (json.Member("data") is { } data) return Read(name => json.Text(name), data, $"{at}/", $"{at}/data", problems);
        problems.Add(new($"{at}/data", "what a task is raised with, as JSON", json.Member("data_base64") is null ? "nothing" : "data_base64"));
        return null;
    }

    private static TaskEvent? Read(Func<string, string?> attribute, JsonElement data, string attributesAt, string dataAt, List<ValueProblem> problems)
    {
        var known = problems.Count;
        foreach (var name in Attributes.Where(name => string.IsNullOrEmpty(attribute(name)))) problems.Add(new($"{attributesAt}{name}", "a text, as CloudEvents demands", "nothing"));
        if (attribute("specversion") is { Length: > 0 } version && version != "1.0") problems.Add(new($"{attributesAt}specversion", "1.0", version));
        if (data.ValueKind != JsonValueKind.Object) problems.Add(new(dataAt, "an object, as POST /api/v1/tasks takes it", data.Describe()));
        if (problems.Count > known) return null;
        var body = JsonObject.Create(data)!;
        body.TryAdd("definitionId", attribute("type"));
        if (attribute("subject") is { Length: > 0 } subject) body.TryAdd("subjectKey", subject);
        var text = body.ToJsonString(InstanceJson.Options);
        problems.AddRange(BodyProblems.Of(text, typeof(RaiseTask.Body), InstanceJson.Options).Select(problem => problem with { Pointer = dataAt + problem.Pointer }));
        return problems.Count > known ? null : new(attribute("id")!, attribute("source")!, InstanceJson.Read<RaiseTask.Body>(text));
    }
}
