using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Notices;

internal enum NoticeKind
{
    /// <summary>A rung of a clock was reached.</summary>
    Rung,

    /// <summary>Nobody has claimed an offered item, and the caller is told of it by name.</summary>
    Offer,
}

/// <summary>One thing that somebody is told, however many ways it reaches them by.</summary>
/// <param name="Number">Of the effect, or of the notice of the ladder: both are numbers of the instance, so that none comes twice.</param>
internal sealed record Told(NoticeKind Kind, DateTimeOffset At, InstanceId Instance, int Number, string Rung, int? WorkItem)
{
    public string? Stage { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? ReadAt { get; init; }
}

/// <summary>
/// What a caller is told, latest first: by name, as one of a team, by a role in the tasks that they may see, and of offered items by name. Each way follows an index of its own from where the
/// page begins and ends after a page. Nothing of a task that is hidden from the caller at this moment.
/// </summary>
/// <param name="Since">How far back it goes; older rungs stand in their tasks.</param>
internal sealed record NoticeQuery(WorkflowDb Db, Caller Caller, DateTimeOffset Since)
{
    private IQueryable<TaskRow> Shown => Hiding.Shown(Db.Tasks.AsNoTracking(), Caller);

    /// <param name="after">The last one of the page before; null for the first page.</param>
    public async Task<List<Told>> PageAsync((DateTimeOffset At, InstanceId Id, int Number)? after, int count, CancellationToken cancel)
    {
        var (rungs, offers) = (Rungs(Since), Offers);
        if (after is var (at, id, number))
        {
            rungs = rungs.Select(way => way.Where(row => row.At <= at && (row.At < at || row.InstanceId < id || (row.InstanceId == id && row.Effect < number))));
            offers = offers.Where(row => row.At <= at && (row.At < at || row.InstanceId < id || (row.InstanceId == id && row.Number < number)));
        }
        // An effect that reaches the caller in two ways is one notice: what both say of it is equal, and a union holds it once.
        var reached = await rungs.Select(way => way.OrderByDescending(row => row.At).ThenByDescending(row => row.InstanceId).ThenByDescending(row => row.Effect).Take(count)
                .Select(row => new { row.At, row.InstanceId, row.Effect, row.Rung, row.WorkItem, row.Stage, row.Due })).Aggregate(Queryable.Union)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.InstanceId).ThenByDescending(row => row.Effect).Take(count).ToListAsync(cancel);
        var offered = await offers.OrderByDescending(row => row.At).ThenByDescending(row => row.InstanceId).ThenByDescending(row => row.Number).Take(count).ToListAsync(cancel);
        return
        [
            .. reached.Select(row => new Told(NoticeKind.Rung, row.At, row.InstanceId, row.Effect, row.Rung, row.WorkItem) { Stage = row.Stage, Due = row.Due })
                .Concat(offered.Select(row => new Told(NoticeKind.Offer, row.At, row.InstanceId, row.Number, row.Rung, row.WorkItem) { ReadAt = row.ReadAt }))
                .OrderByDescending(told => told.At).ThenByDescending(told => told.Instance).ThenByDescending(told => told.Number).Take(count),
        ];
    }

    /// <summary>Offers that were not opened and rungs that came after a time, counted no further than <paramref name="most"/>.</summary>
    public async Task<int> CountUnreadAsync(DateTimeOffset? seen, int most, CancellationToken cancel)
    {
        var offers = await Offers.Where(row => row.ReadAt == null).Take(most).CountAsync(cancel);
        if (offers == most) return most;
        var since = seen is { } until && until >= Since ? until.AddTicks(1) : Since;
        var rungs = await Rungs(since).Select(way => way.OrderByDescending(row => row.At).Take(most).Select(row => new { row.InstanceId, row.Effect })).Aggregate(Queryable.Union).Take(most).CountAsync(cancel);
        return Math.Min(most, offers + rungs);
    }

    private IQueryable<NotificationRow> Offers
    {
        get
        {
            var (me, shown) = (Caller.Actor.UserId, Shown);
            return Db.Notifications.AsNoTracking().Where(row => row.UserId == me && shown.Any(task => task.InstanceId == row.InstanceId));
        }
    }

    /// <summary>One query for each way of being told.</summary>
    private IEnumerable<IQueryable<NoticeRow>> Rungs(DateTimeOffset since)
    {
        var (me, shown, visible) = (Caller.Actor.UserId, Shown, InstanceReader.VisibleTasks(Db, Caller));
        var rows = Db.Notices.AsNoTracking().Where(row => row.At >= since);
        var toldHere = rows.Where(row => shown.Any(task => task.InstanceId == row.InstanceId));
        return
        [
            toldHere.Where(row => row.UserId == me),
            .. Caller.TeamIds.Select(team => toldHere.Where(row => row.TeamId == team)),
            .. (Caller.Actor.Roles ?? []).Select(role => rows.Where(row => row.Role == role && visible.Any(task => task.InstanceId == row.InstanceId))),
        ];
    }
}
