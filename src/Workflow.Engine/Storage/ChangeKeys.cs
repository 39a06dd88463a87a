using System.Globalization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>Names of what clients may have on screen.</summary>
public static class ChangeKeys
{
    public const string Tasks = "tasks";
    public const string WorkItems = "work-items";
    public const string Definitions = "definitions";
    public const string Notices = "notices";

    public static string Task(InstanceId id) => string.Create(CultureInfo.InvariantCulture, $"task:{id}");

    public static string WorkItem(WorkItemId id) => string.Create(CultureInfo.InvariantCulture, $"work-item:{id}");

    internal static IEnumerable<string> Of(WorkflowInstance before, WorkflowInstance after)
    {
        if (after.Task is null) yield break;
        yield return Tasks;
        if (!Projection.Notifications(before).SequenceEqual(Projection.Notifications(after))) yield return Notices;
        // Everybody hears the keys: that there is this task is nobody's business yet.
        if (after.Task.HiddenUntil > after.UpdatedAt)
        {
            yield return WorkItems;
            yield break;
        }
        yield return Task(after.Id);
        var changed = after.WorkItems.Except(before.WorkItems).ToList();
        if (changed.Count > 0) yield return WorkItems;
        // Whoever looks at one part of a joint sign sees the others too.
        var beside = after.WorkItems.Where(item => item.Signing is not null && changed.Exists(other => other.Token == item.Token));
        foreach (var number in changed.Concat(beside).Select(item => item.Number).Distinct()) yield return WorkItem(new(after.Id, number));
    }
}
