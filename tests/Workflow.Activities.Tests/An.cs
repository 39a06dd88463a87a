using System.Collections.Frozen;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests;

/// <summary>Builders that hide what does not matter to a test. JSON may be written with single quotes.</summary>
internal static class An
{
    public static readonly Actor Li = new("u-grid", "李静", ["grid"]);
    public static readonly Actor Wang = new("u-tech", "王磊", ["tech"]);
    public static readonly Actor Chen = new("u-enforcement", "陈强", ["enforcement"]);
    public static readonly Actor Zhao = new("u-inspection", "赵敏", ["inspection"]);
    public static readonly Actor Liu = new("u-grid-2", "刘芳", ["grid"]);

    public static readonly Actor Zhou = new("u-grid-b", "周洋", ["grid-b"]);
    public static readonly Actor Sun = new("u-enforcement-b", "孙浩", ["enforcement-b"]);

    /// <summary>Supervises; belongs to no team that is offered anything.</summary>
    public static readonly Actor Qian = new("u-supervisor", "钱进", []) { Roles = ["supervisor"] };

    public static readonly Place Guixi = new("510107064", "桂溪街道", "/5101/gaoxin/510107064/", "高新区");

    /// <summary>One team of each kind, each for an area of another size around the place, and two that own nothing here.</summary>
    public static readonly TeamDirectory Teams = new(
        [
            new("grid", "桂溪街道网格", TeamKind.CommunityGrid), new("tech", "数智中心", TeamKind.TechGrid),
            new("enforcement", "高新区执法大队", TeamKind.Enforcement), new("inspection", "督查巡查组", TeamKind.Inspection),
            new("grid-b", "石羊街道网格", TeamKind.CommunityGrid), new("enforcement-b", "武侯区执法大队", TeamKind.Enforcement),
        ],
        [new("510107064", "grid"), new("5101", "tech"), new("gaoxin", "enforcement"), new("5101", "inspection")])
    {
        Members = new[] { Li, Wang, Chen, Zhao, Liu, Zhou, Sun, Qian }.ToFrozenDictionary(actor => actor.UserId, actor => new Member(actor.Person, actor.Teams)),
    };

    /// <summary>The same organisation after a ruling about this place.</summary>
    public static TeamDirectory Ruled(string definition, string node, string team) => new(
        Teams.All, [new("510107064", "grid"), new("5101", "tech"), new("gaoxin", "enforcement"), new("5101", "inspection")])
    {
        Members = Teams.Members,
        Rules = new Dictionary<RoutingKey, RoutingRule> { [new(definition, node, Guixi.AreaCode)] = new(team, "CD-2026-000099", Calendars.At("2026-09-01T10:00+08:00")) }.ToFrozenDictionary(),
    };

    /// <summary>The reasons that come with the project.</summary>
    public static readonly PauseCatalog Pauses = PauseCatalog.Read(JsonElement.Parse(Calendars.Definition("organisation", "pause-reasons")), new())!;

    public static readonly World World = new(
        new[] { BusinessCalendar.Continuous, Calendars.China }.ToFrozenDictionary(calendar => calendar.Id), Teams) { Pauses = Pauses };

    public static readonly DefinitionReader Reader = new(BuiltInActivities.Catalog(), new HashSet<string> { "24x7", "cn-gov" });

    public static readonly string AirStationText = Calendars.Definition("workflows", "air-station-alarm");

    public static WorkflowDefinition AirStation { get; } = Read(AirStationText);

    /// <summary>A definition to run. It is not proved: what runs may have been published before a rule against it.</summary>
    public static WorkflowDefinition Read(string json)
    {
        var problems = new ProblemList();
        return Reader.Compile(json, problems) is { } definition && !problems.HasErrors ? definition : throw new FormatException(string.Join("\n", problems.All));
    }

    /// <summary>A definition that is no task.</summary>
    public static WorkflowDefinition Definition(string root, string members = "") =>
        Read($$"""{ "definitionId": "test", {{Quoted(members)}} "root": {{Quoted(root)}} }""");

    /// <summary>
    /// A task definition with these bodies of stages; a stage that is not given is empty, and post-evaluation has an item "evaluate".
    /// Members of a stage, such as its sla, stand after a vertical bar; the task's own sla is given by itself.
    /// </summary>
    public static WorkflowDefinition TaskDefinition(
        string? response = null, string? analysis = null, string? handling = null, string? postEvaluation = null, string members = "", string? sla = null)
    {
        var stages = new (string Port, string? Body)[]
        {
            ("initiation", null), ("response", response), ("analysis", analysis), ("handling", handling),
            ("postEvaluation", postEvaluation ?? Item("evaluate", "Inspection")),
        };
        var ports = stages.Select(stage => Stage(stage.Port, stage.Body ?? Flow.Chart($"{stage.Port}-body", "", "")));
        return Definition($"{{ 'id': 'loop', 'type': 'Workflow.ClosedLoop', {string.Join(", ", ports)}{(sla is null ? "" : $", 'sla': {sla}")} }}", members);
    }

    public static string Item(string id, string kind, string members = "") =>
        $"{{ 'id': '{id}', 'type': 'Workflow.{kind}', 'title': '{id}'{(members == "" ? "" : ", " + members)} }}";

    public static string EndStage(string id, string outcome, string? returnTo = null) =>
        $"{{ 'id': '{id}', 'type': 'Workflow.EndStage', 'outcome': '{outcome}'{(returnTo is null ? "" : $", 'returnTo': '{returnTo}'")}, 'reason': '{id}' }}";

    public static Scenario Instance(WorkflowDefinition definition) => new(definition);

    /// <summary>A started instance of a definition that is no task.</summary>
    public static Scenario Started(string root, string members = "") => Instance(Definition(root, members)).Start();

    public static JsonElement Json(string text) => JsonElement.Parse(Quoted(text));

    private static string Stage(string port, string body)
    {
        var (json, members) = body.Split('|') is [var first, var second] ? (first, ", " + second) : (body, "");
        return $"'{port}': {{ 'id': '{port}', 'type': 'Workflow.Stage', 'body': {json}{members} }}";
    }

    private static string Quoted(string text) => text.Replace('\'', '"');
}
