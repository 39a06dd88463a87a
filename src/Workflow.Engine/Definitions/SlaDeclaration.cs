using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>The <c>sla</c> member of a task definition, a stage or a team activity, as it is written.</summary>
/// <param name="Targets">Target by priority name; <c>normal</c> is always there.</param>
public sealed record SlaDeclaration(
    ImmutableDictionary<string, string> Targets, string Calendar, string? Basis, bool Resumes, ImmutableArray<Rung> Rungs)
{
    /// <summary>Reasons for which an item may be suspended with this clock stopped.</summary>
    public ImmutableArray<string> PauseReasons { get; init; } = [];

    /// <summary>When the last day of a target of days or months ends.</summary>
    public DayEnd DayEnd { get; init; }

    /// <summary>Where the definition declares nothing and the task came with a deadline.</summary>
    internal static readonly SlaDeclaration None = new(ImmutableDictionary<string, string>.Empty, DefaultCalendar, null, true, []);

    private const string DefaultCalendar = "cn-gov";
    private const string ExpectedTarget = "a target such as \"PT20M\", \"4wh\", \"3wd\", \"15cd\" or \"6mo\"";
    private const int ReasonLength = 64;
    private static readonly string[] Priorities = ["normal", "urgent"];
    private static readonly string[] Members = ["target", "calendar", "basis", "reentry", "rungs", "pauseReasons", "dayEnd"];
    internal static readonly string[] OrderRungs = ["urge", "order", "interview", "circular"];
    internal static readonly string[] TeamKinds = ["techGrid", "enforcement", "inspection", "communityGrid"];

    public string TargetFor(string priority) => Targets.GetValueOrDefault(priority) ?? Targets["normal"];

    /// <summary>The declaration of a node that has been checked; null when it has none.</summary>
    public static SlaDeclaration? Of(Node node) => node.Derive(static node => new Declared(Read(node, null))).Sla;

    /// <summary>Reports everything wrong with a node's declaration.</summary>
    public static void Check(Node node, DefinitionCheck check) => Read(node, check);

    private static SlaDeclaration? Read(Node node, DefinitionCheck? check)
    {
        if (node.Plain("sla") is not { } json) return null;
        var at = $"{node.Pointer}/sla";
        if (json.ValueKind != JsonValueKind.Object)
        {
            check?.Error(at, "an object with a target", json.Describe());
            return null;
        }
        foreach (var member in json.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            check?.Error($"{at}/{JsonMembers.Escape(member.Name)}", $"one of {string.Join(", ", Members)}", member.Name);

        var calendar = json.Text("calendar") ?? DefaultCalendar;
        if (check is not null && !check.Calendars.Contains(calendar))
            check.Error($"{at}/calendar", $"a calendar that exists: {string.Join(", ", check.Calendars.Order())}", $"'{calendar}'");
        var reentry = json.Text("reentry") ?? "resume";
        if (reentry is not ("resume" or "new")) check?.Error($"{at}/reentry", "resume or new", $"'{reentry}'");
        var dayEnd = json.Text("dayEnd") ?? "closing";
        if (dayEnd is not ("closing" or "midnight")) check?.Error($"{at}/dayEnd", "closing or midnight", $"'{dayEnd}'");
        return new(ReadTargets(json, at, check), calendar, json.Text("basis"), reentry == "resume", ReadRungs(json, at, check))
        {
            PauseReasons = ReadPauseReasons(json, at, check),
            DayEnd = dayEnd == "midnight" ? DayEnd.Midnight : DayEnd.Closing,
        };
    }

    private static ImmutableDictionary<string, string> ReadTargets(JsonElement sla, string at, DefinitionCheck? check)
    {
        var targets = ImmutableDictionary.CreateBuilder<string, string>();
        void Add(string priority, JsonElement value, string pointer)
        {
            if (!Priorities.Contains(priority)) check?.Error(pointer, $"a priority: {string.Join(", ", Priorities)}", $"'{priority}'");
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            if (!SlaTarget.TryParse(text, out var target, out _) || target is SlaTarget.Fixed) check?.Error(pointer, ExpectedTarget, value.Describe());
            targets[priority] = text;
        }
        if (sla.Member("target") is not { } target) check?.Error($"{at}/target", ExpectedTarget, "nothing");
        else if (target.ValueKind != JsonValueKind.Object) Add("normal", target, $"{at}/target");
        else
        {
            foreach (var priority in target.EnumerateObject()) Add(priority.Name, priority.Value, $"{at}/target/{JsonMembers.Escape(priority.Name)}");
            if (!targets.ContainsKey("normal")) check?.Error($"{at}/target/normal", "a target for normal priority", "nothing");
        }
        return targets.ToImmutable();
    }

    private static ImmutableArray<string> ReadPauseReasons(JsonElement sla, string at, DefinitionCheck? check)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        foreach (var (index, json) in sla.Items("pauseReasons", at, check?.Problems).Index())
        {
            var reason = json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
            if (reason.Length is 0 or > ReasonLength || reasons.Contains(reason)) check?.Error($"{at}/pauseReasons/{index}", $"a reason of 1 to {ReasonLength} characters, each once", json.Describe());
            reasons.Add(reason);
        }
        return reasons.ToImmutable();
    }

    private static ImmutableArray<Rung> ReadRungs(JsonElement sla, string at, DefinitionCheck? check)
    {
        var rungs = ImmutableArray.CreateBuilder<Rung>();
        foreach (var (index, json) in sla.Items("rungs", at, check?.Problems).Index())
        {
            var pointer = $"{at}/rungs/{index}";
            var (id, time, to) = (json.Text("id") ?? "", json.Text("at") ?? "", json.Text("to"));
            if (id.Length == 0 || rungs.Any(rung => rung.Id == id)) check?.Error($"{pointer}/id", "an id, unique among the rungs", $"'{id}'");
            if (!RungTime.TryParse(time, out _, out _)) check?.Error($"{pointer}/at", "a time such as \"50%\", \"+0\", \"-PT10M\" or \"-1wd\"", $"'{time}'");
            var action = Values.ToEnum<RungAction>(json.Text("do"));
            if (action is null) check?.Error($"{pointer}/do", "urge, escalate or press", json.Member("do")?.Describe() ?? "nothing");
            if (action == RungAction.Escalate && !TeamKinds.Contains(to)) check?.Error($"{pointer}/to", $"a team kind: {string.Join(", ", TeamKinds)}", to is null ? "nothing" : $"'{to}'");
            if (action == RungAction.Urge && to is not (null or "holder")) check?.Error($"{pointer}/to", "holder", $"'{to}'");
            if (action == RungAction.Press && !OrderRungs.Contains(to)) check?.Error($"{pointer}/to", $"a rung of an order: {string.Join(", ", OrderRungs)}", to is null ? "nothing" : $"'{to}'");
            rungs.Add(new(id, time, action ?? RungAction.Urge, to));
        }
        return rungs.ToImmutable();
    }

    private sealed record Declared(SlaDeclaration? Sla);
}
