using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>挂起: the holder waits for something. The clocks stop that name the reason among their <c>pauseReasons</c>; the others go on.</summary>
internal static class Pauses
{
    public static Rejection? Suspend(Burst burst, WorkItem item, Stimulus.WorkItemSuspended command, Actor by)
    {
        WorkItemTransition.Move(
            burst, item, command.Command, by, new(item.Team, new WorkItemState.Suspended(item.Holder!, command.Reason, command.Note, burst.Stimulus.At)), command.Reason);
        ClockDesk.Pause(burst, item);
        return null;
    }

    public static Rejection? Resume(Burst burst, WorkItem item, Actor by)
    {
        WorkItemTransition.Move(burst, item, WorkItemCommand.Resume, by, new(item.Team, new WorkItemState.Claimed(item.Holder!, burst.Stimulus.At)));
        ClockDesk.Pause(burst, item);
        return null;
    }
}
