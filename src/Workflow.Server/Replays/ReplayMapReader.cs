using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Hosting;

namespace Workflow.Server.Replays;

/// <summary>Reads a map (<c>definitions/schema/replay-map.schema.json</c>) and says everything that is wrong with it.</summary>
internal sealed partial class ReplayMapReader(JsonElement json, ProblemList problems)
{
    private static readonly string[] Members =
        ["$schema", "name", "source", "licence", "definition", "columns", "stages", "place", "subject", "numberPrefix", "separator", "missing", "timeZone", "inputs", "urgent"];

    private static readonly string[] Columns = ["case", "activity", "time", "resource", "group", "start", "deadline", "end"];

    /// <exception cref="UnusableFileException">It has a mistake.</exception>
    public static ReplayMap ReadFile(string path)
    {
        var problems = new ProblemList();
        var map = new ReplayMapReader(DefinitionFiles.ReadJson(path), problems).Read();
        if (map is null) throw new UnusableFileException(string.Join('\n', problems.All.Select(problem => $"{path}: {problem}")));
        return map with { Definition = Path.GetFullPath(map.Definition, Path.GetDirectoryName(Path.GetFullPath(path))!) };
    }

    public ReplayMap? Read()
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Error("", "an object", json.Describe());
            return null;
        }
        CheckMembers(json, "", Members);
        var (columns, place) = (Object("columns", Columns), Object("place", ["code", "city", "name"]));
        var map = new ReplayMap(
            Needed(json, "", "definition"),
            new(Needed(columns, "/columns", "case"), Needed(columns, "/columns", "activity"), Needed(columns, "/columns", "time"))
            {
                Resource = Optional(columns, "/columns", "resource"), Group = Optional(columns, "/columns", "group"), Start = Optional(columns, "/columns", "start"),
                Deadline = Optional(columns, "/columns", "deadline"), End = Optional(columns, "/columns", "end"),
            },
            Stages(), new(Needed(place, "/place", "code"), Needed(place, "/place", "city"), Needed(place, "/place", "name")))
        {
            Subject = Optional(json, "", "subject"), NumberPrefix = Optional(json, "", "numberPrefix"), Separator = Separator(), TimeZone = TimeZone(),
            Missing = Texts(json, "", "missing").ToFrozenSet(StringComparer.Ordinal), Inputs = Inputs(), Urgent = Urgent(),
        };
        if (map.Place.Code.Length > 0 && !Code().IsMatch(map.Place.Code)) problems.Error("/place/code", "1 to 40 letters, digits and hyphens", $"'{map.Place.Code}'");
        if (map.NumberPrefix is { Length: > Settings.MaxNumberPrefix }) problems.Error("/numberPrefix", $"at most {Settings.MaxNumberPrefix} characters", $"{map.NumberPrefix.Length}");
        return problems.HasErrors ? null : map;
    }

    private FrozenDictionary<string, StageName> Stages()
    {
        var names = Enum.GetValues<StageName>().ToDictionary(stage => JsonNamingPolicy.CamelCase.ConvertName(stage.ToString()));
        var stages = new Dictionary<string, StageName>(StringComparer.Ordinal);
        var given = Object("stages", [.. names.Keys]);
        foreach (var (name, stage) in names)
            foreach (var activity in Texts(given, "/stages", name))
                if (!stages.TryAdd(activity, stage)) problems.Error($"/stages/{name}", "each activity under one stage, once", $"'{activity}' again");
        if (stages.Count == 0 && given.ValueKind == JsonValueKind.Object) problems.Error("/stages", $"activities under {string.Join(", ", names.Keys)}", "none");
        return stages.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private Dictionary<string, string> Inputs()
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json.Member("inputs") is null) return inputs;
        var given = Object("inputs", null);
        if (given.ValueKind != JsonValueKind.Object) return inputs;
        foreach (var member in given.EnumerateObject()) inputs[member.Name] = Needed(given, "/inputs", member.Name);
        return inputs;
    }

    private UrgentCases? Urgent()
    {
        if (json.Member("urgent") is null) return null;
        var given = Object("urgent", ["column", "values"]);
        return new(Needed(given, "/urgent", "column"), Texts(given, "/urgent", "values").ToHashSet(StringComparer.Ordinal));
    }

    private char Separator()
    {
        var text = Optional(json, "", "separator") ?? ",";
        if (text is [',' or ';' or '\t' or '|']) return text[0];
        problems.Error("/separator", "a comma, a semicolon, a tab or a bar", $"'{text}'");
        return ',';
    }

    private TimeZoneInfo TimeZone()
    {
        var name = Optional(json, "", "timeZone");
        if (name is null) return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return zone;
        problems.Error("/timeZone", "the IANA name of a time zone", $"'{name}'");
        return TimeZoneInfo.Utc;
    }

    /// <param name="members">Null: of any name.</param>
    private JsonElement Object(string name, IReadOnlyList<string>? members)
    {
        var value = json.Member(name);
        if (value is not { ValueKind: JsonValueKind.Object } found)
        {
            problems.Error($"/{name}", "an object", value?.Describe() ?? "nothing");
            return default;
        }
        if (members is not null) CheckMembers(found, $"/{name}", members);
        return found;
    }

    private void CheckMembers(JsonElement value, string pointer, IReadOnlyList<string> known)
    {
        foreach (var member in value.EnumerateObject().Where(member => !known.Contains(member.Name)))
            problems.Error($"{pointer}/{JsonMembers.Escape(member.Name)}", $"a member of {string.Join(", ", known)}", $"'{member.Name}'");
    }

    private string Needed(JsonElement value, string pointer, string name)
    {
        if (value.ValueKind != JsonValueKind.Object) return "";
        if (value.Text(name) is { } text && !string.IsNullOrWhiteSpace(text)) return text;
        problems.Error($"{pointer}/{JsonMembers.Escape(name)}", "a text", value.Member(name)?.Describe() ?? "nothing");
        return "";
    }

    private string? Optional(JsonElement value, string pointer, string name) => value.ValueKind != JsonValueKind.Object || value.Member(name) is null ? null : Needed(value, pointer, name);

    private List<string> Texts(JsonElement value, string pointer, string name)
    {
        if (value.ValueKind != JsonValueKind.Object || value.Member(name) is not { } list) return [];
        if (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)) return [.. list.EnumerateArray().Select(item => item.GetString()!)];
        problems.Error($"{pointer}/{name}", "a list of texts", list.Describe());
        return [];
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,40}\z")]
    private static partial Regex Code();
}
