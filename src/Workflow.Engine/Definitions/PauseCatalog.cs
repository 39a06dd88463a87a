using System.Collections.Frozen;
using System.Text.Json;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Definitions;

/// <summary>What kind of reason stops a clock.</summary>
public enum PauseKind
{
    /// <summary>Any other reason, by a rule of the bureau.</summary>
    Other,

    /// <summary>Time that a law does not count; the reason's <c>basis</c> names the article.</summary>
    Statutory,
}

/// <summary>A reason for which a clock may stand still, and what is asked for it.</summary>
/// <param name="Basis">The article or rule; null for none.</param>
/// <param name="Approval">The role of who has to approve; null when nobody has.</param>
/// <param name="Cap">The longest pause, as a target is written; null for no end.</param>
/// <param name="Times">How often one step of a task may be paused for it; null for no limit.</param>
/// <param name="TaskGoesOn">The clock of the task goes on while a stage pauses for it.</param>
public sealed record PauseReason(string Id, string NameZh, string NameEn, PauseKind Kind, string? Basis = null, string? Approval = null, string? Cap = null, int? Times = null, bool TaskGoesOn = false)
{
    public bool NeedsNote { get; init; }

    public bool NeedsEvidence { get; init; }

    /// <summary>A reason of no catalogue: a word that a definition was published with. It asks for nothing and has no end.</summary>
    public static PauseReason Plain(string id) => new(id, id, id, PauseKind.Other);
}

/// <summary>The catalogue of the reasons for a pause (<c>definitions/organisation/pause-reasons.json</c>): data, read with the calendars.</summary>
public sealed class PauseCatalog
{
    public const int LongestId = 64;

    private const string ExpectedCap = "a time as a target is written, such as \"5wd\" or \"P3D\"";
    private static readonly string[] Members = ["id", "name", "type", "basis", "note", "evidence", "approval", "cap", "times", "taskGoesOn"];
    private static readonly string[] Kinds = ["statutory", "other"];

    /// <summary>Who can approve a pause.</summary>
    internal static readonly string[] Approvers = ["supervisor", "duty-officer"];

    private readonly FrozenDictionary<string, PauseReason> reasons;

    private PauseCatalog(IEnumerable<PauseReason> reasons) => this.reasons = reasons.ToFrozenDictionary(reason => reason.Id, StringComparer.Ordinal);

    public static PauseCatalog Empty { get; } = new([]);

    public IEnumerable<PauseReason> All => reasons.Values.OrderBy(reason => reason.Id, StringComparer.Ordinal);

    public bool Has(string id) => reasons.ContainsKey(id);

    public PauseReason Find(string id) => reasons.GetValueOrDefault(id) ?? PauseReason.Plain(id);

    /// <summary>Reads <c>{ "reasons": [ … ] }</c> (definitions/schema/pause-reasons.schema.json); null with problems when anything is wrong.</summary>
    public static PauseCatalog? Read(JsonElement json, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (json.ValueKind != JsonValueKind.Object || json.Member("reasons") is not { ValueKind: JsonValueKind.Array })
        {
            problems.Error("/reasons", "a list of reasons", json.ValueKind == JsonValueKind.Object ? json.Member("reasons")?.Describe() ?? "nothing" : json.Describe());
            return null;
        }
        var read = new Dictionary<string, PauseReason>(StringComparer.Ordinal);
        foreach (var (index, item) in json.Items("reasons", "", problems).Index())
        {
            var at = $"/reasons/{index}";
            if (item.ValueKind != JsonValueKind.Object) problems.Error(at, "a reason", item.Describe());
            else if (ReadReason(item, at, problems) is { Id.Length: > 0 } reason && !read.TryAdd(reason.Id, reason)) problems.Error($"{at}/id", "each id once", $"'{reason.Id}' again");
        }
        return problems.HasErrors ? null : new(read.Values);
    }

    /// <summary>The members that a definition may say otherwise than the catalogue: <c>cap</c>, <c>times</c>, <c>approval</c>, <c>taskGoesOn</c>.</summary>
    internal static PauseReason Limits(JsonElement json, PauseReason reason, string at, ProblemList? problems) => reason with
    {
        Cap = Optional(json, "cap", at, problems, ExpectedCap, text => SlaTarget.TryParse(text, out var target, out _) && target is not SlaTarget.Fixed) ?? reason.Cap,
        Times = Times(json, at, problems) ?? reason.Times,
        Approval = Optional(json, "approval", at, problems, $"the role of who approves: {string.Join(", ", Approvers)}; or none", text => text == "none" || Approvers.Contains(text)) switch
        {
            null => reason.Approval,
            "none" => null,
            var role => role,
        },
        TaskGoesOn = Flag(json, "taskGoesOn", at, problems) ?? reason.TaskGoesOn,
    };

    private static PauseReason ReadReason(JsonElement item, string at, ProblemList problems)
    {
        foreach (var (where, expected, found) in item.UnknownMembers(at, Members)) problems.Error(where, expected, found);
        var id = item.Text("id") ?? "";
        if (id.Length is 0 or > LongestId) problems.Error($"{at}/id", $"an id of 1 to {LongestId} characters", item.Member("id")?.Describe() ?? "nothing");
        var (zh, en) = (item.Member("name")?.Text("zh-CN"), item.Member("name")?.Text("en"));
        if (string.IsNullOrWhiteSpace(zh)) problems.Error($"{at}/name/zh-CN", "a name", "nothing");
        if (string.IsNullOrWhiteSpace(en)) problems.Error($"{at}/name/en", "a name", "nothing");
        var kind = Optional(item, "type", at, problems, string.Join(" or ", Kinds), Kinds.Contains);
        if (kind is null) problems.Error($"{at}/type", string.Join(" or ", Kinds), "nothing");
        var basis = item.Text("basis");
        if (kind == "statutory" && string.IsNullOrWhiteSpace(basis)) problems.Error($"{at}/basis", "the article that does not count this time", "nothing");
        return Limits(item, new(id, zh ?? "", en ?? "", kind == "statutory" ? PauseKind.Statutory : PauseKind.Other, basis)
        {
            NeedsNote = Flag(item, "note", at, problems) ?? false,
            NeedsEvidence = Flag(item, "evidence", at, problems) ?? false,
        }, at, problems);
    }

    private static string? Optional(JsonElement json, string member, string at, ProblemList? problems, string expected, Func<string, bool> isRight)
    {
        if (json.Member(member) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && isRight(value.GetString()!)) return value.GetString();
        problems?.Error($"{at}/{member}", expected, value.Describe());
        return null;
    }

    private static int? Times(JsonElement json, string at, ProblemList? problems)
    {
        if (json.Member("times") is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var times) && times is >= 1 and <= 1000) return times;
        problems?.Error($"{at}/times", "a number of pauses from 1 to 1000", value.Describe());
        return null;
    }

    private static bool? Flag(JsonElement json, string member, string at, ProblemList? problems)
    {
        if (json.Member(member) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        problems?.Error($"{at}/{member}", "true or false", value.Describe());
        return null;
    }
}
