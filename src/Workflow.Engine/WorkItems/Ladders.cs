using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>Has offered items climb their <see cref="DeliveryLadder"/>.</summary>
internal static class Ladders
{
    /// <summary>After a burst has done its work: what is offered anew begins to climb, what is not offered any more stops.</summary>
    public static void Follow(Burst burst)
    {
        if (burst.Draft.Task is null) return;
        HashSet<int>? offered = null;
        foreach (var fact in burst.Recorded)
            if (OfferedBy(fact) is { } number) (offered ??= []).Add(number);
        // By index: what is recorded replaces the items that it is about.
        for (var index = 0; index < burst.Draft.WorkItems.Count; index++)
        {
            var item = burst.Draft.WorkItems[index];
            var (isNew, isOffered) = (offered?.Contains(item.Number) == true, item.State is WorkItemState.Offered);
            if (item.Ladder is { End: null } ladder && (isNew || !isOffered)) End(burst, item, ladder);
            if (isNew && isOffered) Begin(burst, item);
        }
    }

    /// <summary>The timer of an item's ladder.</summary>
    public static Rejection? Fire(Burst burst, int item)
    {
        var facts = burst.FactCount;
        Climb(burst, item);
        return burst.FactCount == facts ? new(Reason.TimerStale, "a ladder with a rung that is due", $"that of item {item} has none") : null;
    }

    /// <summary>Something was heard of a notice.</summary>
    /// <returns>False when there is no such notice.</returns>
    public static bool Hear(Burst burst, int number, NoticeState state, string? address = null, string? why = null)
    {
        if (FindNotice(burst, number) is not var (item, notice)) return false;
        if (!notice.Learns(state)) return true;
        burst.Record(new Fact.NoticeMoved(item.Number, number, state, address, why));
        if (state == NoticeState.Failed) Climb(burst, item.Number);
        return true;
    }

    public static bool Knows(Burst burst, int notice) => FindNotice(burst, notice) is not null;

    /// <summary>Somebody has opened an item: that counts once each, for those whom it is offered to, and for who is told by name.</summary>
    public static Rejection? Read(Burst burst, Stimulus.WorkItemRead read)
    {
        var by = read.By ?? throw new InvariantBrokenException("an item was read by nobody");
        if (Find(burst, read.Item) is not { } item) return new(Reason.WorkItemUnknown, "a work item of this task", $"number {read.Item}");
        if (item.Ladder is not { End: null } ladder || ladder.Readers.Any(reader => reader.Person.UserId == by.UserId)) return null;
        if (WorkItemRights.IsCandidate(item, by)) burst.Record(new Fact.ItemRead(item.Number, by.Person));
        else
            // Who is told by name alone has read that, and nothing that went to those whom the item is offered to.
            foreach (var notice in ladder.Steps.SelectMany(step => step.Notices).Where(notice => notice.To?.UserId == by.UserId && notice.SentAt is not null && notice.Learns(NoticeState.Read)))
                burst.Record(new Fact.NoticeMoved(item.Number, notice.Number, NoticeState.Read, null, null));
        return null;
    }

    private static int? OfferedBy(Fact fact) => fact switch
    {
        Fact.ItemOffered offered => offered.Item.Number,
        Fact.ItemReleased released => released.Item,
        Fact.ItemMoved { After.State: WorkItemState.Offered } moved => moved.Item,
        _ => null,
    };

    private static void Begin(Burst burst, WorkItem item)
    {
        if (burst.World.Ladders is not { } book || PlanOf(burst, item, book) is not { Rungs.IsEmpty: false } plan) return;
        var calendar = burst.World.Calendars.GetValueOrDefault(plan.Calendar) ?? BusinessCalendar.Continuous;
        var began = burst.Stimulus.At;
        // Who may not know of the item yet has it on their list when the time has come: from then on it climbs.
        var from = NoticePeople.HiddenFromAll(burst, item) ? burst.Draft.Task!.HiddenUntil!.Value : began;
        var due = from;
        var steps = ImmutableArray.CreateBuilder<LadderStep>();
        foreach (var rung in plan.Rungs)
        {
            // No rung comes before the one below it.
            if (rung.After is { } after && SlaTarget.TryParse(after, out var target, out _) && DueTime.Compute(target, calendar, [new(from, null, null)]).At is { } at && at > due) due = at;
            steps.Add(new(rung.Id, rung.To, rung.Channels, due));
        }
        burst.Record(new Fact.LadderBegun(item.Number, new(began, steps.ToImmutable())));
        Climb(burst, item.Number);
    }

    /// <summary>The step's own ladder, else that of the definition, else that of the organisation.</summary>
    private static LadderPlan? PlanOf(Burst burst, WorkItem item, LadderBook book)
    {
        var priority = burst.Draft.Task!.Priority;
        return LadderDeclaration.Of(burst.Definition.Nodes[item.Node])?.GetValueOrDefault(priority)
            ?? LadderDeclaration.Of(burst.Definition.Root)?.GetValueOrDefault(priority) ?? book.Plans.GetValueOrDefault(priority);
    }

    private static void Climb(Burst burst, int number)
    {
        while (Find(burst, number) is { Ladder: { Next: { } next } ladder } item && (next.DueAt <= burst.Stimulus.At || ladder.HasFailed)) Reach(burst, item, next);
    }

    private static void Reach(Burst burst, WorkItem item, LadderStep step)
    {
        var (known, most) = (burst.World.Ladders?.Channels, burst.World.Limits.Notices);
        var (people, nobody) = NoticePeople.Of(burst, item, step.To);
        var notices = ImmutableArray.CreateBuilder<Notice>();
        var missing = new List<string>();
        foreach (var channel in step.Channels)
            if (channel == Channels.InApp && step.To == NoticeTarget.Candidates && item.State is WorkItemState.Offered { To: null }) notices.Add(new(burst.NextNumber(), channel, null) { SentAt = burst.Stimulus.At });
            else if (channel == Channels.InApp) notices.AddRange(people.Take(most).Select(one => new Notice(burst.NextNumber(), channel, one.To) { For = one.For, SentAt = burst.Stimulus.At }));
            else if (known?.Contains(channel) != true) missing.Add(channel);
            else notices.AddRange(people.Take(most).Select(one => new Notice(burst.NextNumber(), channel, one.To) { For = one.For }));
        var failure = nobody ?? (missing.Count > 0 ? $"no gateway for {string.Join(", ", missing)}" : null);
        burst.Record(new Fact.LadderRungReached(item.Number, step.Id, notices.ToImmutable(), failure) { Omitted = Math.Max(0, people.Count - most) });
        foreach (var notice in notices.Where(notice => notice.SentAt is null))
        {
            var letter = Letter(burst, item, step, notice);
            burst.Effects.Request(null, notice.Number, notice.Channel == Channels.Mail ? new NotifyByMail(letter) : new NotifyByGateway(letter));
        }
    }

    private static NoticeLetter Letter(Burst burst, WorkItem item, LadderStep step, Notice notice)
    {
        var task = burst.Draft.Task!;
        return new(notice.Channel, notice.To!, step.Id, new WorkItemId(burst.Draft.Id, item.Number).ToString())
        {
            TaskNumber = task.Number,
            Subject = task.Subject,
            Title = item.Content.Title,
            Team = item.Team.Name,
            Area = task.Place.AreaName,
            Priority = task.Priority,
            OfferedAt = item.Ladder!.BeganAt,
            Due = ClockDesk.Of(burst, item)?.Due,
        };
    }

    private static void End(Burst burst, WorkItem item, DeliveryLadder ladder)
    {
        var by = item.State is WorkItemState.Offered ? null : item.Holder;
        burst.Record(new Fact.LadderEnded(item.Number, by is null ? LadderEnd.Withdrawn : LadderEnd.Acknowledged, by));
        foreach (var notice in ladder.Steps.SelectMany(step => step.Notices))
            if (notice is { SentAt: null, FailedAt: null }) burst.Record(new Fact.EffectWithdrawn(notice.Number));
    }

    private static WorkItem? Find(Burst burst, int number) => burst.Draft.WorkItems.Find(item => item.Number == number);

    private static (WorkItem Item, Notice Notice)? FindNotice(Burst burst, int number)
    {
        foreach (var item in burst.Draft.WorkItems)
            if (item.Ladder?.Steps.SelectMany(step => step.Notices).FirstOrDefault(notice => notice.Number == number) is { } notice) return (item, notice);
        return null;
    }
}
