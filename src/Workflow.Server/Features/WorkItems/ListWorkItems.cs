using AutoMapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Features.Lists;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

internal sealed record WorkItemPage(IReadOnlyList<WorkItemCard> Items, string? Next);

/// <param name="Count">At most <c>Limits:CountedRows</c>.</param>
/// <param name="HasMore">There are more than that.</param>
internal sealed record ListCount(string List, int Count, bool HasMore);

internal sealed record ListCounts(IReadOnlyList<ListCount> Lists);

internal static class ListWorkItems
{
    /// <summary>What is done, and what is everything, is not counted: it only grows.</summary>
    private static readonly WorkItemList[] Counted = [WorkItemList.Todo, WorkItemList.Mine, WorkItemList.Team, WorkItemList.Copied, WorkItemList.Open, WorkItemList.Overdue, WorkItemList.Today];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("work-items", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemPage>()
            .WithSummary("One of the caller's lists of work items: todo (the default), mine, team, done, copied, open, overdue or today");
        routes.MapGet("work-items/counts", CountAsync).Requires(Permission.ReadTasks).Produces<ListCounts>()
            .WithSummary("How many work items are in each of these lists under a filter, its search aside");
    }

    internal static async Task<IResult> HandleAsync(
        string? list, [AsParameters] ListFilter filter, string? cursor, int? limit, Caller caller, InstanceReader reader, ListFilterReader filters, TextSearch texts, ClaimCheck claims, IMapper mapper,
        IOptions<Limits> limits, CancellationToken cancel)
    {
        await using var db = reader.Open();
        var (chosen, narrowing, problems) = await ReadAsync(db, list, filter, filters, cancel);
        if (problems.Count > 0) return ProblemResults.Invalid(problems);
        var isByPriority = narrowing!.Sort == ListSort.Priority;
        if (Page.Read(cursor, limit, isByPriority ? 4 : 3, limits.Value, out var problem) is not { } page) return problem!;

        var found = await narrowing.SearchAsync(db, texts, cancel);
        var query = new WorkItemQuery(db, caller, chosen, narrowing, found);
        var rows = isByPriority ? await ByPriorityAsync(query, page, cancel) : await query.Page(PlaceOf(page), page.Limit + 1).ToListAsync(cancel);
        var next = rows.Count > page.Limit ? CursorOf(query, rows[page.Limit - 1]) : null;
        return Results.Ok(new WorkItemPage(await CardsAsync(db, [.. rows.Take(page.Limit)], caller, claims, mapper, cancel), next));
    }

    /// <summary>Reads what is asked of the list.</summary>
    /// <returns>A narrowing, or problems.</returns>
    internal static async Task<(WorkItemList List, Narrowing? Narrowing, IReadOnlyList<ValueProblem> Problems)> ReadAsync(
        WorkflowDb db, string? list, ListFilter filter, ListFilterReader filters, CancellationToken cancel)
    {
        var problems = new List<ValueProblem>();
        var chosen = ListFilterReader.Read<WorkItemList>("/list", list, problems) ?? WorkItemList.Todo;
        var (narrowing, wrong) = await filters.ReadAsync(db, filter, cancel);
        problems.AddRange(wrong);
        if (narrowing?.Sort == ListSort.Latest && chosen != WorkItemList.Done) problems.Add(new("/sort", "latest with the list done alone", $"'{filter.Sort}'"));
        return (chosen, narrowing, problems);
    }

    internal static async Task<IResult> CountAsync(
        [AsParameters] ListFilter filter, Caller caller, InstanceReader reader, ListFilterReader filters, IOptions<Limits> limits, CancellationToken cancel)
    {
        await using var db = reader.Open();
        var (narrowing, problems) = await filters.ReadAsync(db, filter, cancel);
        if (narrowing is null) return ProblemResults.Invalid(problems);
        var most = limits.Value.CountedRows;
        var counts = new List<ListCount>();
        foreach (var list in Counted)
        {
            var count = await new WorkItemQuery(db, caller, list, narrowing with { Sort = null }, null).CountAsync(most + 1, cancel);
            counts.Add(new(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(list.ToString()), Math.Min(count, most), count > most));
        }
        return Results.Ok(new ListCounts(counts));
    }

    /// <summary>One priority after another, each by due time: no index knows which priority comes first.</summary>
    private static async Task<List<WorkItemRow>> ByPriorityAsync(WorkItemQuery query, Page page, CancellationToken cancel)
    {
        var rows = new List<WorkItemRow>();
        var reached = page.After is [.., var name] && Enum.TryParse<Priority>(name, out var priority) ? priority : (Priority?)null;
        foreach (var next in Enum.GetValues<Priority>().OrderDescending().Where(next => reached is null || next <= reached))
        {
            rows.AddRange(await query.Page(next == reached ? PlaceOf(page) : null, page.Limit + 1 - rows.Count, next).ToListAsync(cancel));
            if (rows.Count > page.Limit) break;
        }
        return rows;
    }

    /// <summary>The cards of a page, in its order: the task of each and what the caller may do are read for these rows alone.</summary>
    private static async Task<IReadOnlyList<WorkItemCard>> CardsAsync(WorkflowDb db, IReadOnlyList<WorkItemRow> rows, Caller caller, ClaimCheck claims, IMapper mapper, CancellationToken cancel)
    {
        if (rows.Count == 0) return [];
        var (me, teams, instances) = (caller.Actor.UserId, caller.TeamIds, rows.Select(row => row.InstanceId).Distinct().ToList());
        var evaluated = rows.Where(row => row.Stage == StageName.PostEvaluation).Select(row => row.InstanceId).Distinct().ToList();
        var barred = evaluated.Count == 0 ? [] : (await db.Hands.AsNoTracking().Where(hand => EF.Parameter(evaluated).Contains(hand.InstanceId) && (hand.UserId == me || teams.Contains(hand.TeamId)))
            .Select(hand => hand.InstanceId).ToListAsync(cancel)).ToHashSet();
        var tasks = await db.Tasks.AsNoTracking().Where(task => EF.Parameter(instances).Contains(task.InstanceId)).ToDictionaryAsync(task => task.InstanceId, cancel);
        bool IsCandidate(WorkItemRow row) => row.HolderId is null ? teams.Contains(row.TeamId) && (row.Role is null || caller.Actor.Roles?.Contains(row.Role) == true) : IsTheirs(row, caller);
        var refused = await claims.FindRefusedAsync(db, rows.Where(row => row.Status == WorkItemStatus.Offered && IsCandidate(row)), caller.Actor, cancel);
        return [.. rows.Where(row => tasks.ContainsKey(row.InstanceId)).Select(row => mapper.Map<WorkItemCard>(new ItemBesideTask
        {
            Item = row,
            Task = tasks[row.InstanceId],
            IsBarred = row.Stage == StageName.PostEvaluation && barred.Contains(row.InstanceId),
            IsCandidate = IsCandidate(row) && !refused.Contains((row.InstanceId, row.Number)),
            IsHolder = IsTheirs(row, caller),
            StandingInFor = ItemBesideTask.AbsentOf(row, caller),
        }))];
    }

    private static bool IsTheirs(WorkItemRow item, Caller caller) => item.HolderId is { } holder && caller.Actor.ActsAs(new(holder, ""));

    private static ItemPlace? PlaceOf(Page page) => page.Place is var (at, id, number) ? new(at, id, number) : null;

    private static string CursorOf(WorkItemQuery query, WorkItemRow last)
    {
        var (ticks, number) = (query.TimeOf(last).UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture), last.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return query.Sort == ListSort.Priority ? Page.Cursor(ticks, last.InstanceId.ToString(), number, last.Priority.ToString()) : Page.Cursor(query.TimeOf(last), last.InstanceId.ToString(), last.Number);
    }
}
