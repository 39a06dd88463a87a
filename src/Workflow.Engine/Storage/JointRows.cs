using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;

namespace Workflow.Engine.Storage;

/// <summary>A task in a tree of hand-downs: the one at the top, or a part. Kept by the task itself, so that the tree is read from rows.</summary>
public sealed record TreeRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => 0;

    /// <summary>The task at the top; its own id for that one.</summary>
    public required InstanceId RootId { get; init; }

    /// <summary>Null at the top.</summary>
    public required InstanceId? ParentId { get; init; }

    /// <summary>The number of the part in its parent; 0 at the top.</summary>
    public required int Number { get; init; }

    public required PartRole? Role { get; init; }

    public required string? TeamName { get; init; }

    /// <summary>What is to be done, as it was handed down.</summary>
    public required string? Text { get; init; }

    public required string? Wanted { get; init; }

    public required DateTimeOffset? Due { get; init; }

    public required string? Feedback { get; init; }

    public required DateTimeOffset? FedBackAt { get; init; }

    /// <summary>Who had it when, as JSON.</summary>
    public required string Holdings { get; init; }
}

/// <summary>An order, for lists. What it has as a task stands in its task's row.</summary>
public sealed record OrderRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => 0;

    public required string LeaderName { get; init; }

    public required string Text { get; init; }

    public required string TeamName { get; init; }

    public required DateTimeOffset Due { get; init; }

    public required DateTimeOffset? NextFeedback { get; init; }

    /// <summary>The rung that it stands on; null before the first.</summary>
    public required OrderRung? Rung { get; init; }

    public required int Tasks { get; init; }

    public required int OpenTasks { get; init; }
}

/// <summary>The rows of joint work, a function of the state as <see cref="Projection"/> is.</summary>
internal static class JointProjection
{
    public static IEnumerable<IInstancePart> Rows(WorkflowInstance instance, TaskState task)
    {
        if (task.Part is not null || !task.Parts.IsEmpty)
            yield return new TreeRow
            {
                InstanceId = instance.Id,
                RootId = task.Part?.Root ?? instance.Id,
                ParentId = task.Part?.Parent,
                Number = task.Part?.Number ?? 0,
                Role = task.Part?.Role,
                TeamName = task.Part?.Team.Name,
                Text = task.Part?.Text,
                Wanted = task.Part?.Wanted,
                Due = task.Part?.Due ?? instance.Clocks.FirstOrDefault(clock => clock.Scope == Clocks.ClockScope.Task)?.Due,
                Feedback = task.Part?.Feedback is { } feedback ? feedback.Text ?? feedback.Outcome : null,
                FedBackAt = task.Part?.Feedback?.At,
                Holdings = InstanceJson.Write(PartLedger.Of(instance)),
            };
        if (task.Order is { } order)
            yield return new OrderRow
            {
                InstanceId = instance.Id,
                LeaderName = order.Leader.Name,
                Text = order.Text,
                TeamName = order.Team.Name,
                Due = order.Due,
                NextFeedback = instance.EndedAt is null ? order.NextFeedback : null,
                Rung = order.Ladder.IsEmpty ? null : order.Ladder[^1].Rung,
                Tasks = order.Tasks.Length,
                OpenTasks = order.Tasks.Count(covered => covered.EndedAt is null),
            };
    }
}
