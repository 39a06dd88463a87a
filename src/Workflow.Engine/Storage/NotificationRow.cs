using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>Somebody is told in their inbox of an item that others have not claimed. Gone when it is claimed or no longer offered.</summary>
public sealed record NotificationRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    public required int Number { get; init; }

    public required int WorkItem { get; init; }

    public required string UserId { get; init; }

    public required string Rung { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset? ReadAt { get; init; }
}
