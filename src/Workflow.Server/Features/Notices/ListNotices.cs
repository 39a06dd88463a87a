using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Notices;

/// <param name="WorkItemId">The item that the clock belongs to; null for a stage's or the task's.</param>
/// <param name="Rung">The rung of the clock that was reached.</param>
/// <param name="Due">When the clock was due, as it was known then.</param>
internal sealed record NoticeView(string Id, string TaskId, string? WorkItemId, string TaskNumber, string Subject, string Rung, StageName? Stage, DateTimeOffset? Due, DateTimeOffset At);

internal sealed record NoticePage(IReadOnlyList<NoticeView> Items);

/// <summary>What rungs of clocks tell the caller: by name, as one of a team, or by a role in the tasks that they may see.</summary>
internal static class ListNotices
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("notices", HandleAsync).Requires(Permission.ReadTasks).Produces<NoticePage>().WithSummary("Notices for the caller, latest first");

    /// <param name="limit">At most <c>Limits:MaxPageSize</c>.</param>
    internal static async Task<IResult> HandleAsync(int? limit, Caller caller, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (limit is { } asked && (asked < 1 || asked > limits.Value.MaxPageSize)) return Problems.ProblemResults.Invalid([new("/limit", $"1 to {limits.Value.MaxPageSize}", $"{asked}")]);
        var (me, teams, roles) = (caller.Actor.UserId, caller.TeamIds, caller.Actor.Roles?.ToList() ?? []);
        await using var db = reader.Open();
        var visible = InstanceReader.VisibleTasks(db, caller);
        var rows = await db.Notices.AsNoTracking()
            .Where(row => row.UserId == me || (row.TeamId != null && teams.Contains(row.TeamId)) || (row.Role != null && roles.Contains(row.Role) && visible.Any(task => task.InstanceId == row.InstanceId)))
            .OrderByDescending(row => row.At).ThenBy(row => row.InstanceId).ThenBy(row => row.Effect).ThenBy(row => row.Number).Take(limit ?? limits.Value.PageSize).ToListAsync(cancel);
        return Results.Ok(new NoticePage([.. rows.Select(row => new NoticeView(
            $"{row.InstanceId}-{row.Effect}-{row.Number}", row.InstanceId.ToString(), row.WorkItem is { } item ? new WorkItemId(row.InstanceId, item).ToString() : null, row.TaskNumber, row.Subject,
            row.Rung, Enum.TryParse<StageName>(row.Stage, out var stage) ? stage : null, row.Due, row.At))]));
    }
}
