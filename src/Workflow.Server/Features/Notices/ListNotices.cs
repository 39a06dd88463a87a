using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Notices;

/// <param name="WorkItemId">The offered item, or the one that the clock belongs to; null for a clock of a stage or of the task.</param>
/// <param name="Title">Of the work item.</param>
/// <param name="Rung">The rung of the clock, or of the delivery ladder (<c>duty-leader</c>), that was reached.</param>
/// <param name="Due">Of a clock: when it was due, as it was known then; of an offered item: when it is due.</param>
/// <param name="ReadAt">Of an offered item: when the caller opened it.</param>
/// <param name="Unread">An offered item that the caller has not opened; a rung that came after what they have seen.</param>
internal sealed record NoticeView(
    string Id, NoticeKind Kind, string TaskId, string TaskNumber, string Subject, string? WorkItemId, string? Title, StageName? Stage, string Rung, string? TeamName, Priority Priority,
    DateTimeOffset? Due, DateTimeOffset At, DateTimeOffset? ReadAt, bool Unread);

internal sealed record NoticePage(IReadOnlyList<NoticeView> Items, string? Next);

/// <param name="Count">At most <c>Limits:CountedRows</c>.</param>
/// <param name="HasMore">There are more than that.</param>
internal sealed record NoticeCount(int Count, bool HasMore);

internal sealed record NoticesSeen(DateTimeOffset Until);

/// <summary>One list of what the caller is told: rungs of clocks, and offered items that nobody claims.</summary>
internal static class ListNotices
{
    /// <param name="Until">When the latest notice came that the caller has on screen, with its offset.</param>
    internal sealed record SeeNotices(string Until);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("notices", HandleAsync).Requires(Permission.ReadTasks).Produces<NoticePage>()
            .WithSummary("What the caller is told, latest first: rungs of clocks by name, team or role, and offered items that nobody has claimed by name");
        routes.MapGet("notices/count", CountAsync).Requires(Permission.ReadTasks).Produces<NoticeCount>().WithSummary("How many notices the caller has not read");
        routes.MapPut("notices/seen", SeeAsync).Requires(Permission.ReadTasks).Produces<NoticesSeen>()
            .WithSummary("Says that the caller has seen what rungs tell them up to a time; it never goes back");
    }

    internal static async Task<IResult> HandleAsync(string? cursor, int? limit, Caller caller, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 3, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = reader.Open();
        var seen = await SeenAsync(db, caller, cancel);
        var told = await QueryOf(db, caller, limits.Value).PageAsync(page.Place, page.Limit + 1, cancel);
        var shown = told.Take(page.Limit).ToList();
        var (instances, numbers) = (shown.Select(one => one.Instance).Distinct().ToList(), shown.Select(one => one.WorkItem).OfType<int>().Distinct().ToList());
        var tasks = await db.Tasks.AsNoTracking().Where(task => EF.Parameter(instances).Contains(task.InstanceId)).ToDictionaryAsync(task => task.InstanceId, cancel);
        var items = await db.WorkItems.AsNoTracking().Where(item => EF.Parameter(instances).Contains(item.InstanceId) && EF.Parameter(numbers).Contains(item.Number))
            .ToDictionaryAsync(item => (item.InstanceId, (int?)item.Number), cancel);
        // What went while the page was read is left out.
        return Results.Ok(new NoticePage(
            [.. shown.Where(one => tasks.ContainsKey(one.Instance)).Select(one => ViewOf(one, tasks[one.Instance], items.GetValueOrDefault((one.Instance, one.WorkItem)), seen))],
            told.Count > page.Limit ? Page.Cursor(shown[^1].At, shown[^1].Instance.ToString(), shown[^1].Number) : null));
    }

    internal static async Task<IResult> CountAsync(Caller caller, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        await using var db = reader.Open();
        var most = limits.Value.CountedRows;
        var count = await QueryOf(db, caller, limits.Value).CountUnreadAsync(await SeenAsync(db, caller, cancel), most + 1, cancel);
        return Results.Ok(new NoticeCount(Math.Min(count, most), count > most));
    }

    internal static Task<IResult> SeeAsync(SeeNotices body, HttpRequest request, Caller caller, CommandDesk desk, CancellationToken cancel)
    {
        if (IsoTime.Parse(body.Until)?.ToUniversalTime() is not { } seen || seen > caller.At)
            return Task.FromResult(ProblemResults.Invalid([new("/until", "the time of a notice, with offset and not in the future", RowText.Quote(body.Until))]));
        var me = caller.Actor.UserId;
        return desk.WriteAsync(new(request, caller, body), async (db, _) =>
        {
            var until = seen;
            if (await db.NoticesSeen.FindAsync([me], cancel) is not { } before) db.NoticesSeen.Add(new() { UserId = me, Until = until });
            else if (before.Until < until) before.Until = until;
            else until = before.Until;
            return Answer.Of(StatusCodes.Status200OK, new NoticesSeen(until));
        }, cancel);
    }

    private static NoticeQuery QueryOf(WorkflowDb db, Caller caller, Limits limits) => new(db, caller, caller.At.AddDays(-limits.NoticeDays));

    private static async Task<DateTimeOffset?> SeenAsync(WorkflowDb db, Caller caller, CancellationToken cancel)
    {
        var me = caller.Actor.UserId;
        return (await db.NoticesSeen.AsNoTracking().FirstOrDefaultAsync(seen => seen.UserId == me, cancel))?.Until;
    }

    private static NoticeView ViewOf(Told told, TaskRow task, WorkItemRow? item, DateTimeOffset? seen) => new(
        new EffectId(told.Instance, told.Number).ToString(), told.Kind, told.Instance.ToString(), task.Number, task.Subject,
        told.WorkItem is { } number ? new WorkItemId(told.Instance, number).ToString() : null, item?.Title,
        item?.Stage ?? (Enum.TryParse<StageName>(told.Stage, out var stage) ? stage : null), told.Rung, item?.TeamName, task.Priority,
        told.Kind == NoticeKind.Offer ? item?.Due : told.Due, told.At, told.ReadAt, told.Kind == NoticeKind.Offer ? told.ReadAt is null : !(told.At <= seen));
}
