using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;

namespace Workflow.Engine.JointWork;

/// <summary>催办, 督办, 约谈, 通报: each once, and always the next one.</summary>
public enum OrderRung
{
    Urge,
    Order,
    Interview,
    Circular,
}

/// <summary>督办件: what makes a task an order. Its number is the task's, of a sequence of its own.</summary>
/// <param name="Leader">Who has ordered it.</param>
/// <param name="Text">批示.</param>
/// <param name="Team">The team that answers for it.</param>
/// <param name="Every">How often feedback is due, as a target is written, such as <c>P7D</c>; null for only at the end.</param>
public sealed record Order(Person Leader, string Text, Team Team, DateTimeOffset Due, string? Every)
{
    /// <summary>The tasks that it covers. It can be reported when each of them has ended.</summary>
    public ImmutableArray<CoveredTask> Tasks { get; init; } = [];

    public ImmutableArray<OrderFeedback> Feedbacks { get; init; } = [];

    /// <summary>The rungs that were pressed, in order.</summary>
    public ImmutableArray<OrderPress> Ladder { get; init; } = [];

    /// <summary>When feedback is due next; null when none is.</summary>
    public DateTimeOffset? NextFeedback { get; init; }

    /// <summary>How often feedback was reminded of.</summary>
    public int Reminders { get; init; }

    /// <summary>The rung that comes next; null at the top.</summary>
    [JsonIgnore]
    public OrderRung? NextRung => Ladder.Length < Enum.GetValues<OrderRung>().Length ? (OrderRung)Ladder.Length : null;

    [JsonIgnore]
    public TimeSpan? Interval => Every is { } text && SlaTarget.TryParse(text, out var target, out _) ? ((SlaTarget.Continuous)target).Length : null;
}

/// <summary>An order that covers a task, as the task knows it.</summary>
public sealed record OrderMark(InstanceId Order, string Number);

public sealed record CoveredTask(InstanceId Task, string Number, DateTimeOffset? EndedAt = null);

public sealed record OrderFeedback(Person By, DateTimeOffset At, string Text);

/// <param name="By">Null when time did it.</param>
public sealed record OrderPress(OrderRung Rung, Person? By, DateTimeOffset At, string Text);
