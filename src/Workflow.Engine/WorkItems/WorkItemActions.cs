using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>What a person may do to an item as it stands, by the same tables that the commands pass.</summary>
public static class WorkItemActions
{
    public static IReadOnlyList<WorkItemCommand> Of(WorkflowInstance instance, WorkItem item, Actor by) =>
        [.. WorkItemRights.Table.Select(right => right.Command).Where(command => MayDo(instance, item, command, by))];

    public static bool MayDo(WorkflowInstance instance, WorkItem item, WorkItemCommand command, Actor by) => Refuse(instance, item, command, by) is null;

    /// <summary>Why not; null when they may.</summary>
    public static Rejection? Refuse(WorkflowInstance instance, WorkItem item, WorkItemCommand command, Actor by)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(by);
        return instance.Status.IsFinal()
            ? new(Reason.TaskClosed, "an open task", $"a closed one ({instance.Status})")
            : WorkItemTransition.Refuse(ItemInTask.Of(instance, item), command, by);
    }
}
