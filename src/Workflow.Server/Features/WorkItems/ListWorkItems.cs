using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

internal sealed record WorkItemPage(IReadOnlyList<WorkItemCard> Items, string? Next);

internal static class ListWorkItems
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("work-items", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemPage>()
            .WithSummary("The inbox: 'todo' (what waits for me or my teams, earliest due first) or 'done' (by me, latest first)");

    internal static async Task<IResult> HandleAsync(
        string? list, string? cursor, int? limit, Caller caller, InstanceReader reader, IMapper mapper,
        IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 3, limits.Value, out var problem) is not { } page) return problem!;
        if (list is not (null or "todo" or "done")) return ProblemResults.Invalid([new("/list", "todo or done", $"'{list}'")]);
        await using var db = reader.Open();
        var isTodo = list != "done";
        var rows = isTodo ? Todo(db, caller, page) : Done(db, caller, page);
        var items = await rows.Take(page.Limit + 1).ProjectTo<WorkItemCard>(mapper.ConfigurationProvider, new { userId = caller.Actor.UserId }).ToListAsync(cancel);
        if (items.Count <= page.Limit) return Results.Ok(new WorkItemPage(items, null));
        items.RemoveAt(page.Limit);
        return Results.Ok(new WorkItemPage(items, await CursorAsync(db, items[^1], isTodo, cancel)));
    }

    /// <summary>Offered to the caller or one of their teams, had by the caller, delegated to them, or waiting for the ruling of one of their teams. Items without a due time come last.</summary>
    private static IQueryable<ItemBesideTask> Todo(WorkflowDb db, Caller caller, Page page)
    {
        var (teams, roles, me) = (caller.TeamIds, caller.Actor.Roles ?? [], caller.Actor.UserId);
        var items = db.WorkItems.AsNoTracking().Where(item =>
            (item.Status == WorkItemStatus.Offered && (item.HolderId == me || (item.HolderId == null && teams.Contains(item.TeamId) && (item.Role == null || roles.Contains(item.Role)))))
            || ((item.Status == WorkItemStatus.Claimed || item.Status == WorkItemStatus.Suspended || item.Status == WorkItemStatus.Delegated) && item.HolderId == me)
            || item.WaitsFor == me || teams.Contains(item.WaitsFor!));
        if (page.Place is var (time, id, number))
            items = items.Where(item => (item.Due ?? DateTimeOffset.MaxValue) > time
                || ((item.Due ?? DateTimeOffset.MaxValue) == time && (item.InstanceId > id || (item.InstanceId == id && item.Number > number))));
        return WithTask(db, items.OrderBy(item => item.Due ?? DateTimeOffset.MaxValue).ThenBy(item => item.InstanceId).ThenBy(item => item.Number));
    }

    private static IQueryable<ItemBesideTask> Done(WorkflowDb db, Caller caller, Page page)
    {
        var me = caller.Actor.UserId;
        var items = db.WorkItems.AsNoTracking().Where(item => item.Status == WorkItemStatus.Done && item.HolderId == me);
        if (page.Place is var (time, id, number))
            items = items.Where(item => item.DoneAt < time || (item.DoneAt == time && (item.InstanceId < id || (item.InstanceId == id && item.Number < number))));
        return WithTask(db, items.OrderByDescending(item => item.DoneAt).ThenByDescending(item => item.InstanceId).ThenByDescending(item => item.Number));
    }

    private static IQueryable<ItemBesideTask> WithTask(WorkflowDb db, IQueryable<WorkItemRow> items) =>
        items.Join(db.Tasks, item => item.InstanceId, task => task.InstanceId, (item, task) => new ItemBesideTask { Item = item, Task = task });

    private static async Task<string> CursorAsync(WorkflowDb db, WorkItemCard last, bool isTodo, CancellationToken cancel)
    {
        if (!Engine.Instances.WorkItemId.TryParse(last.Id, out var id)) throw new InvalidOperationException($"work item '{last.Id}'");
        var time = isTodo
            ? last.Due ?? DateTimeOffset.MaxValue
            : await db.WorkItems.Where(item => item.InstanceId == id.Instance && item.Number == id.Number).Select(item => item.DoneAt!.Value).FirstAsync(cancel);
        return Page.Cursor(time, last.TaskId, id.Number);
    }
}
