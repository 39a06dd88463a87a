using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.JointWork;

/// <summary>主办 and 协办.</summary>
public enum PartRole
{
    /// <summary>Answers for the whole, when the assistants have fed back. There is exactly one.</summary>
    Lead,

    Assist,
}

/// <summary>One area's part of a task that was handed down, as the parent knows it. The part is a task of its own.</summary>
/// <param name="Number">That of the effect which starts the part's task.</param>
/// <param name="Group">The number of the first part of the same hand-down: one lead to a group.</param>
/// <param name="Task">The part's own task.</param>
public sealed record TaskPart(int Number, int Group, InstanceId Task, Place Place, Team Team, PartRole Role, string Text, DateTimeOffset Due)
{
    /// <summary>What has to be fed back, in words; null for no more than that it is done.</summary>
    public string? Wanted { get; init; }

    public Person? HandedBy { get; init; }

    public PartFeedback? Feedback { get; init; }

    /// <summary>The number of the last report that was heard: an older one that comes late says nothing new.</summary>
    public int LastReport { get; init; }

    /// <summary>Why it is taken back; null while it is not. It still has to be closed.</summary>
    public string? CancelledFor { get; init; }

    /// <summary>When it was accepted at the last level, which is how it ends.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    [JsonIgnore]
    public bool IsOpen => AcceptedAt is null;
}

/// <summary>What those who have a part say of it.</summary>
/// <param name="Outcome">Of their step; <c>CloseOut</c> when the part was closed out, with the reason as the text.</param>
public sealed record PartFeedback(Person? By, Team Team, DateTimeOffset At, string Outcome, string? Text);

/// <summary>What a part's task knows of the whole.</summary>
/// <param name="Root">The task at the top.</param>
/// <param name="Team">The team that answers for the part; it changes when an arbiter gives the part to another.</param>
public sealed record PartOfTask(
    InstanceId Parent, InstanceId Root, string ParentNumber, int Number, PartRole Role, Team Team, string Text, string? Wanted, DateTimeOffset Due, Person? HandedBy)
{
    /// <summary>The area of the parent's own part; null when the parent is at the top.</summary>
    public string? Under { get; init; }

    public PartFeedback? Feedback { get; init; }

    /// <summary>For the lead: those whose feedback comes first.</summary>
    public ImmutableArray<Assistant> Assistants { get; init; } = [];
}

/// <summary>An assistant's part, as its lead knows it.</summary>
public sealed record Assistant(int Number, string AreaName, Team Team, PartFeedback? Feedback = null);

/// <summary>A part as somebody asks for it.</summary>
/// <param name="Team">Id of the team that answers for it; null for the team of the area.</param>
/// <param name="Due">Null for the parent's due time.</param>
public sealed record PartAsked(string AreaCode, PartRole Role, string Text, string? Team = null, DateTimeOffset? Due = null, string? Wanted = null);

/// <summary>How a part stands, as its task tells the parent.</summary>
/// <param name="Number">Counts in the part's task, so that the order of the reports is known.</param>
public sealed record PartReport(int Number, Team Team, Place Place, PartFeedback? Feedback);
