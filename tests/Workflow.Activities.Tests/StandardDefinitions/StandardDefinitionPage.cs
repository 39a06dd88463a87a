using System.Text;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Tests.Clocks;

namespace Workflow.Activities.Tests.StandardDefinitions;

/// <summary>What docs/standard-definitions.md says of the shipped definitions, read from the definitions themselves.</summary>
internal static class StandardDefinitionPage
{
    /// <summary>In the order of the field: what is measured, what people report, cases, programmes. Parts and orders come with joint work.</summary>
    public static readonly string[] Standard =
    [
        "air-station-alarm", "dust-site-alarm", "water-exceedance", "public-report", "petition", "penalty-case", "heavy-pollution-warning", "sudden-incident", "permit-review",
        "waste-noise-radiation", "ecological-restoration", "street-type-case",
    ];

    private static readonly (string Port, string Title)[] Stages =
        [("initiation", "发起"), ("response", "响应"), ("analysis", "研判"), ("handling", "处置"), ("postEvaluation", "后评估")];

    public static string Table()
    {
        var text = new StringBuilder("| | Raised by | Sampled | Effect by data | Repeats | Closes out | Goes back |\n|---|---|---|---|---|---|---|\n");
        var documents = Standard.Select(id => JsonDocument.Parse(Calendars.Definition("workflows", id)).RootElement).ToList();
        foreach (var document in documents)
        {
            var root = document.GetProperty("root");
            var all = Activities(root).ToList();
            text.Append("| [").Append(document.Text("name")).Append("](#").Append(document.Text("definitionId")).Append(") | ").Append(RaisedBy(root))
                .Append(" | ").Append(root.Member("evaluation")?.Text("sample")).Append(" | ").Append(Effect(all))
                .Append(" | ").Append(root.Member("recurrence") is { } repeat ? $"{repeat.Text("window")}, {repeat.Text("do")}" : "")
                .Append(" | ").Append(Reasons(all, "CloseOut")).Append(" | ").Append(Reasons(all, "Return")).Append(" |\n");
        }
        foreach (var document in documents) Append(text, document);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement document)
    {
        var root = document.GetProperty("root");
        text.Append("\n## ").Append(document.Text("definitionId")).Append("\n\n").Append(document.Text("name")).Append('：').Append(document.Text("description")).Append("。\n\n")
            .Append("| | Who | Target | Clock stops for | Basis |\n|---|---|---|---|---|\n");
        Row(text, "任务", "", root.Member("sla"));
        foreach (var (port, title) in Stages)
        {
            var stage = root.GetProperty(port);
            var items = Activities(stage.GetProperty("body")).Where(activity => activity.Text("title") is not null).ToList();
            if (stage.Member("sla") is null && items.Count == 0) continue;
            Row(text, $"**{title}**", "", stage.Member("sla"));
            foreach (var item in items) Row(text, item.Text("title")!, Who(item), item.Member("sla"));
        }
    }

    private static void Row(StringBuilder text, string what, string who, JsonElement? sla) => text
        .Append("| ").Append(what).Append(" | ").Append(who).Append(" | ").Append(sla is { } timed ? TargetOf(timed) : "")
        .Append(" | ").AppendJoin(", ", sla?.Member("pauseReasons")?.EnumerateArray().Select(reason => reason.GetString()) ?? []).Append(" | ").Append(sla?.Text("basis")).Append(" |\n");

    private static string TargetOf(JsonElement sla)
    {
        var target = sla.GetProperty("target");
        var text = target.ValueKind == JsonValueKind.String ? target.GetString()! : string.Join(", ", target.EnumerateObject().Select(one => one.Name == "normal" ? one.Value.GetString() : $"{one.Name} {one.Value.GetString()}"));
        return sla.Text("calendar") is { } calendar and not "cn-gov" ? $"{text} ({calendar})" : text;
    }

    private static string Who(JsonElement item)
    {
        var kind = item.Text("type")!["Workflow.".Length..];
        if (item.Member("sign") is { ValueKind: JsonValueKind.Object } sign)
        {
            var rule = sign.Text("rule") == "percent" ? $"{sign.GetProperty("percent")}%" : sign.Text("rule");
            return $"{string.Join(" + ", sign.GetProperty("signers").EnumerateArray().Select(signer => string.Join(' ', signer.EnumerateObject().Select(part => part.Value.GetString()))))} ({rule})";
        }
        return item.Member("people") is { } people ? $"{kind}, {people} × {item.GetProperty("certificates")[0].GetString()}" : item.Text("to") is { } team ? $"{kind}, {team}" : kind;
    }

    private static string RaisedBy(JsonElement root) => root.Member("alarms") switch
    {
        null => "a report, an order",
        { } alarms when alarms.Text("value") is { } value => $"{value} ≥ {alarms.GetProperty("raiseAt")}, over below {alarms.GetProperty("clearBelow")}",
        _ => "a report; reports of one subject join",
    };

    private static string Effect(List<JsonElement> all) =>
        all.Find(activity => activity.Text("type") == "Workflow.EffectCheck") is { ValueKind: JsonValueKind.Object } check ? $"{check.Text("for")} within {check.Text("within")}" : "";

    private static string Reasons(List<JsonElement> all, string outcome) => string.Join(", ", all
        .Where(activity => activity.Text("type") == "Workflow.EndStage" && activity.Text("outcome") == outcome)
        .Select(activity => activity.Text("returnTo") is { } to ? $"{activity.Text("reason")} → {to}" : activity.Text("reason")).Distinct());

    /// <summary>Everything within that has a type, in the order of the document.</summary>
    private static IEnumerable<JsonElement> Activities(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => (json.Text("type")?.Contains('.', StringComparison.Ordinal) == true ? [json] : Enumerable.Empty<JsonElement>()).Concat(json.EnumerateObject().SelectMany(member => Activities(member.Value))),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Activities),
        _ => [],
    };
}
