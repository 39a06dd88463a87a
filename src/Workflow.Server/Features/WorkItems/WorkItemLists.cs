using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Features.Lists;

namespace Workflow.Server.Features.WorkItems;

/// <summary>The lists of work items. Team and area of the caller are part of what each of them asks for.</summary>
internal enum WorkItemList
{
    /// <summary>待办: <see cref="Mine"/> and <see cref="Team"/>.</summary>
    Todo,

    /// <summary>Had by the caller or offered to them alone, delegated to them, or waiting for the ruling of one of their teams.</summary>
    Mine,

    /// <summary>What the caller may claim: offered to one of their teams, and nothing that they may not evaluate.</summary>
    Team,

    /// <summary>已办: done by the caller.</summary>
    Done,

    /// <summary>抄送: shown to the caller.</summary>
    Copied,

    /// <summary>Everything open in the areas or with the teams of the caller.</summary>
    Open,

    /// <summary>Of <see cref="Open"/>: what is late.</summary>
    Overdue,

    /// <summary>Of <see cref="Open"/>: what is due in the course of the day.</summary>
    Today,
}

/// <summary>
/// A list as queries: each of its parts follows one index from where the page begins and ends after a page, and the parts are merged. A single query over all
/// parts would leave it to the planner to find that out, and it does not.
/// </summary>
internal sealed record WorkItemQuery(WorkflowDb Db, Caller Caller, WorkItemList List, Narrowing Narrowing, TextSearch.Found? Found)
{
    private string Me => Caller.Actor.UserId;

    /// <summary>What is open comes by its due time, what is done by when it was done, unless something else is asked for.</summary>
    public ListSort Sort => Narrowing.Sort ?? List switch
    {
        WorkItemList.Done => ListSort.Latest,
        WorkItemList.Copied => ListSort.Created,
        _ => ListSort.Due,
    };

    /// <param name="after">The last item of the page before; null for the first page.</param>
    /// <param name="count">Items of this page, and one more where there are more.</param>
    public IQueryable<WorkItemRow> Page(ItemPlace? after, int count, Priority? only = null)
    {
        var parts = Parts().Select(part => Ordered(After(only is { } priority ? part.Where(item => item.Priority == priority) : part, after)).Take(count)).ToList();
        return parts.Count == 1 ? parts[0] : Ordered(parts.Aggregate(Queryable.Union)).Take(count);
    }

    /// <summary>How many there are, counted no further than <paramref name="most"/>.</summary>
    public Task<int> CountAsync(int most, CancellationToken cancel)
    {
        var keys = Parts().Select(part => Ordered(part).Take(most).Select(item => new { item.InstanceId, item.Number })).ToList();
        return (keys.Count == 1 ? keys[0] : keys.Aggregate(Queryable.Union).Take(most)).CountAsync(cancel);
    }

    public IQueryable<WorkItemRow> Ordered(IQueryable<WorkItemRow> items) => (Sort, HasEnded) switch
    {
        (ListSort.Created, _) => items.OrderByDescending(item => item.OfferedAt).ThenByDescending(item => item.InstanceId).ThenByDescending(item => item.Number),
        (ListSort.Latest, _) => items.OrderByDescending(item => item.DoneAt).ThenByDescending(item => item.InstanceId).ThenByDescending(item => item.Number),
        (_, true) => items.OrderBy(item => item.Due ?? DateTimeOffset.MaxValue).ThenBy(item => item.InstanceId).ThenBy(item => item.Number),
        _ => items.OrderBy(item => item.OpenDue).ThenBy(item => item.InstanceId).ThenBy(item => item.Number),
    };

    /// <summary>What an item is sorted by.</summary>
    public DateTimeOffset TimeOf(WorkItemRow item) => Sort switch
    {
        ListSort.Created => item.OfferedAt,
        ListSort.Latest => item.DoneAt ?? DateTimeOffset.MaxValue,
        _ => (HasEnded ? item.Due : item.OpenDue) ?? DateTimeOffset.MaxValue,
    };

    private bool HasEnded => List is WorkItemList.Done or WorkItemList.Copied;

    private IQueryable<WorkItemRow> After(IQueryable<WorkItemRow> items, ItemPlace? after)
    {
        if (after is not var (at, id, number)) return items;
        return (Sort, HasEnded) switch
        {
            // The bound by time alone is what an index is entered by.
            (ListSort.Created, _) => items.Where(item => item.OfferedAt <= at && (item.OfferedAt < at || item.InstanceId < id || (item.InstanceId == id && item.Number < number))),
            (ListSort.Latest, _) => items.Where(item => item.DoneAt <= at && (item.DoneAt < at || item.InstanceId < id || (item.InstanceId == id && item.Number < number))),
            (_, true) => items.Where(item => (item.Due ?? DateTimeOffset.MaxValue) >= at && ((item.Due ?? DateTimeOffset.MaxValue) > at || item.InstanceId > id || (item.InstanceId == id && item.Number > number))),
            _ => items.Where(item => item.OpenDue >= at && (item.OpenDue > at || item.InstanceId > id || (item.InstanceId == id && item.Number > number))),
        };
    }

    private IEnumerable<IQueryable<WorkItemRow>> Parts() => Unfiltered().Select(Filtered);

    private IEnumerable<IQueryable<WorkItemRow>> Unfiltered()
    {
        var items = Db.WorkItems.AsNoTracking();
        var open = items.Where(item => item.OpenDue != null);
        var me = Me;
        switch (List)
        {
            case WorkItemList.Done: return [items.Where(item => item.DoneAt != null && item.HolderId == me)];
            case WorkItemList.Copied: return [Db.Copies.Where(copy => copy.UserId == me).Join(
                items, copy => new { copy.InstanceId, Number = copy.WorkItem }, item => new { item.InstanceId, item.Number }, (copy, item) => item).Distinct()];
            case WorkItemList.Mine: return Mine(open);
            case WorkItemList.Team: return ClaimableByTeams(open);
            case WorkItemList.Todo: return [.. Mine(open), .. ClaimableByTeams(open)];
            default:
                var within = Narrowing.Scopes(Caller).Select(scope => Narrowing.Within(open, scope));
                return Caller.SeesAll ? within : OrNone([.. within, .. Caller.TeamIds.Select(team => open.Where(item => item.TeamId == team))], open);
        }
    }

    /// <summary>What the caller has, and what those have whose substitute the caller is.</summary>
    private IEnumerable<IQueryable<WorkItemRow>> Mine(IQueryable<WorkItemRow> open)
    {
        string[] people = [Me, .. (Caller.Actor.StandsInFor ?? []).Select(absent => absent.UserId)];
        return
        [
            .. people.Select(person => open.Where(item => item.HolderId == person)),
            .. people.Select(person => open.Where(item => item.WaitsFor == person)),
            .. Caller.TeamIds.Select(team => open.Where(item => item.WaitsFor == team)),
        ];
    }

    private IEnumerable<IQueryable<WorkItemRow>> ClaimableByTeams(IQueryable<WorkItemRow> open)
    {
        var (me, teams, roles) = (Me, Caller.TeamIds, Caller.Actor.Roles ?? []);
        var offered = open.Where(item => item.Status == WorkItemStatus.Offered && item.HolderId == null && (item.Role == null || roles.Contains(item.Role))
            && !(item.Stage == StageName.PostEvaluation && Db.Hands.Any(hand => hand.InstanceId == item.InstanceId && (hand.UserId == me || teams.Contains(hand.TeamId)))));
        return OrNone([.. teams.Select(team => offered.Where(item => item.TeamId == team))], open);
    }

    /// <summary>Whoever has neither team nor area has an empty list, which is a query too.</summary>
    private static IReadOnlyList<IQueryable<WorkItemRow>> OrNone(IReadOnlyList<IQueryable<WorkItemRow>> parts, IQueryable<WorkItemRow> open) =>
        parts.Count > 0 ? parts : [open.Where(item => item.TeamId == "")];

    private IQueryable<WorkItemRow> Filtered(IQueryable<WorkItemRow> items)
    {
        items = Narrowing.DueIn(Narrowing.Of(Hiding.Shown(items, Caller)), List switch { WorkItemList.Overdue => DuePeriod.Overdue, WorkItemList.Today => DuePeriod.Today, _ => null });
        if (Narrowing.TeamKind is { } kind) items = items.Where(item => item.TeamKind == kind);
        return Found switch
        {
            null => items,
            { AreFew: true, Texts: var texts } => items.Where(item => texts.Select(text => text.InstanceId).Contains(item.InstanceId)),
            { Texts: var texts } => items.Where(item => texts.Any(text => text.InstanceId == item.InstanceId)),
        };
    }
}

/// <summary>Where a page of work items ends.</summary>
internal readonly record struct ItemPlace(DateTimeOffset At, InstanceId Instance, int Number);
