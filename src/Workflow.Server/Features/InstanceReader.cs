using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features;

/// <summary>Reads tasks that a caller may see. The row scope is part of every query here, so no feature can forget it.</summary>
internal sealed class InstanceReader(IDbContextFactory<WorkflowDb> databases, StoredShapes shapes)
{
    public WorkflowDb Open() => databases.CreateDbContext();

    /// <summary>Tasks in an area of one of the caller's teams, and tasks that gave one of these teams a work item, tasks that the caller raised, tasks of which a work item was copied to them, tasks with an item that they are told of by name, and tasks with an open item of somebody whose substitute they are. Operators see all. What is hidden from the caller's area is none of them.</summary>
    public static IQueryable<TaskRow> VisibleTasks(WorkflowDb db, Caller caller)
    {
        var (seesAll, scopes, teams, me) = (caller.SeesAll, caller.Scopes, caller.TeamIds, caller.Actor.UserId);
        var absent = (caller.Actor.StandsInFor ?? []).Select(person => person.UserId).ToList();
        return Hiding.Shown(db.Tasks.AsNoTracking(), caller).Where(task =>
            seesAll || scopes.Any(scope => task.AreaPath.StartsWith(scope))
            || task.RaisedById == me
            || db.WorkItems.Any(item => item.InstanceId == task.InstanceId && (teams.Contains(item.TeamId) || (item.OpenDue != null && (absent.Contains(item.HolderId!) || absent.Contains(item.WaitsFor!)))))
            || db.Copies.Any(copy => copy.InstanceId == task.InstanceId && copy.UserId == me)
            || db.Notifications.Any(notice => notice.InstanceId == task.InstanceId && notice.UserId == me));
    }

    public async Task<WorkflowInstance?> FindTaskAsync(InstanceId id, Caller caller, CancellationToken cancel)
    {
        await using var db = databases.CreateDbContext();
        return await ReadAsync(VisibleTasks(db, caller).Where(task => task.InstanceId == id).Join(db.Instances, task => task.InstanceId, instance => instance.Id, (_, instance) => instance), cancel);
    }

    /// <summary>Instances that <see cref="FindAsync(InstanceId, Caller, CancellationToken)"/> finds.</summary>
    public static IQueryable<InstanceRow> VisibleInstances(WorkflowDb db, Caller caller)
    {
        if (caller.SeesEveryRow) return db.Instances.AsNoTracking();
        var (tasks, runs) = (VisibleTasks(db, caller), caller.SeesAll || caller.Permissions.Contains(Permission.RunWorkflows));
        return db.Instances.AsNoTracking().Where(instance =>
            tasks.Any(task => task.InstanceId == instance.Id) || (runs && !db.Tasks.Any(task => task.InstanceId == instance.Id)));
    }

    /// <summary>For those who prove in another way than by signing in that they may know of it.</summary>
    public async Task<WorkflowInstance?> FindAsync(InstanceId id, CancellationToken cancel)
    {
        await using var db = databases.CreateDbContext();
        return await ReadAsync(db.Instances.AsNoTracking().Where(instance => instance.Id == id), cancel);
    }

    public async Task<bool> SeesTaskAsync(InstanceId id, Caller caller, CancellationToken cancel)
    {
        await using var db = databases.CreateDbContext();
        return await VisibleTasks(db, caller).AnyAsync(task => task.InstanceId == id, cancel);
    }

    /// <summary>The caller may know whether there is such an instance. Whoever sees all is told by the command that there is none.</summary>
    public async Task<bool> SeesAsync(InstanceId id, Caller caller, CancellationToken cancel)
    {
        if (caller.SeesEveryRow) return true;
        await using var db = databases.CreateDbContext();
        return await VisibleInstances(db, caller).AnyAsync(instance => instance.Id == id, cancel);
    }

    /// <summary>An instance as it was: the fold of what its journal holds up to a time.</summary>
    /// <param name="at">Null for now.</param>
    /// <returns>Null when there is no such instance, or when it was not there yet.</returns>
    public async Task<WorkflowInstance?> FindAsync(string id, Caller caller, DateTimeOffset? at, CancellationToken cancel)
    {
        var now = InstanceId.TryParse(id, out var key) ? await FindAsync(key, caller, cancel) : null;
        if (now is null || at is not { } time) return now;
        await using var db = databases.CreateDbContext();
        var bursts = await db.Journal.AsNoTracking().Where(row => row.InstanceId == key && row.At <= time).OrderBy(row => row.Revision).Select(row => new { row.At, row.Facts, row.Schema }).ToListAsync(cancel);
        return bursts.Count == 0 ? null : InstanceDraft.Fold(key, now.Definition, bursts.Select(burst => (burst.At, shapes.Read<List<Fact>>(StoredShapes.Facts, burst.Facts, burst.Schema).AsEnumerable())));
    }

    /// <summary>A task that the caller may see, or an instance that is no task for those who run or operate workflows.</summary>
    public async Task<WorkflowInstance?> FindAsync(InstanceId id, Caller caller, CancellationToken cancel)
    {
        await using var db = databases.CreateDbContext();
        return await ReadAsync(VisibleInstances(db, caller).Where(instance => instance.Id == id), cancel);
    }

    private async Task<WorkflowInstance?> ReadAsync(IQueryable<InstanceRow> instances, CancellationToken cancel)
    {
        var row = await instances.Select(instance => new { instance.State, instance.Schema }).FirstOrDefaultAsync(cancel);
        return row is null ? null : shapes.Read<WorkflowInstance>(StoredShapes.State, row.State, row.Schema);
    }
}
