using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;
using TaskStatus = Workflow.Server.Features.Tasks.TaskStatus;

namespace Workflow.Server.Features.JointWork;

/// <summary>How long a team had a task, and how long of that the task was late.</summary>
internal sealed record HeldView(string Team, HoldingKind Kind, double Seconds, double LateSeconds);

/// <summary>Who had what while a task was late.</summary>
/// <param name="Seconds">Of the task's lateness, the time in which this team had this part or its review; teams that worked side by side each have their own.</param>
internal sealed record LatenessView(string TaskId, string Number, string AreaName, string Team, HoldingKind Kind, double Seconds);

/// <summary>One task of a tree.</summary>
/// <param name="ParentId">Null at the top of what the caller may see.</param>
/// <param name="LateSeconds">From its due time to its end, or to now.</param>
/// <param name="LateBecause">Of a task that is late: who had it or one of its parts meanwhile, longest first.</param>
internal sealed record TreeNode(
    string TaskId, string Number, string? ParentId, string Subject, string AreaName, PartRole? Role, string? Team, string? Text, string? Wanted, TaskStatus Status, StageName? Stage,
    DateTimeOffset StartedAt, DateTimeOffset? ClosedAt, DateTimeOffset? Due, string? Feedback, DateTimeOffset? FedBackAt, bool Ordered, double LateSeconds, IReadOnlyList<HeldView> HeldBy, IReadOnlyList<LatenessView> LateBecause);

/// <param name="Truncated">There are more tasks than are shown.</param>
internal sealed record TreeView(string RootId, IReadOnlyList<TreeNode> Tasks, bool Truncated);

/// <summary>The tree of a hand-down, as far as the caller may see it: the city sees the whole, a district its own part.</summary>
internal static class GetTree
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("tasks/{id}/tree", HandleAsync).Requires(Permission.ReadTasks).Produces<TreeView>().WithSummary("The tasks that this one was handed down in, or belongs to, that the caller may see; parents first");

    internal static async Task<IResult> HandleAsync(string id, Caller caller, InstanceReader reader, TimeProvider time, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (!InstanceId.TryParse(id, out var key) || !await reader.SeesTaskAsync(key, caller, cancel)) return ProblemResults.NotFound("a task");
        await using var db = reader.Open();
        var root = await db.Tree.AsNoTracking().Where(row => row.InstanceId == key).Select(row => row.RootId).FirstOrDefaultAsync(cancel);
        var rows = await db.Tree.AsNoTracking().Where(row => row.RootId == root)
            .Join(InstanceReader.VisibleTasks(db, caller), row => row.InstanceId, task => task.InstanceId, (row, task) => new { row, task })
            .OrderBy(one => one.task.StartedAt).ThenBy(one => one.row.Number).Take(limits.Value.TreeTasks + 1).ToListAsync(cancel);
        var shown = rows.Take(limits.Value.TreeTasks).Select(one => new TreeTask(one.row, one.task)).ToList();
        return Results.Ok(new TreeView(root.Value == Guid.Empty ? id : root.ToString(), TreeReport.Of(shown, time.GetUtcNow()), rows.Count > shown.Count));
    }
}
