using System.Collections.Immutable;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.JointWork;

/// <summary>What a person may do to a task as a whole.</summary>
public enum TaskCommand
{
    HandDown,
    GiveOrder,
    FeedBackOnOrder,
    Press,
    StrikeOff,
    ChangePriority,
}

/// <param name="Who">One of them is enough.</param>
public sealed record TaskRight(TaskCommand Command, ImmutableArray<Relation> Who);

/// <summary>
/// The table of who may do what to a task as a whole; shown in <c>docs/joint-work.md</c>. That the person may see the task is decided before, by team and area, so
/// that a district's supervisor has no say in another district.
/// </summary>
public static class TaskRights
{
    public static ImmutableArray<TaskRight> Table { get; } =
    [
        new(TaskCommand.HandDown, [Relation.Supervisor, Relation.DutyOfficer, Relation.Holder]),
        new(TaskCommand.GiveOrder, [Relation.Supervisor]),
        new(TaskCommand.FeedBackOnOrder, [Relation.Candidate, Relation.Holder]),
        new(TaskCommand.Press, [Relation.Supervisor]),
        new(TaskCommand.StrikeOff, [Relation.Candidate, Relation.Holder]),
        new(TaskCommand.ChangePriority, [Relation.Supervisor, Relation.DutyOfficer]),
    ];

    /// <summary>Why a person may not; null when they may.</summary>
    /// <param name="task">Null where there is none yet.</param>
    public static Rejection? Refuse(TaskCommand command, TaskState? task, IEnumerable<WorkItem> items, Actor by)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(by);
        var who = Table.First(right => right.Command == command).Who;
        return who.Any(relation => Is(relation, task, items, by))
            ? null
            : new(Reason.NotAllowed, string.Join(" or ", who.Select(Describe)), by.Name) { Rule = $"who-may/{WorkItemChanges.Word(command)}" };
    }

    private static bool Is(Relation relation, TaskState? task, IEnumerable<WorkItem> items, Actor by) => relation switch
    {
        Relation.Supervisor => by.Roles?.Contains(WorkItemRights.SupervisorRole) == true,
        Relation.DutyOfficer => by.Roles?.Contains(WorkItemRights.DutyOfficerRole) == true,
        Relation.Holder => items.Any(item => item.IsOpen && item.Holder is { } holder && by.ActsAs(holder)),
        Relation.Candidate => task?.Order is { } order && by.Teams.Contains(order.Team.Id) || items.Any(item => item.IsOpen && by.Teams.Contains(item.Team.Id)),
        _ => false,
    };

    private static string Describe(Relation relation) => relation switch
    {
        Relation.Supervisor => $"a {WorkItemRights.SupervisorRole}",
        Relation.DutyOfficer => $"a {WorkItemRights.DutyOfficerRole}",
        Relation.Holder => "the person who has claimed an item of the task",
        _ => "a member of the team that has the task",
    };
}
