using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.JointWork;

/// <summary>
/// 督办件: an order is a task whose state says more. It goes through the same closed loop: it is received, worked on while time and people press, reported, and
/// struck off in its post-evaluation. The tasks that it covers hear of it by an effect, and it hears of their end by one.
/// </summary>
internal static class OrderDesk
{
    public static void Begin(Burst burst)
    {
        if (burst.Draft.Task?.Order is not { } order) return;
        foreach (var covered in order.Tasks) PartDesk.Tell(burst, covered.Task, new TaskMessage.OrderGiven(burst.Draft.Id, burst.Draft.Task.Number));
    }

    public static void Hear(Burst burst, TaskMessage message)
    {
        var task = burst.Draft.Task!;
        if (message is TaskMessage.OrderGiven given && !task.Orders.Any(mark => mark.Order == given.Order)) burst.Record(new Fact.TaskOrdered(given.Order, given.Number));
        if (message is TaskMessage.CoveredEnded ended && task.Order?.Tasks.Any(one => one.Task == ended.Task && one.EndedAt is null) == true) burst.Record(new Fact.CoveredTaskEnded(ended.Task));
    }

    /// <summary>A task has ended: the orders that cover it hear of it.</summary>
    public static void TellOrders(Burst burst)
    {
        foreach (var mark in burst.Draft.Task?.Orders ?? []) PartDesk.Tell(burst, mark.Order, new TaskMessage.CoveredEnded(burst.Draft.Id));
    }

    public static Rejection? FeedBack(Burst burst, Stimulus.OrderFedBack command)
    {
        if (Refuse(burst, TaskCommand.FeedBackOnOrder, command.By) is { } no) return no;
        if (burst.Draft.Task!.Order!.Feedbacks.Length >= burst.World.Limits.Feedbacks) return new(Reason.InputInvalid, $"at most {burst.World.Limits.Feedbacks} feedbacks on one order", "one more");
        burst.Record(new Fact.OrderFedBack(command.By!.Person, command.Text));
        return null;
    }

    public static Rejection? Press(Burst burst, Stimulus.OrderPressed command)
    {
        if (Refuse(burst, TaskCommand.Press, command.By) is { } no) return no;
        var next = burst.Draft.Task!.Order!.NextRung;
        if (command.Rung != next)
            return new(Reason.ChangeNotLegal, next is { } rung ? $"the next rung, {WorkItemChanges.Word(rung)}" : "an order below the last rung", next is null ? "one that has reached it" : WorkItemChanges.Word(command.Rung)) { Rule = "ladder" };
        Press(burst, command.Rung, command.By!.Person, command.Text);
        return null;
    }

    /// <summary>Time presses: one rung, unless the order stands there already.</summary>
    public static void Press(Burst burst, OrderRung to)
    {
        if (burst.Draft.Task?.Order is { NextRung: { } next } && next <= to) Press(burst, next, null, WorkItemChanges.Word(to));
    }

    /// <summary>Feedback is due: who has given none since the last time is reminded, once.</summary>
    /// <returns>When it is due next; null where it is not periodic.</returns>
    public static DateTimeOffset? Schedule(Burst burst)
    {
        if (burst.Draft.Task?.Order is not { Interval: { } interval } order) return null;
        var (at, since) = (burst.Stimulus.At, order.NextFeedback - interval);
        var isReminder = order.NextFeedback <= at && !order.Feedbacks.Any(given => given.At > since);
        var next = order.NextFeedback ?? at;
        while (next <= at) next += interval;
        burst.Record(new Fact.FeedbackScheduled(next, isReminder));
        if (isReminder) UrgeAll(burst);
        return next;
    }

    /// <summary>销号: the report is the answer to the step of post-evaluation, which the same burst claims where nobody has.</summary>
    public static Rejection? StrikeOff(Burst burst, Stimulus.OrderStruckOff command)
    {
        // Until it was reported the team that strikes off is not known.
        if (burst.Draft.Task?.Order is not null && burst.Draft.Task.Current?.Stage != StageName.PostEvaluation)
            return new(Reason.ChangeNotLegal, "an order that was reported", $"one in {burst.Draft.Task!.Current?.Stage}") { Rule = "strike-off" };
        if (Refuse(burst, TaskCommand.StrikeOff, command.By) is { } no) return no;
        if (burst.Draft.WorkItems.Find(item => item is { IsOpen: true, Stage: StageName.PostEvaluation }) is not { } item)
            return new(Reason.ChangeNotLegal, "a step of post-evaluation that is open", "none") { Rule = "strike-off" };
        if (item.State is WorkItemState.Offered
            && WorkItemTransition.Apply(burst, new Stimulus.WorkItemClaimed(item.Number, Stimulus.OnWorkItem.AnyRevision) { At = command.At, By = command.By }) is { } unclaimed) return unclaimed;
        return WorkItemTransition.Apply(burst, new Stimulus.WorkItemCompleted(
            item.Number, Stimulus.OnWorkItem.AnyRevision, item.Content.Outcomes[0], JsonSerializer.SerializeToElement(new { report = command.Report }, InstanceJson.Options)) { At = command.At, By = command.By });
    }

    private static void Press(Burst burst, OrderRung rung, Person? by, string text)
    {
        burst.Record(new Fact.OrderPressed(rung, by, text));
        UrgeAll(burst);
    }

    private static void UrgeAll(Burst burst)
    {
        foreach (var item in burst.Draft.WorkItems.Where(item => item.IsOpen).ToList()) burst.Record(new Fact.ItemUrged(item.Number));
    }

    private static Rejection? Refuse(Burst burst, TaskCommand command, Actor? by) =>
        burst.Draft.Task?.Order is null
            ? new(Reason.NotAllowed, "an order", "another task")
            : TaskRights.Refuse(command, burst.Draft.Task, burst.Draft.WorkItems, by ?? throw new InvariantBrokenException("a command on an order without a caller"));
}
