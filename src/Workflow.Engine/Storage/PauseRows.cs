using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>One suspension of a work item: for who decides about it, and for the list of odd pausing.</summary>
public sealed record PauseRow : IInstancePart
{
    private const long PerItem = 100_000;

    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    /// <summary>Tells them apart within the task.</summary>
    public required long Number { get; init; }

    public required int WorkItem { get; init; }

    public required string Reason { get; init; }

    public required string UserId { get; init; }

    public required string UserName { get; init; }

    public required string TeamId { get; init; }

    public required string TeamName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When the item was taken up again or ended; null while it waits.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>The role of who decides about it; null when nobody has to.</summary>
    public required string? Approval { get; init; }

    /// <summary>While somebody has to decide: when it was asked for.</summary>
    public required DateTimeOffset? AskedSince { get; init; }

    public required bool IsRefused { get; init; }

    public static IEnumerable<PauseRow> Of(WorkflowInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        foreach (var item in instance.WorkItems)
            foreach (var (index, pause) in (item.History?.Pauses ?? []).Index())
                yield return new()
                {
                    InstanceId = instance.Id,
                    Number = (item.Number * PerItem) + index,
                    WorkItem = item.Number,
                    Reason = pause.Reason,
                    UserId = pause.By.UserId,
                    UserName = pause.By.Name,
                    TeamId = item.Team.Id,
                    TeamName = item.Team.Name,
                    At = pause.At,
                    EndedAt = pause.EndedAt ?? item.EndedAt,
                    Approval = pause.Approval,
                    AskedSince = pause.IsUndecided && item.IsOpen ? pause.At : null,
                    IsRefused = pause.IsRefused,
                };
    }
}

/// <summary>Up to when somebody has seen what rungs of clocks tell them.</summary>
public sealed record NoticeSeenRow
{
    public required string UserId { get; init; }

    public required DateTimeOffset Until { get; set; }
}

/// <summary>What a rung of a clock tells one receiver, in the list that people see in the application.</summary>
public sealed record NoticeRow
{
    public required InstanceId InstanceId { get; init; }

    /// <summary>The effect that told it.</summary>
    public required int Effect { get; init; }

    /// <summary>Counts the receivers of the effect.</summary>
    public required int Number { get; init; }

    public required string? UserId { get; init; }

    public required string? TeamId { get; init; }

    public required string? Role { get; init; }

    public required int? WorkItem { get; init; }

    public required string TaskNumber { get; init; }

    public required string Subject { get; init; }

    public required string Rung { get; init; }

    public required string? Stage { get; init; }

    public required DateTimeOffset? Due { get; init; }

    public required DateTimeOffset At { get; init; }
}
