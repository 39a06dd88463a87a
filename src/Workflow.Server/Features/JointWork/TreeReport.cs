using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.Storage;
using TaskStatus = Workflow.Server.Features.Tasks.TaskStatus;

namespace Workflow.Server.Features.JointWork;

internal sealed record TreeTask(TreeRow Row, TaskRow Task);

/// <summary>Charges lateness to whom it belongs: from the holdings of each task, which the task itself keeps in its row.</summary>
internal static class TreeReport
{
    /// <param name="tasks">Parents before their parts.</param>
    public static IReadOnlyList<TreeNode> Of(IReadOnlyList<TreeTask> tasks, DateTimeOffset now)
    {
        var held = tasks.ToDictionary(task => task.Row.InstanceId, task => InstanceJson.Read<List<Holding>>(task.Row.Holdings));
        var below = tasks.ToLookup(task => task.Row.ParentId);
        return [.. tasks.Select(task => NodeOf(task, now, held, below))];
    }

    private static TreeNode NodeOf(TreeTask task, DateTimeOffset now, Dictionary<InstanceId, List<Holding>> held, ILookup<InstanceId?, TreeTask> below)
    {
        var (row, card) = (task.Row, task.Task);
        var until = card.ClosedAt ?? now;
        var late = row.Due is { } due && until > due ? until - due : TimeSpan.Zero;
        return new(
            row.InstanceId.ToString(), card.Number, row.ParentId is { } parent && held.ContainsKey(parent) ? parent.ToString() : null, card.Subject, card.AreaName, row.Role, row.TeamName, row.Text, row.Wanted,
            card.ClosedAt is null ? TaskStatus.Open : TaskStatus.Closed, card.Stage, card.StartedAt, card.ClosedAt, row.Due, row.Feedback, row.FedBackAt, card.IsOrdered, late.TotalSeconds,
            [.. held[row.InstanceId].GroupBy(one => (one.Team, one.Kind)).Select(group => new HeldView(
                group.Key.Team, group.Key.Kind, group.Sum(one => ((one.To ?? until) - one.From).TotalSeconds), row.Due is { } end ? group.Sum(one => PartLedger.Late(one, end, until).TotalSeconds) : 0))],
            late > TimeSpan.Zero ? Because(task, row.Due!.Value, until, held, below) : []);
    }

    private static List<LatenessView> Because(TreeTask late, DateTimeOffset due, DateTimeOffset until, Dictionary<InstanceId, List<Holding>> held, ILookup<InstanceId?, TreeTask> below) =>
    [
        .. WithParts(late, below)
            .SelectMany(task => held[task.Row.InstanceId].GroupBy(one => (one.Team, one.Kind)).Select(group => new LatenessView(
                task.Row.InstanceId.ToString(), task.Task.Number, task.Task.AreaName, group.Key.Team, group.Key.Kind, group.Sum(one => PartLedger.Late(one, due, until).TotalSeconds))))
            .Where(share => share.Seconds > 0).OrderByDescending(share => share.Seconds),
    ];

    private static IEnumerable<TreeTask> WithParts(TreeTask task, ILookup<InstanceId?, TreeTask> below) =>
        below[task.Row.InstanceId].SelectMany(part => WithParts(part, below)).Prepend(task);
}
