using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;

namespace Workflow.Server.Features.Orders;

internal sealed record CoveredTaskView(string TaskId, string Number, DateTimeOffset? EndedAt);

internal sealed record OrderFeedbackView(Person By, DateTimeOffset At, string Text);

/// <param name="By">Null when time pressed.</param>
internal sealed record OrderPressView(OrderRung Rung, Person? By, DateTimeOffset At, string Text);

/// <summary>销号: who accepted it, and the report.</summary>
internal sealed record StruckOffView(Person? By, DateTimeOffset At, string? Report);

/// <param name="NextRung">The rung that can be pressed; null at the top.</param>
/// <param name="StruckOff">Null while it is open.</param>
internal sealed record OrderView(
    string Id, string Number, int Revision, string Subject, Person Leader, string Text, string Team, string AreaName, DateTimeOffset Due, string? Every, DateTimeOffset? NextFeedback, int Reminders, StageName? Stage,
    OrderRung? NextRung, IReadOnlyList<CoveredTaskView> Tasks, IReadOnlyList<OrderFeedbackView> Feedbacks, IReadOnlyList<OrderPressView> Ladder, StruckOffView? StruckOff)
{
    public static OrderView Of(WorkflowInstance instance)
    {
        var (task, order) = (instance.Task!, instance.Task!.Order!);
        return new(
            instance.Id.ToString(), task.Number, instance.Revision, task.Subject, order.Leader, order.Text, order.Team.Name, task.Place.AreaName, order.Due, order.Every, instance.EndedAt is null ? order.NextFeedback : null,
            order.Reminders, task.Current?.Stage, instance.EndedAt is null ? order.NextRung : null,
            [.. order.Tasks.Select(covered => new CoveredTaskView(covered.Task.ToString(), covered.Number, covered.EndedAt))],
            [.. order.Feedbacks.Select(given => new OrderFeedbackView(given.By, given.At, given.Text))],
            [.. order.Ladder.Select(press => new OrderPressView(press.Rung, press.By, press.At, press.Text))], StruckOffOf(instance));
    }

    /// <summary>The last step of the closed order; one that was closed without a step of a person says so.</summary>
    private static StruckOffView? StruckOffOf(WorkflowInstance instance)
    {
        if (instance.EndedAt is not { } at) return null;
        var done = instance.WorkItems.LastOrDefault(item => item.Stage == StageName.PostEvaluation)?.State as Engine.WorkItems.WorkItemState.Done;
        return new(done?.By, at, done?.Values is { ValueKind: System.Text.Json.JsonValueKind.Object } values && values.TryGetProperty("report", out var report) ? report.ToString() : null);
    }
}
