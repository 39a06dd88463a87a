using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>
/// 退回 sends a task from the step that a person works on to an earlier one; 撤回 takes a completed step back while nobody has begun with what follows. Either way
/// what follows from the earlier step is ended and runs again, and the step is offered to the person who did it last.
/// </summary>
internal static class WaysBack
{
    public static Rejection? Return(Burst burst, WorkItem item, Stimulus.WorkItemReturned command, Actor by)
    {
        var state = burst.Draft.ToInstance(burst.Stimulus.At);
        var targets = ReturnTarget.Of(burst.Definition, state, item);
        if (targets.FirstOrDefault(target => target.Key == command.To) is not { } to)
        {
            var expected = targets.Count == 0 ? "a step that the task can go back to; there is none" : $"one of {string.Join(", ", targets.Select(target => target.Key))}";
            return new(Reason.StepUnknown, expected, $"'{command.To}'", [new("/to", expected, $"'{command.To}'")]) { Rule = "return" };
        }
        WorkItemTransition.Move(burst, item, command.Command, by, new(item.Team, new WorkItemState.Returned(by.Person, burst.Stimulus.At, to.Key, command.Reason)), command.Reason);
        ClockDesk.EndItemClocks(burst, item.Number);
        if (to.Node is { } step && to.Stage == state.Task!.Current!.Stage)
        {
            GoTo(burst, state, step);
            return null;
        }
        if (to.Node is { } entry)
        {
            ReserveLast(burst, state, entry);
            burst.Entry.GoTo(burst.Definition.Nodes[entry]);
        }
        burst.Send(item.Token, new StageReturn(to.Stage, command.Reason));
        return null;
    }

    public static Rejection? Withdraw(Burst burst, WorkItem item, Stimulus.WorkItemTakenBack command, Actor by)
    {
        if (burst.Draft.WorkItems.Find(next => IsAfter(next, item) && WasTouched(next)) is { } begun)
            return new(Reason.NextStepClaimed, "a step after which nothing has been claimed", $"'{begun.Content.Title}' of {begun.Team.Name}, which was") { Rule = "withdraw" };
        var state = burst.Draft.ToInstance(burst.Stimulus.At);
        var visit = state.Task!.Current!;
        var isHere = item.Stage == visit.Stage && item.OfferedAt >= visit.EnteredAt;
        if (isHere ? ReturnTarget.WayBack(burst.Definition, state, item.Node) is null : !BeginsStageBefore(state, item, visit))
            return new(Reason.StepUnknown, "a step that the task can go back to", $"'{item.Content.Title}', from which the task has gone on too far") { Rule = "withdraw" };
        WorkItemTransition.Move(burst, item, command.Command, by, new(item.Team, new WorkItemState.TakenBack(by.Person, burst.Stimulus.At, command.Reason)), command.Reason);
        if (isHere) GoTo(burst, state, item.Node);
        else
        {
            burst.Reserve(item.Node, by.Person);
            burst.Send(burst.Draft.Tokens[^1].Id, new StageReturn(item.Stage!.Value, command.Reason));
        }
        return null;
    }

    /// <summary>A task that nobody has begun with goes straight to post-evaluation, as every task that ends early.</summary>
    public static Rejection? WithdrawTask(Burst burst, Stimulus.TaskWithdrawn command)
    {
        if (burst.Draft.Task?.RaisedBy is not { } initiator || initiator.UserId != command.By?.UserId)
            return new(Reason.NotAllowed, "the person who has raised the task", command.By?.Name ?? "nobody") { Rule = "withdraw-task" };
        return burst.Draft.WorkItems.Find(item => item.Status != WorkItemStatus.Withdrawn && WasTouched(item)) is { } begun
            ? new(Reason.NextStepClaimed, "a task of which nothing has been claimed", $"'{begun.Content.Title}', which was") { Rule = "withdraw-task" }
            : null;
    }

    private static void GoTo(Burst burst, WorkflowInstance state, string step)
    {
        var (container, from) = ReturnTarget.WayBack(burst.Definition, state, step) ?? throw new InvariantBrokenException($"no way back to '{step}'");
        ReserveLast(burst, state, step);
        burst.Run(container.Id, (activity, context) => activity.Return(context, from, burst.Definition.Nodes[step]));
    }

    /// <summary>The step is offered to the person who did it last.</summary>
    private static void ReserveLast(Burst burst, WorkflowInstance state, string step)
    {
        if (state.WorkItems.LastOrDefault(item => item.Node == step && item.Status == WorkItemStatus.Done) is { State: WorkItemState.Done done }) burst.Reserve(step, done.By);
    }

    /// <summary>Entering the stage before again begins with this very step.</summary>
    private static bool BeginsStageBefore(WorkflowInstance state, WorkItem item, StageVisit visit) =>
        state.Task!.Visits.Length > 1 && state.Task.Visits[^2] is { } before && before.Stage == item.Stage && before.Stage.MayComeAfter(visit.Stage)
        && state.WorkItems.Where(other => other.Stage == before.Stage && other.OfferedAt >= before.EnteredAt).MinBy(other => other.Number)?.Number == item.Number;

    private static bool IsAfter(WorkItem next, WorkItem item) => next.Number > item.Number && next.OfferedAt >= ((WorkItemState.Done)item.State).At;

    /// <summary>Somebody has it, had it last, or has worked on it: one that was given back untouched counts as not begun.</summary>
    private static bool WasTouched(WorkItem item) => !item.Evidence.IsEmpty || item.State is not (WorkItemState.Offered or WorkItemState.Disputed or WorkItemState.Withdrawn or WorkItemState.Removed);
}
