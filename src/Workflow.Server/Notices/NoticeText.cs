using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Notices;

/// <summary>
/// Fills the templates of the configuration: <c>{{task}}</c>, <c>{{subject}}</c>, <c>{{title}}</c>, <c>{{team}}</c>, <c>{{area}}</c>, <c>{{priority}}</c>, <c>{{offered}}</c>, <c>{{due}}</c>,
/// <c>{{name}}</c>, <c>{{rung}}</c>, <c>{{channel}}</c>, <c>{{item}}</c>, <c>{{url}}</c>; in a body also <c>{{id}}</c>, <c>{{to}}</c> and <c>{{text}}</c>. What is not known stays empty.
/// </summary>
internal sealed partial class NoticeText(NoticeLetter letter, string publicUrl)
{
    public const string Default = "【{{priority}}】{{task}} {{subject}}：{{title}}（{{area}}，{{team}}）{{due}}前办理，请立即签收。";
    public const string DefaultBody = """{"id":"{{id}}","channel":"{{channel}}","to":"{{to}}","name":"{{name}}","text":"{{text}}","task":"{{task}}","workItem":"{{item}}","url":"{{url}}"}""";

    private static readonly JavaScriptEncoder Escape = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public string Fill(string template) => Placeholder().Replace(template, found => Value(found.Groups[1].Value) ?? "");

    /// <param name="id">Under which the notice is repeated.</param>
    /// <param name="to">The address.</param>
    public string Body(GatewayOptions gateway, string id, string to)
    {
        var text = Fill(gateway.Text);
        return Placeholder().Replace(gateway.Body, found => Escape.Encode(found.Groups[1].Value switch
        {
            "id" => id,
            "to" => to,
            "text" => text,
            var name => Value(name) ?? "",
        }));
    }

    /// <summary>Whether a template of a body is JSON, whatever its placeholders stand for.</summary>
    public static bool IsBody(string template) => JsonText.Parse(Placeholder().Replace(template, "x"), out _) is not null;

    private string? Value(string name) => name switch
    {
        "task" => letter.TaskNumber,
        "subject" => letter.Subject,
        "title" => letter.Title,
        "team" => letter.Team,
        "area" => letter.Area,
        "priority" => letter.Priority == Priority.Urgent ? "紧急" : "普通",
        "offered" => Time(letter.OfferedAt),
        "due" => letter.Due is { } due ? Time(due) : null,
        "name" => letter.To.Name,
        "rung" => letter.Rung,
        "channel" => letter.Channel,
        "item" => letter.WorkItem,
        "url" => publicUrl.Length == 0 ? null : $"{publicUrl.TrimEnd('/')}/work-items/{letter.WorkItem}",
        _ => null,
    };

    private static string Time(DateTimeOffset at) => BusinessCalendar.Continuous.InZone(at).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{\{([a-z]+)\}\}")]
    private static partial Regex Placeholder();
}
