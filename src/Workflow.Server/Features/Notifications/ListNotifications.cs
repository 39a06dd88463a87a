using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Notifications;

/// <param name="Rung">Of the delivery ladder, such as <c>duty-leader</c>.</param>
/// <param name="ReadAt">When the caller opened the item; null while they have not.</param>
internal sealed record NotificationView(string Id, string WorkItemId, string TaskNumber, string Subject, string Title, string TeamName, Priority Priority, string Rung, DateTimeOffset At, DateTimeOffset? ReadAt);

internal sealed record NotificationPage(IReadOnlyList<NotificationView> Items, string? Next);

internal static class ListNotifications
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("notifications", HandleAsync).Requires(Permission.ReadTasks).Produces<NotificationPage>()
            .WithSummary("Offered items that nobody has claimed and that the caller is told of by name, as next on duty or as duty leader; latest first");

    internal static async Task<IResult> HandleAsync(string? cursor, int? limit, Caller caller, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 3, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = reader.Open();
        var me = caller.Actor.UserId;
        var rows = db.Notifications.AsNoTracking().Where(notice => notice.UserId == me);
        if (page.Place is var (at, after, number)) rows = rows.Where(row => row.At < at || (row.At == at && (row.InstanceId < after || (row.InstanceId == after && row.Number < number))));
        var found = await (from notice in rows
                           join item in db.WorkItems on new { notice.InstanceId, Number = notice.WorkItem } equals new { item.InstanceId, item.Number }
                           join task in db.Tasks on notice.InstanceId equals task.InstanceId
                           orderby notice.At descending, notice.InstanceId descending, notice.Number descending
                           select new { notice, item.Title, item.TeamName, task.Number, task.Subject, task.Priority }).Take(page.Limit + 1).ToListAsync(cancel);
        var items = found.Take(page.Limit).Select(row => new NotificationView(
            new EffectId(row.notice.InstanceId, row.notice.Number).ToString(), new WorkItemId(row.notice.InstanceId, row.notice.WorkItem).ToString(), row.Number, row.Subject, row.Title, row.TeamName,
            row.Priority, row.notice.Rung, row.notice.At, row.notice.ReadAt)).ToList();
        return Results.Ok(new NotificationPage(items, found.Count > page.Limit ? Page.Cursor(found[page.Limit - 1].notice.At, found[page.Limit - 1].notice.InstanceId.ToString(), found[page.Limit - 1].notice.Number) : null));
    }
}
