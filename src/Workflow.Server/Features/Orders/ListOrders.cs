using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.JointWork;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Orders;

/// <param name="Rung">The rung that it stands on; null before the first.</param>
/// <param name="OpenTasks">How many of the tasks that it covers have not ended.</param>
internal sealed record OrderCard(
    string Id, string Number, string Subject, string Leader, string Text, string Team, string AreaName, DateTimeOffset Due, DateTimeOffset? NextFeedback, OrderRung? Rung, int Tasks, int OpenTasks,
    DateTimeOffset StartedAt, DateTimeOffset? StruckOffAt, bool Overdue);

internal sealed record OrderPage(IReadOnlyList<OrderCard> Items, string? Next);

internal static class ListOrders
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("orders", HandleAsync).Requires(Permission.ReadTasks).Produces<OrderPage>().WithSummary("Orders that the caller may see, newest first");

    /// <param name="status"><c>open</c> (the default), <c>struckOff</c> or <c>all</c>.</param>
    internal static async Task<IResult> HandleAsync(string? status, string? cursor, int? limit, Caller caller, InstanceReader reader, TimeProvider time, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 2, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = reader.Open();
        var tasks = InstanceReader.VisibleTasks(db, caller);
        switch (status ?? "open")
        {
            case "open": tasks = tasks.Where(task => task.ClosedAt == null); break;
            case "struckOff": tasks = tasks.Where(task => task.ClosedAt != null); break;
            case "all": break;
            default: return ProblemResults.Invalid([new("/status", "open, struckOff or all", $"'{status}'")]);
        }
        if (page.Place is var (startedAt, id, _)) tasks = tasks.Where(task => task.StartedAt < startedAt || (task.StartedAt == startedAt && task.InstanceId < id));
        var rows = await tasks.Join(db.Orders, task => task.InstanceId, order => order.InstanceId, (task, order) => new { task, order })
            .OrderByDescending(row => row.task.StartedAt).ThenByDescending(row => row.task.InstanceId).Take(page.Limit + 1).ToListAsync(cancel);
        var now = time.GetUtcNow();
        var items = rows.Take(page.Limit).Select(row => new OrderCard(
            row.task.InstanceId.ToString(), row.task.Number, row.task.Subject, row.order.LeaderName, row.order.Text, row.order.TeamName, row.task.AreaName, row.order.Due, row.order.NextFeedback, row.order.Rung,
            row.order.Tasks, row.order.OpenTasks, row.task.StartedAt, row.task.ClosedAt, (row.task.ClosedAt ?? now) > row.order.Due)).ToList();
        return Results.Ok(new OrderPage(items, rows.Count > items.Count ? Page.Cursor(items[^1].StartedAt, items[^1].Id) : null));
    }
}
