using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.JointWork;

namespace Workflow.Engine.Instances;

/// <summary>
/// Another priority: every open clock that has a target by priority gets the one of the new priority, counted from its original start, its pauses and what was
/// approved as an extension with it. Rungs that have fired have fired; the others move. A due time that has passed by the new target is a breach, and a breach
/// by the old target that is none by the new one is taken back by a fact of its own.
/// </summary>
internal static class PriorityDesk
{
    public static Rejection? Change(Burst burst, Stimulus.PriorityChanged command)
    {
        if (burst.Draft.Task is not { } task) return new(Reason.NotAllowed, "a task", "another instance");
        if (TaskRights.Refuse(TaskCommand.ChangePriority, task, burst.Draft.WorkItems, command.By ?? throw new InvariantBrokenException("a changed priority without a caller")) is { } no) return no;
        if (task.Priority == command.Priority) return new(Reason.ChangeNotLegal, "another priority than the task has", $"{task.Priority}") { Rule = "priority" };
        Change(burst, command.Priority, command.By.Person, command.Reason);
        ClockDesk.CatchUp(burst);
        return null;
    }

    public static string TargetOf(SlaDeclaration sla, Priority priority) => sla.TargetFor(priority == Priority.Urgent ? "urgent" : "normal");

    /// <param name="by">Null when a rung does it.</param>
    public static void Change(Burst burst, Priority to, Person? by, string reason)
    {
        var before = burst.Draft.Task!.Priority;
        if (before == to) return;
        burst.Record(new Fact.TaskPriorityChanged(before, to, by, reason));
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.IsOpen && clock.Target is not SlaTarget.Fixed).ToList())
            if (burst.Definition.Nodes.TryGetValue(clock.Node, out var node) && PolicyInForce.Of(burst, node) is { } sla && TargetOf(sla, before) != TargetOf(sla, to))
                ClockDesk.Retarget(burst, clock, clock.Policy.Aimed(Extended(burst, clock, TargetOf(sla, to)), sla.DayEnd), by, reason);
    }

    /// <summary>The target with the extensions of this clock on top. One in another kind of time is not carried over: two days are no hours.</summary>
    private static string Extended(Burst burst, SlaClock clock, string target)
    {
        if (!SlaTarget.TryParse(target, out var whole, out _)) return target;
        var approved =
            from item in burst.Draft.WorkItems
            from extension in item.History?.Extensions ?? []
            where extension.Clock == clock.Id && extension.Decision is { IsApproved: true }
            select extension.Amount;
        foreach (var amount in approved)
            if (SlaTarget.TryParse(amount, out var more, out _) && SlaTarget.Add(whole, more) is { } sum) whole = sum;
        return whole.ToString();
    }
}
