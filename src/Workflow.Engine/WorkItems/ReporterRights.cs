using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>
/// Refers to who has reported what a task is about. Name, number and words of that person stand in an encrypted record outside of the task
/// (docs/confidentiality.md); from here nobody learns them.
/// </summary>
/// <param name="Id">Opaque.</param>
/// <param name="IsConfidential">保密: the reporter is hidden from those who handle the task.</param>
public sealed record ReporterReference(Guid Id, bool IsConfidential);

public enum ReporterRight
{
    None,
    Read,
    ReadAndErase,
}

/// <summary>
/// Who may know a reporter, by relation and role: who took the report down and supervisors; while they work on it whoever holds a work item, who has to call back, but
/// not in a confidential report. A supervisor who handles such a task belongs to those from whom it is hidden.
/// </summary>
public static class ReporterRights
{
    /// <param name="acceptedBy">Id of who took the report down.</param>
    public static ReporterRight Of(ReporterReference reporter, string? acceptedBy, IReadOnlyCollection<WorkItem> items, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.UserId == acceptedBy) return ReporterRight.ReadAndErase;
        var holds = items.Any(item => item.Holder?.UserId == actor.UserId);
        var handles = holds || Avoidance.WhoHandled(items).Any(hand => hand.Person.UserId == actor.UserId);
        if (reporter.IsConfidential && handles) return ReporterRight.None;
        if (actor.Roles?.Contains(WorkItemRights.SupervisorRole) == true) return ReporterRight.ReadAndErase;
        return holds ? ReporterRight.Read : ReporterRight.None;
    }
}
