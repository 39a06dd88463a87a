using System.Diagnostics;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>What the facts about a delivery ladder change in its item.</summary>
internal static class LadderFacts
{
    public static int? ItemOf(Fact fact) => fact switch
    {
        Fact.LadderBegun begun => begun.Item,
        Fact.LadderRungReached reached => reached.Item,
        Fact.NoticeMoved moved => moved.Item,
        Fact.ItemRead read => read.Item,
        Fact.LadderEnded ended => ended.Item,
        _ => null,
    };

    public static WorkItem Apply(WorkItem item, Fact fact, DateTimeOffset at)
    {
        if (fact is Fact.LadderBegun begun) return item with { Ladder = begun.Ladder };
        var ladder = item.Ladder ?? throw new InvariantBrokenException("a fact about a ladder that is not there");
        return fact switch
        {
            Fact.LadderRungReached reached => item with { Ladder = Reach(ladder, reached, at) },
            Fact.NoticeMoved moved => Delivered(item, moved.State, at) with { Ladder = ladder.WithNotices(notice => notice.Number == moved.Notice ? Move(notice, moved, at) : notice) },
            Fact.ItemRead read => Delivered(item, NoticeState.Read, at) with { Ladder = Read(ladder, read.By, at) },
            Fact.LadderEnded ended => item with { Ladder = End(ladder, ended, at) },
            _ => throw new UnreachableException(fact.GetType().Name),
        };
    }

    private static DeliveryLadder Reach(DeliveryLadder ladder, Fact.LadderRungReached reached, DateTimeOffset at) => ladder with
    {
        Steps = [.. ladder.Steps.Select(step => step.Id != reached.Rung ? step : step with { ReachedAt = at, Notices = reached.Notices, Failure = reached.Failure, Omitted = reached.Omitted })],
    };

    /// <summary>What has arrived was sent, and what was read has arrived, also where nobody said so.</summary>
    private static Notice Move(Notice notice, Fact.NoticeMoved moved, DateTimeOffset at)
    {
        if (moved.State == NoticeState.Failed) return notice with { FailedAt = at, Failure = moved.Why, Address = moved.Address ?? notice.Address };
        notice = notice with { SentAt = notice.SentAt ?? at, Address = moved.Address ?? notice.Address };
        if (moved.State is NoticeState.Delivered or NoticeState.Read) notice = notice with { DeliveredAt = notice.DeliveredAt ?? at };
        return moved.State == NoticeState.Read ? notice with { ReadAt = notice.ReadAt ?? at } : notice;
    }

    private static DeliveryLadder Read(DeliveryLadder ladder, Person by, DateTimeOffset at) => ladder.WithNotices(notice => notice.SentAt is not null && IsFor(notice, by)
        ? notice with { DeliveredAt = notice.DeliveredAt ?? at, ReadAt = notice.ReadAt ?? at }
        : notice) with { Readers = ladder.Readers.Add(new(by, at)) };

    private static DeliveryLadder End(DeliveryLadder ladder, Fact.LadderEnded ended, DateTimeOffset at) =>
        (ended.By is { } by ? ladder.WithNotices(notice => notice.SentAt is not null && IsFor(notice, by) ? notice with { AcknowledgedAt = at } : notice) : ladder) with
        {
            End = ended.End, EndedAt = at, AcknowledgedBy = ended.By,
        };

    private static bool IsFor(Notice notice, Person person) => notice.To is null || notice.To.UserId == person.UserId;

    private static WorkItem Delivered(WorkItem item, NoticeState state, DateTimeOffset at) =>
        state is NoticeState.Delivered or NoticeState.Read ? item with { FirstDeliveredAt = item.FirstDeliveredAt ?? at } : item;
}
