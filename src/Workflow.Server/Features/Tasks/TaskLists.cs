using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Features.Lists;

namespace Workflow.Server.Features.Tasks;

internal enum TaskList
{
    /// <summary>In the areas of the caller's teams, raised by the caller, copied to them, or with an open work item of one of their teams.</summary>
    Visible,

    /// <summary>我发起的: raised by the caller.</summary>
    Started,
}

internal enum TaskStates
{
    Open,
    Closed,
    All,
}

/// <summary>A list of tasks as queries, merged as those of <see cref="WorkItems.WorkItemQuery"/> are.</summary>
internal sealed record TaskQuery(WorkflowDb Db, Caller Caller, TaskList List, TaskStates State, Narrowing Narrowing, TextSearch.Found? Found)
{
    public ListSort Sort => Narrowing.Sort ?? ListSort.Created;

    /// <param name="after">The last task of the page before; null for the first page.</param>
    /// <param name="count">Tasks of this page, and one more where there are more.</param>
    public IQueryable<TaskRow> Page((DateTimeOffset At, InstanceId Id, int Number)? after, int count, Priority? only = null)
    {
        var parts = Parts().Select(part => Ordered(After(Filtered(only is { } priority ? part.Where(task => task.Priority == priority) : part), after)).Take(count)).ToList();
        return parts.Count == 1 ? parts[0] : Ordered(parts.Aggregate(Queryable.Union)).Take(count);
    }

    /// <summary>What a task is sorted by.</summary>
    public DateTimeOffset TimeOf(TaskRow task) => Sort == ListSort.Created ? task.StartedAt : task.OpenDue ?? DateTimeOffset.MaxValue;

    private IQueryable<TaskRow> Ordered(IQueryable<TaskRow> tasks) => (Sort, State) switch
    {
        (ListSort.Created, TaskStates.Open) => tasks.OrderByDescending(task => task.OpenSince).ThenByDescending(task => task.InstanceId),
        (ListSort.Created, _) => tasks.OrderByDescending(task => task.StartedAt).ThenByDescending(task => task.InstanceId),
        _ => tasks.OrderBy(task => task.OpenDue).ThenBy(task => task.InstanceId),
    };

    private IQueryable<TaskRow> After(IQueryable<TaskRow> tasks, (DateTimeOffset, InstanceId, int)? after)
    {
        if (after is not var (at, id, _)) return tasks;
        return (Sort, State) switch
        {
            (ListSort.Created, TaskStates.Open) => tasks.Where(task => task.OpenSince <= at && (task.OpenSince < at || task.InstanceId < id)),
            (ListSort.Created, _) => tasks.Where(task => task.StartedAt <= at && (task.StartedAt < at || task.InstanceId < id)),
            _ => tasks.Where(task => task.OpenDue >= at && (task.OpenDue > at || task.InstanceId > id)),
        };
    }

    private IEnumerable<IQueryable<TaskRow>> Parts()
    {
        var (tasks, me, teams) = (Db.Tasks.AsNoTracking(), Caller.Actor.UserId, Caller.TeamIds);
        var raised = tasks.Where(task => task.RaisedById == me);
        if (List == TaskList.Started) return [raised];
        // Below the city there are few enough to sort, and the index of the area's open tasks leads to them.
        var within = Narrowing.Scopes(Caller).Select(scope => Narrowing.Within(State == TaskStates.Open && AreaLevels.Jurisdiction(scope) is not null ? tasks.Where(task => task.OpenDue != null) : tasks, scope));
        if (Caller.SeesAll) return within;
        var copied = tasks.Where(task => Db.Copies.Where(copy => copy.UserId == me).Select(copy => copy.InstanceId).Contains(task.InstanceId));
        // No item is open once its task is over.
        if (State == TaskStates.Closed) return [.. within, raised, copied];
        var worked = tasks.Where(task => task.OpenSince != null && Db.WorkItems.Where(item => item.OpenDue != null && teams.Contains(item.TeamId)).Select(item => item.InstanceId).Contains(task.InstanceId));
        return [.. within, raised, copied, worked];
    }

    private IQueryable<TaskRow> Filtered(IQueryable<TaskRow> tasks)
    {
        tasks = Narrowing.Of(Hiding.Shown(tasks, Caller));
        tasks = State switch
        {
            TaskStates.Open => Sort == ListSort.Created ? tasks.Where(task => task.OpenSince != null) : tasks.Where(task => task.OpenDue != null),
            TaskStates.Closed => tasks.Where(task => task.ClosedAt != null),
            _ => tasks,
        };
        return Found switch
        {
            null => tasks,
            { AreFew: true, Texts: var texts } => tasks.Where(task => texts.Select(text => text.InstanceId).Contains(task.InstanceId)),
            { Texts: var texts } => tasks.Where(task => texts.Any(text => text.InstanceId == task.InstanceId)),
        };
    }
}
