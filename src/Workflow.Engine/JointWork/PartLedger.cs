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
        var (kind, since, end) = (item.Stage == StageName.PostEvaluation ? HoldingKind.Review : HoldingKind.Work, item.OfferedAt, item.EndedAt);
        foreach (var (team, did, until) in Earlier(item.History, kind).OrderBy(one => one.Until))
        {
            yield return new(team, did, since, until);
            since = until;
        }
        if (item.State is WorkItemState.Disputed disputed) yield return new(disputed.Arbiter.Name, HoldingKind.Ruling, since, null);
        else yield return new(item.Team.Name, kind, since, end);
    }

    /// <summary>Who had it before whoever has it now, each until it left them.</summary>
    private static IEnumerable<(string Team, HoldingKind Kind, DateTimeOffset Until)> Earlier(WorkItemHistory? history, HoldingKind kind)
    {
        if (history is null) yield break;
        foreach (var decline in history.Declines) yield return (decline.Team.Name, kind, decline.At);
        if (history.Ruling is { } ruling) yield return (ruling.Arbiter.Name, HoldingKind.Ruling, ruling.At);
        foreach (var left in history.Left ?? []) yield return (left.Team.Name, kind, left.At);
    }
}
