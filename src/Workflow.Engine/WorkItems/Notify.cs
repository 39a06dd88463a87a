using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>What somebody is told of an offered item. Where they are reached is looked up when it is sent, so that no address stands in a fact.</summary>
/// <param name="Rung">Of the ladder that the item climbs.</param>
/// <param name="WorkItem">Its id.</param>
public sealed record NoticeLetter(string Channel, Person To, string Rung, string WorkItem)
{
    public required string TaskNumber { get; init; }

    public required string Subject { get; init; }

    public required string Title { get; init; }

    public required string Team { get; init; }

    public required string Area { get; init; }

    public required Priority Priority { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public DateTimeOffset? Due { get; init; }
}

/// <summary>Tells somebody by a gateway of the configuration: a chat card, an SMS, a call.</summary>
[Effect("notify-gateway")]
public sealed record NotifyByGateway(NoticeLetter Letter);

/// <summary>Tells somebody by electronic mail.</summary>
[Effect("notify-mail")]
public sealed record NotifyByMail(NoticeLetter Letter);

/// <summary>What whoever carries a notice has answered.</summary>
/// <param name="Address">Where it went, with most of it hidden.</param>
public sealed record NoticeAnswer(NoticeState State, string? Address);
