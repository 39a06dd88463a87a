using Workflow.Engine.Reports;

namespace Workflow.Engine.Storage.Reporting;

/// <summary>One group of a report. Null: the tasks that have none, such as those without a category.</summary>
public sealed record ReportGroup(string? Key);

/// <summary>The tasks of a group by their marks.</summary>
/// <param name="Label">The group's name, where the rows have one.</param>
public sealed record TaskGroup(string? Key, string? Label)
{
    private readonly Dictionary<TaskMarks, long> tasks = [];

    public long Count(TaskCount count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return tasks.Where(some => count.Holds(some.Key)).Sum(some => some.Value);
    }

    /// <summary>All of these in one.</summary>
    public static TaskGroup Total(IEnumerable<TaskGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var total = new TaskGroup(null, null);
        foreach (var (marks, count) in groups.SelectMany(group => group.tasks)) total.Add(marks, count);
        return total;
    }

    internal void Add(TaskMarks marks, long count) => tasks[marks] = tasks.GetValueOrDefault(marks) + count;
}

/// <param name="Times">In the order of <see cref="Figures.Durations"/>; null where no task has one.</param>
/// <param name="IsTotal">All groups together.</param>
public sealed record TimedGroup(string? Key, string? Label, IReadOnlyList<DurationFigures?> Times, bool IsTotal);

/// <param name="Tasks">That they had a work item of.</param>
/// <param name="Items">These work items.</param>
public sealed record WorkedGroup(string? Key, string? Label, long Tasks, long Items, long WaitSeconds, long WorkSeconds);

/// <param name="Tasks">That were paused for it.</param>
/// <param name="Times">How often.</param>
public sealed record PausedGroup(string Reason, long Tasks, long Times, long Seconds);

/// <summary>Columns of a query whose rows are ranked.</summary>
internal sealed record RankedColumns(string Key, string Label, IReadOnlyList<string> Times);
