using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.JointWork;

/// <summary>What a team had a task for.</summary>
public enum HoldingKind
{
    /// <summary>To do what it is about.</summary>
    Work,

    /// <summary>To say whose it is.</summary>
    Ruling,

    /// <summary>To evaluate or review it.</summary>
    Review,
}

/// <summary>A time in which a team had a task.</summary>
/// <param name="To">Null while it has it.</param>
public sealed record Holding(string Team, HoldingKind Kind, DateTimeOffset From, DateTimeOffset? To);

/// <summary>Who had a task when: derived from its work items, so that lateness is charged to whom it belongs. Real time counts, from the offer on: an item that nobody claims lies with its team.</summary>
public static class PartLedger
{
    public static IReadOnlyList<Holding> Of(WorkflowInstance task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return [.. task.WorkItems.SelectMany(Of)];
    }

    /// <summary>How long of this the task was late: after its due time.</summary>
    public static TimeSpan Late(Holding holding, DateTimeOffset due, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(holding);
        var (from, to) = (holding.From > due ? holding.From : due, holding.To < until ? holding.To.Value : until);
        return to > from ? to - from : TimeSpan.Zero;
    }

    private static IEnumerable<Holding> Of(WorkItem item)
    {
        var (kind, since, end) = (item.Stage == StageName.PostEvaluation ? HoldingKind.Review : HoldingKind.Work, item.OfferedAt, EndOf(item.State));
        foreach (var decline in item.History?.Declines ?? [])
        {
            yield return new(decline.Team.Name, kind, since, decline.At);
            since = decline.At;
        }
        if (item.History?.Ruling is { } ruling)
        {
            yield return new(ruling.Arbiter.Name, HoldingKind.Ruling, since, ruling.At);
            since = ruling.At;
        }
        if (item.State is WorkItemState.Disputed disputed) yield return new(disputed.Arbiter.Name, HoldingKind.Ruling, since, null);
        else yield return new(item.Team.Name, kind, since, end);
    }

    private static DateTimeOffset? EndOf(WorkItemState state) => state switch
    {
        WorkItemState.Done done => done.At,
        WorkItemState.Returned returned => returned.At,
        WorkItemState.TakenBack taken => taken.At,
        WorkItemState.Withdrawn withdrawn => withdrawn.At,
        _ => null,
    };
}
