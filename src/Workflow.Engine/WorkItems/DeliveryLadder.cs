using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>Whom a rung of a ladder tells.</summary>
public enum NoticeTarget
{
    /// <summary>Those who may claim the item: who is on duty of its team, or all of a team without a roster; the one person whom it is offered to.</summary>
    Candidates,

    /// <summary>Who of the team is on duty and was not told yet, else who comes next.</summary>
    NextOnDuty,

    /// <summary>带班领导: who leads the shift.</summary>
    DutyLeader,
}

/// <summary>How far a notice has come.</summary>
public enum NoticeState
{
    /// <summary>Whoever carries it has taken it.</summary>
    Sent,

    /// <summary>It has reached the person's device.</summary>
    Delivered,

    /// <summary>The person has looked at it.</summary>
    Read,

    /// <summary>It will not reach the person this way.</summary>
    Failed,
}

public enum LadderEnd
{
    /// <summary>Somebody has claimed the item.</summary>
    Acknowledged,

    /// <summary>There is nothing to claim any more, or it was offered to somebody else, which begins a new ladder.</summary>
    Withdrawn,
}

/// <summary>Channels that need no gateway of the configuration.</summary>
public static class Channels
{
    /// <summary>The inbox. What is told there is committed with the rung and is not sent anywhere.</summary>
    public const string InApp = "in-app";

    public const string Mail = "mail";
}

/// <summary>
/// 送达: an offered item climbs it until a human claims it. Promise: what is offered ends with somebody who knows of it, or in the list of what nobody has answered.
/// <list type="bullet">
/// <item>It is a part of the item's state: its next rung is a timer row, committed with the state, so that each rung is reached once, at or after its time, whatever crashes.</item>
/// <item>A rung is reached when it is due, or at once when nobody could be told by the one before it: no person, no address, a channel that has failed for good.</item>
/// <item>What is told outside is an effect under an id of its own, at least once; a target that knows the id tells nobody twice. What the target says of it is recorded and believed no further:
/// only a claim ends the ladder.</item>
/// <item>It stops when the item is claimed, or no longer offered; what is not sent by then is withdrawn. An offer to others begins a new one.</item>
/// </list>
/// </summary>
public sealed record DeliveryLadder(DateTimeOffset BeganAt, ImmutableArray<LadderStep> Steps)
{
    /// <summary>Who has opened the item while it climbed, each once.</summary>
    public ImmutableArray<ItemReader> Readers { get; init; } = [];

    /// <summary>Null while the item climbs, or waits at the end of it.</summary>
    public LadderEnd? End { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public Person? AcknowledgedBy { get; init; }

    /// <summary>The rung that is reached next; null when none is.</summary>
    [JsonIgnore]
    public LadderStep? Next => End is null ? Steps.FirstOrDefault(step => step.ReachedAt is null) : null;

    /// <summary>Nobody could be told by the rung that was reached last.</summary>
    [JsonIgnore]
    public bool HasFailed => Steps.LastOrDefault(step => step.ReachedAt is not null)?.HasFailed == true;

    /// <summary>Since when its last rung is reached and nobody has claimed the item; null while that is not so.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnansweredSince => End is null && Next is null && !Steps.IsEmpty ? Steps[^1].ReachedAt : null;

    internal DeliveryLadder WithNotices(Func<Notice, Notice> change) => this with { Steps = [.. Steps.Select(step => step with { Notices = [.. step.Notices.Select(change)] })] };
}

/// <summary>One rung of a ladder that an item climbs.</summary>
public sealed record LadderStep(string Id, NoticeTarget To, ImmutableArray<string> Channels, DateTimeOffset DueAt)
{
    public DateTimeOffset? ReachedAt { get; init; }

    public ImmutableArray<Notice> Notices { get; init; } = [];

    /// <summary>Why somebody could not be told when it was reached; null when nothing kept anybody from it.</summary>
    public string? Failure { get; init; }

    /// <summary>People who were left out, because a rung tells only so many.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Omitted { get; init; }

    [JsonIgnore]
    public bool HasFailed => ReachedAt is not null && Notices.All(notice => notice.HasFailed);
}

/// <summary>One person is told by one channel.</summary>
/// <param name="Number">Of the instance; of the effect where it goes outside.</param>
/// <param name="To">Null for all of those whom the item is offered to, by the inbox of each.</param>
public sealed record Notice(int Number, string Channel, Person? To)
{
    /// <summary>Whom the person stands in for.</summary>
    public Person? For { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? ReadAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    public string? Failure { get; init; }

    /// <summary>Where it went, with most of it hidden; null for the inbox, and while it has not gone.</summary>
    public string? Address { get; init; }

    [JsonIgnore]
    public bool HasFailed => FailedAt is not null && DeliveredAt is null;

    /// <summary>Whether this says something that is not known.</summary>
    public bool Learns(NoticeState state) => state switch
    {
        NoticeState.Sent => SentAt is null && !HasFailed,
        NoticeState.Delivered => DeliveredAt is null,
        NoticeState.Read => ReadAt is null,
        _ => FailedAt is null && DeliveredAt is null,
    };
}

public sealed record ItemReader(Person Person, DateTimeOffset At);
