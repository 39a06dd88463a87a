using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>One rung of a delivery ladder as it is written.</summary>
/// <param name="After">How long after the offer it is reached; null at once.</param>
public sealed record LadderRung(string Id, string? After, NoticeTarget To, ImmutableArray<string> Channels);

/// <summary>A delivery ladder as it is written. Without rungs nobody is told.</summary>
/// <param name="Calendar">By which working hours and days of its rungs count.</param>
public sealed record LadderPlan(string Calendar, ImmutableArray<LadderRung> Rungs);

/// <summary>
/// Reads delivery ladders by priority: the member <c>ladder</c> of a task definition's root or of a team activity, and the file of the organisation.
/// <code>
/// { "urgent": { "calendar": "24x7", "rungs": [ { "id": "sms", "after": "PT3M", "to": "candidates", "channels": ["sms"] } ] } }
/// </code>
/// </summary>
public static partial class LadderDeclaration
{
    public const string Member = "ladder";

    private const int MostRungs = 20;
    private const string DefaultCalendar = "24x7";
    private static readonly string[] PlanMembers = ["calendar", "rungs"];
    private static readonly string[] RungMembers = ["id", "after", "to", "channels"];

    /// <summary>The declaration of a node that has been checked; null when it has none.</summary>
    public static ImmutableDictionary<Priority, LadderPlan>? Of(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Derive(static node => new Declared(node.Plain(Member) is { } json ? Read(json, "", null, null) : null)).Plans;
    }

    /// <summary>Reports everything wrong with a node's declaration.</summary>
    public static void Check(Node node, DefinitionCheck check)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(check);
        if (node.Plain(Member) is { } json) Read(json, $"{node.Pointer}/{Member}", check.Calendars, check.Problems);
    }

    /// <param name="problems">Gets everything that is wrong; null for what was checked before.</param>
    public static ImmutableDictionary<Priority, LadderPlan> Read(JsonElement json, string at, IReadOnlySet<string>? calendars, ProblemList? problems)
    {
        var plans = ImmutableDictionary.CreateBuilder<Priority, LadderPlan>();
        if (json.ValueKind != JsonValueKind.Object) problems?.Error(at, "an object with a ladder by priority: normal, urgent", json.Describe());
        else
            foreach (var member in json.EnumerateObject())
            {
                var pointer = $"{at}/{JsonMembers.Escape(member.Name)}";
                if (Values.ToEnum<Priority>(member.Name) is not { } priority) problems?.Error(pointer, "a priority: normal, urgent", $"'{member.Name}'");
                else if (member.Value.ValueKind != JsonValueKind.Object) problems?.Error(pointer, "an object with rungs", member.Value.Describe());
                else plans[priority] = ReadPlan(member.Value, pointer, calendars, problems);
            }
        return plans.ToImmutable();
    }

    private static LadderPlan ReadPlan(JsonElement json, string at, IReadOnlySet<string>? calendars, ProblemList? problems)
    {
        foreach (var (where, expected, found) in json.UnknownMembers(at, PlanMembers)) problems?.Error(where, expected, found);
        var calendar = json.Text("calendar") ?? DefaultCalendar;
        if (calendars?.Contains(calendar) == false) problems?.Error($"{at}/calendar", $"a calendar that exists: {string.Join(", ", calendars.Order())}", $"'{calendar}'");
        var rungs = ImmutableArray.CreateBuilder<LadderRung>();
        foreach (var (index, rung) in json.Items("rungs", at, problems).Index())
        {
            var pointer = $"{at}/rungs/{index}";
            if (index >= MostRungs) problems?.Error(pointer, $"at most {MostRungs} rungs", "one more");
            if (rung.ValueKind != JsonValueKind.Object) problems?.Error(pointer, "a rung", rung.Describe());
            else rungs.Add(ReadRung(rung, pointer, rungs, problems));
        }
        return new(calendar, rungs.ToImmutable());
    }

    private static LadderRung ReadRung(JsonElement json, string at, IReadOnlyCollection<LadderRung> before, ProblemList? problems)
    {
        foreach (var (where, expected, found) in json.UnknownMembers(at, RungMembers)) problems?.Error(where, expected, found);
        var (id, after, to) = (json.Text("id") ?? "", json.Text("after"), Values.ToEnum<NoticeTarget>(json.Text("to") ?? nameof(NoticeTarget.Candidates)));
        if (!Name().IsMatch(id) || before.Any(rung => rung.Id == id)) problems?.Error($"{at}/id", "an id of 1 to 32 small letters, digits and hyphens, unique among the rungs", $"'{id}'");
        if (json.Member("after") is { } time && (after is null || !SlaTarget.TryParse(after, out var target, out _) || target is SlaTarget.Fixed))
            problems?.Error($"{at}/after", "a time such as \"PT3M\", \"0.5wh\" or \"1wd\", or nothing for at once", time.Describe());
        if (to is null) problems?.Error($"{at}/to", "candidates, nextOnDuty or dutyLeader", json.Member("to")!.Value.Describe());
        var channels = ImmutableArray.CreateBuilder<string>();
        foreach (var (index, channel) in json.Items("channels", at, problems).Index())
        {
            var name = channel.ValueKind == JsonValueKind.String ? channel.GetString()! : "";
            if (!Name().IsMatch(name) || channels.Contains(name)) problems?.Error($"{at}/channels/{index}", "the name of a channel such as in-app, mail, chat, sms or voice, each once", channel.Describe());
            channels.Add(name);
        }
        if (channels.Count == 0) problems?.Error($"{at}/channels", "at least one channel", "none");
        return new(id, after, to ?? NoticeTarget.Candidates, channels.ToImmutable());
    }

    /// <summary>Of a rung, and of a channel.</summary>
    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    public static partial Regex Name();

    private sealed record Declared(ImmutableDictionary<Priority, LadderPlan>? Plans);
}
