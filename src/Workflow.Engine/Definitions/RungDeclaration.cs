using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>The <c>rungs</c> of a clock.</summary>
internal static class RungDeclaration
{
    /// <summary>What <c>to</c> of a <c>reassign</c> may be besides a team.</summary>
    public const string Another = "another";

    /// <summary>Before the id of a team.</summary>
    public const string TeamPrefix = "team:";

    /// <summary>Before the user id of a person.</summary>
    public const string PersonPrefix = "person:";

    private const string Actions = "notify, urge, raisePriority, reassign, escalate, order or press";
    private static readonly string[] Members = ["id", "at", "do", "to", "inWorkingTime", "within"];
    private static readonly string[] Receivers = ["holder", "team", "supervisor", "dutyOfficer"];

    public static ImmutableArray<Rung> Read(JsonElement sla, string at, DefinitionCheck? check)
    {
        var rungs = ImmutableArray.CreateBuilder<Rung>();
        foreach (var (index, json) in sla.Items("rungs", at, check?.Problems).Index())
        {
            var pointer = $"{at}/rungs/{index}";
            var (id, time, to) = (json.Text("id") ?? "", json.Text("at") ?? "", json.Text("to"));
            var action = Values.ToEnum<RungAction>(json.Text("do"));
            var within = json.Text("within");
            if (check is not null)
            {
                if (id.Length == 0 || rungs.Any(rung => rung.Id == id)) check.Error($"{pointer}/id", "an id, unique among the rungs", $"'{id}'");
                if (!RungTime.TryParse(time, out _, out _)) check.Error($"{pointer}/at", "a time such as \"50%\", \"+0\", \"-PT10M\" or \"-1wd\"", $"'{time}'");
                if (action is null) check.Error($"{pointer}/do", Actions, json.Member("do")?.Describe() ?? "nothing");
                else if (Expected(action.Value, to) is { } expected) check.Error($"{pointer}/to", expected, to is null ? "nothing" : $"'{to}'");
                CheckMembers(json, action, within, pointer, check);
            }
            rungs.Add(new(id, time, action ?? RungAction.Urge, to)
            {
                InWorkingTime = json.Member("inWorkingTime") is { ValueKind: JsonValueKind.True }, Within = action == RungAction.Order ? within : null,
            });
        }
        return rungs.ToImmutable();
    }

    private static void CheckMembers(JsonElement json, RungAction? action, string? within, string pointer, DefinitionCheck check)
    {
        if (json.ValueKind != JsonValueKind.Object) return;
        foreach (var (where, expected, found) in json.UnknownMembers(pointer, Members)) check.Error(where, expected, found);
        if (json.Member("inWorkingTime") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } flag) check.Error($"{pointer}/inWorkingTime", "true or false", flag.Describe());
        if (action == RungAction.Order && !(SlaTarget.TryParse(within ?? "", out var target, out _) && target is not SlaTarget.Fixed))
            check.Error($"{pointer}/within", "the time that the order gives, such as \"3wd\" or \"P2D\"", json.Member("within")?.Describe() ?? "nothing");
        if (action is not (null or RungAction.Order) && json.Member("within") is { } unused) check.Error($"{pointer}/within", "nothing: only an order gives a time", unused.Describe());
    }

    /// <summary>What <paramref name="to"/> had to be; null when it is right.</summary>
    private static string? Expected(RungAction action, string? to) => action switch
    {
        RungAction.Escalate => SlaDeclaration.TeamKinds.Contains(to) ? null : $"a team kind: {string.Join(", ", SlaDeclaration.TeamKinds)}",
        RungAction.Urge => to is null or "holder" ? null : "holder",
        RungAction.Press => SlaDeclaration.OrderRungs.Contains(to) ? null : $"a rung of an order: {string.Join(", ", SlaDeclaration.OrderRungs)}",
        RungAction.Notify => to is not null && (Receivers.Contains(to) || IsNamed(to, PersonPrefix)) ? null : $"who is told: {string.Join(", ", Receivers)} or {PersonPrefix}USER-ID",
        RungAction.RaisePriority => to is null ? null : "nothing: the priority becomes urgent",
        RungAction.Reassign => to is null or Another || IsNamed(to, TeamPrefix) ? null : $"{Another} or {TeamPrefix}TEAM-ID",
        RungAction.Order => IsNamed(to, PersonPrefix) ? null : $"the leader in whose name it is given: {PersonPrefix}USER-ID",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool IsNamed(string? to, string prefix) => to is not null && to.StartsWith(prefix, StringComparison.Ordinal) && to.Length > prefix.Length;
}
