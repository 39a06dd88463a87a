using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Features.WorkItems;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Pauses;

internal sealed record PauseRequestCard(string WorkItemId, string TaskId, string TaskNumber, string Subject, string Team, Person By, string Reason, string Approval, DateTimeOffset At);

internal sealed record PauseRequests(IReadOnlyList<PauseRequestCard> Items);

/// <summary>What waits for a decision of the caller's role, oldest first, in the tasks that they may see.</summary>
internal static class ListPauseRequests
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("pauses/requests", HandleAsync).Requires(Permission.ReadTasks).Produces<PauseRequests>().WithSummary("Requests for a pause that the caller's role decides about, oldest first");
        routes.MapGet("pauses/reasons", (PauseCatalog pauses) => Results.Ok(pauses.All.Select(PauseReasonView.Of).ToList())).Requires(Permission.ReadTasks).Produces<List<PauseReasonView>>().WithSummary("The catalogue of reasons for a pause");
    }

    internal static async Task<IResult> HandleAsync(Caller caller, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (PauseAccess.Refuse(caller) is { } no) return no;
        var roles = caller.Actor.Roles?.ToList() ?? [];
        var me = caller.Actor.UserId;
        await using var db = reader.Open();
        var rows = await InstanceReader.VisibleTasks(db, caller).Join(db.Pauses.AsNoTracking(), task => task.InstanceId, pause => pause.InstanceId, (task, pause) => new { task.Number, task.Subject, pause })
            .Where(row => row.pause.AskedSince != null && roles.Contains(row.pause.Approval!) && row.pause.UserId != me)
            .OrderBy(row => row.pause.AskedSince).ThenBy(row => row.pause.InstanceId).Take(limits.Value.MaxPageSize).ToListAsync(cancel);
        return Results.Ok(new PauseRequests([.. rows.Select(row => new PauseRequestCard(
            new WorkItemId(row.pause.InstanceId, row.pause.WorkItem).ToString(), row.pause.InstanceId.ToString(), row.Number, row.Subject, row.pause.TeamName,
            new(row.pause.UserId, row.pause.UserName), row.pause.Reason, row.pause.Approval!, row.pause.At))]));
    }
}
