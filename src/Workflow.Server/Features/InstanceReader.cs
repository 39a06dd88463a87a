using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features;

/// <summary>Reads tasks that a caller may see. The row scope is part of every query here, so no feature can forget it.</summary>
internal sealed class InstanceReader(IDbContextFactory<WorkflowDb> databases)
{
    public WorkflowDb Open() => databases.CreateDbContext();

    /// <summary>Tasks in an area of one of the caller's teams, and tasks that gave one of these teams a work item, and tasks that the caller raised.</summary>
    public static IQueryable<TaskRow> VisibleTasks(WorkflowDb db, Caller caller)
    {
        var (scopes, teams, me) = (caller.Scopes, caller.TeamIds, caller.Actor.UserId);
        return db.Tasks.AsNoTracking().Where(task =>
            scopes.Any(scope => task.AreaPath.StartsWith(scope))
            || task.RaisedById == me
            || db.WorkItems.Any(item => item.InstanceId == task.InstanceId && teams.Contains(item.TeamId)));
    }

    public async Task<WorkflowInstance?> FindTaskAsync(InstanceId id, Caller caller, CancellationToken cancel)
    {
        var key = id.ToString();
        await using var db = databases.CreateDbContext();
        var state = await VisibleTasks(db, caller).Where(task => task.InstanceId == key)
            .Join(db.Instances, task => task.InstanceId, instance => instance.Id, (_, instance) => instance.State).FirstOrDefaultAsync(cancel);
        return state is null ? null : InstanceJson.Read<WorkflowInstance>(state);
    }
}
