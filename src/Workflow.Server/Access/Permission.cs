namespace Workflow.Server.Access;

/// <summary>What a caller may do at all; on which rows is decided by team and area in the query.</summary>
internal static class Permission
{
    public const string ReadTasks = "read-tasks";
    public const string RaiseTasks = "raise-tasks";
    public const string WorkOnItems = "work-on-items";

    /// <summary>Start workflows that are no tasks, send them events, report what they asked for.</summary>
    public const string RunWorkflows = "run-workflows";

    /// <summary>See every instance, decide on incidents, cancel and alter.</summary>
    public const string Operate = "operate";

    /// <summary>Draw, check, publish and retract definitions.</summary>
    public const string DesignDefinitions = "design-definitions";

    /// <summary>Import what the organisation rests on: subjects and the outlines of areas.</summary>
    public const string ManageOrganisation = "manage-organisation";

    /// <summary>Propose another version of a calendar, or a policy for the tasks of earlier versions, and see what it would do.</summary>
    public const string ProposeClockChanges = "propose-clock-changes";

    /// <summary>Bring into force what another person has proposed.</summary>
    public const string ApproveClockChanges = "approve-clock-changes";

    private static readonly Dictionary<string, string[]> ByRole = new(StringComparer.Ordinal)
    {
        ["staff"] = [ReadTasks, RaiseTasks, WorkOnItems],
        ["duty-officer"] = [ReadTasks, RaiseTasks],
        ["supervisor"] = [ReadTasks, ApproveClockChanges],
        ["process-owner"] = [ReadTasks, DesignDefinitions, ProposeClockChanges],
        ["operator"] = [ReadTasks, DesignDefinitions, RunWorkflows, Operate, ManageOrganisation, ProposeClockChanges, ApproveClockChanges],
    };

    public static IEnumerable<string> All => ByRole.Values.SelectMany(permissions => permissions).Distinct();

    public static IReadOnlyList<string> Roles { get; } = [.. ByRole.Keys];

    public static IEnumerable<string> RolesWith(string permission) => ByRole.Where(role => role.Value.Contains(permission)).Select(role => role.Key);

    public static IReadOnlyList<string> Of(IEnumerable<string> roles) =>
        [.. roles.SelectMany(role => ByRole.GetValueOrDefault(role, [])).Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>What a route asks of its caller. A test fails for a route without one.</summary>
internal sealed record RoutePermission(string? Name);

internal static class RoutePermissions
{
    public static RouteHandlerBuilder Requires(this RouteHandlerBuilder route, string permission) =>
        route.WithMetadata(new RoutePermission(permission)).RequireAuthorization(permission);

    /// <summary>Any signed-in caller.</summary>
    public static RouteHandlerBuilder RequiresSignIn(this RouteHandlerBuilder route) =>
        route.WithMetadata(new RoutePermission(null)).RequireAuthorization();

    public static RouteHandlerBuilder OpenToAll(this RouteHandlerBuilder route) =>
        route.WithMetadata(new RoutePermission(null)).AllowAnonymous();
}
