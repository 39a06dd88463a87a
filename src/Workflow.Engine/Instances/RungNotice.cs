using System.Collections.Immutable;

namespace Workflow.Engine.Instances;

/// <summary>Tells people of a task that a rung of a clock was reached. Who of them is meant where a role is named is asked when they look.</summary>
/// <param name="WorkItem">The item that the clock belongs to; null for a stage's or the task's.</param>
/// <param name="Due">When the clock is due, as it was known then.</param>
[Effect("notice")]
public sealed record RungNotice(InstanceId Task, int? WorkItem, string Number, string Subject, string Rung, string? Stage, DateTimeOffset? Due, DateTimeOffset At)
{
    public ImmutableArray<NoticeReceiver> To { get; init; } = [];
}

/// <summary>A person, everybody of a team, or whoever has a role and may see the task. One of the three is set.</summary>
public sealed record NoticeReceiver(string? UserId, string? TeamId, string? Role)
{
    public static NoticeReceiver OfPerson(string userId) => new(userId, null, null);

    public static NoticeReceiver OfTeam(string teamId) => new(null, teamId, null);

    public static NoticeReceiver OfRole(string role) => new(null, null, role);
}
