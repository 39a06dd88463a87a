using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Reports;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Reports;

/// <summary>The scorecards of the installation: files under <c>definitions/scorecards</c>, read when the server starts.</summary>
internal sealed record ScorecardList(IReadOnlyList<Scorecard> All)
{
    private const double MostPoints = 1000;

    /// <summary>The one that is meant where none is named.</summary>
    public Scorecard? First => All.Count > 0 ? All[0] : null;

    public Scorecard? Find(string id) => All.FirstOrDefault(card => card.Id == id);

    /// <summary>Those beside the workflows; none without a folder. Throws with what cannot be used.</summary>
    public static ScorecardList Read(string definitions)
    {
        var folder = Path.Combine(Path.GetDirectoryName(DefinitionFiles.Folder(definitions, "workflows"))!, "scorecards");
        var cards = Directory.Exists(folder) ? DefinitionFiles.In(folder).Select(path => Read(path, DefinitionFiles.ReadJson(path))).ToList() : [];
        if (cards.GroupBy(card => card.Id).FirstOrDefault(same => same.Count() > 1) is { } twice) throw new UnusableFileException($"{folder}: expected each id once, found '{twice.Key}' again");
        return new(cards);
    }

    private static Scorecard Read(string path, JsonElement json)
    {
        var problems = new ProblemList();
        var card = Read(json, problems);
        return card ?? throw new UnusableFileException(string.Join('\n', problems.All.Select(problem => $"{path}: {problem}")));
    }

    /// <summary>Reads <c>{ "id", "title": { "zh", "en" }, "source": { "zh", "en" }, "parts": [ { "rate", "weight", "lessIsBetter" } ] }</c>; null with problems when something is wrong.</summary>
    internal static Scorecard? Read(JsonElement json, ProblemList problems)
    {
        var (id, title, source) = (json.Text("id"), Words(json, "title", problems), Words(json, "source", problems));
        if (string.IsNullOrWhiteSpace(id)) problems.Error("/id", "an id", json.Member("id")?.Describe() ?? "nothing");
        var parts = new List<ScorePart>();
        if (json.Member("parts") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0) problems.Error("/parts", "a list of parts", json.Member("parts")?.Describe() ?? "nothing");
        else
            foreach (var (index, part) in list.EnumerateArray().Index())
                if (Figures.FindRate(part.Text("rate") ?? "") is not { } rate) problems.Error($"/parts/{index}/rate", $"one of {string.Join(", ", Figures.Rates.Select(known => known.Name))}", part.Member("rate")?.Describe() ?? "nothing");
                else if (part.Member("weight") is not { ValueKind: JsonValueKind.Number } weight || !weight.TryGetDouble(out var points) || points is <= 0 or > MostPoints) problems.Error($"/parts/{index}/weight", $"a number above 0, at most {MostPoints}", part.Member("weight")?.Describe() ?? "nothing");
                else if (part.Member("lessIsBetter") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } other) problems.Error($"/parts/{index}/lessIsBetter", "true or false", other.Describe());
                else parts.Add(new(rate, points, part.Member("lessIsBetter") is { ValueKind: JsonValueKind.True }));
        return problems.HasErrors ? null : new(id!, title!, source!, parts);
    }

    private static Words? Words(JsonElement json, string name, ProblemList problems)
    {
        var words = json.Member(name) ?? default;
        if (words.ValueKind == JsonValueKind.Object && words.Text("zh") is { } zh && words.Text("en") is { } en) return new(zh, en);
        problems.Error($"/{name}", "an object with the texts zh and en", json.Member(name)?.Describe() ?? "nothing");
        return null;
    }
}
