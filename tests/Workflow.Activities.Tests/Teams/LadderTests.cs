using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Teams;

/// <summary>An offered item climbs its ladder until a human claims it.</summary>
public class LadderTests
{
    private static readonly WorkflowDefinition Two = TaskDefinition(response: Item("look", "CommunityGrid"), handling: Item("fine", "Enforcement"));

    [Fact]
    public void Rungs_are_reached_at_their_times_and_each_tells_whom_it_names()
    {
        var task = Begin().Until("2026-09-14T10:20+08:00");

        // 周洋 is left out: a rung tells one here. Who leads is away.
        task.Reached("look").ShouldBe("inbox 10:00 in-app→all; chat 10:01 chat→李静; mail 10:03 mail→李静; next 10:10 in-app→刘芳; leader 10:15 in-app→赵敏,chat→赵敏");
        var steps = task.Ladder("look").Steps;
        (steps[1].Failure, steps[1].Omitted, steps[4].Notices[0].For!.Name).ShouldBe(("no gateway for pager", 1, "钱进"));
        task.Ladder("look").UnansweredSince.ShouldBe(Calendars.At("2026-09-14T10:15+08:00"));
        task.NextTimer.ShouldBeNull();
        Letters(task).Select(letter => letter.To.Name).ShouldBe(["李静", "李静", "赵敏"]);
    }

    [Fact]
    public void A_claim_ends_it_and_takes_back_what_is_not_sent()
    {
        var task = Begin().Until("2026-09-14T10:03+08:00");
        task.Do(new Stimulus.EffectCompleted(task.Notice("look", "chat").Number, Json("{ 'state': 'sent', 'address': '138****01' }")) { At = task.Now });
        var mail = task.Notice("look", "mail").Number;

        task.Do(task.Claim("look", Li));

        var ladder = task.Ladder("look");
        (ladder.End, ladder.AcknowledgedBy!.Name, ladder.Next, ladder.UnansweredSince).ShouldBe((LadderEnd.Acknowledged, "李静", null, null));
        (task.Notice("look", "chat").AcknowledgedAt, task.Notice("look", "inbox").AcknowledgedAt, task.Notice("look", "mail").AcknowledgedAt).ShouldBe((task.Now, task.Now, null));
        task.Facts.OfType<Fact.EffectWithdrawn>().Select(withdrawn => withdrawn.Effect).ShouldBe([mail]);
        task.Until("2026-09-14T12:00+08:00").NextTimer.ShouldBeNull();
    }

    [Fact]
    public void What_has_failed_for_good_does_not_keep_the_next_rung_waiting()
    {
        var task = Begin().Until("2026-09-14T10:01+08:00");

        task.Do(new Stimulus.EffectFailed(task.Notice("look", "chat").Number, "李静: expected a contact 'chat', found none") { At = task.Now });
        task.Do(new Stimulus.EffectFailed(task.Notice("look", "mail").Number, "channel 'mail': gone") { At = task.Now });

        task.Reached("look").ShouldBe("inbox 10:00 in-app→all; chat 10:01 chat→李静; mail 10:01 mail→李静; next 10:01 in-app→刘芳");
        task.Notice("look", "chat").Failure.ShouldBe("李静: expected a contact 'chat', found none");
        task.Ladder("look").Next!.Id.ShouldBe("leader");
    }

    [Fact]
    public void A_gateway_is_believed_no_further_than_that_only_a_claim_ends_the_ladder()
    {
        var task = Begin().Until("2026-09-14T10:01+08:00");
        var chat = task.Notice("look", "chat").Number;
        Stimulus Heard(NoticeState state) => new Stimulus.NoticeHeard(chat, state, null) { At = task.Now };

        // The receipt is here before the answer, comes twice, and a failure after it says nothing any more.
        task.Do(Heard(NoticeState.Read)).Do(Heard(NoticeState.Read));
        task.Facts.ShouldBeEmpty();
        task.Do(new Stimulus.EffectCompleted(chat, Json("{ 'state': 'delivered' }")) { At = task.Now }).Do(Heard(NoticeState.Failed));
        task.Facts.ShouldBeEmpty();
        task.Until("2026-09-14T10:15+08:00");

        var notice = task.Notice("look", "chat");
        (notice.SentAt is not null, notice.DeliveredAt is not null, notice.ReadAt is not null, notice.FailedAt, notice.AcknowledgedAt).ShouldBe((true, true, true, null, null));
        task.Item("look").FirstDeliveredAt.ShouldBe(Calendars.At("2026-09-14T10:01+08:00"));
        task.Ladder("look").UnansweredSince.ShouldNotBeNull();
    }

    [Fact]
    public void An_offer_to_others_begins_a_new_ladder_and_a_return_of_the_item_too()
    {
        var task = Begin().Until("2026-09-14T10:12+08:00");
        task.Do(task.Transfer("look", Qian, "grid-b"));
        task.Facts.OfType<Fact.LadderEnded>().ShouldHaveSingleItem().End.ShouldBe(LadderEnd.Withdrawn);
        task.Reached("look").ShouldBe("inbox 10:12 in-app→all");
        // Nobody is known of that team, nobody comes on duty there, and nobody leads at the place: all that is left is reached at once, and has failed.
        task.Until("2026-09-14T10:13+08:00");
        task.Ladder("look").Steps.Select(step => step.HasFailed).ShouldBe([false, true, true, true, true]);

        task.Do(task.Claim("look", Zhou)).Do(task.Release("look", Zhou));

        task.Reached("look").ShouldBe("inbox 10:13 in-app→all");
    }

    [Fact]
    public void After_downtime_what_was_missed_is_reached_at_once_in_order_and_once()
    {
        var task = Begin();
        var timer = task.NextTimer!.Value.Key;
        task.Now = Calendars.At("2026-09-14T10:30+08:00");

        task.Do(task.Timer(timer));

        task.Ladder("look").Steps.Select(step => step.ReachedAt).ShouldAllBe(at => at != null);
        task.Facts.OfType<Fact.LadderRungReached>().Select(reached => reached.Rung).ShouldBe(["chat", "mail", "next", "leader"]);
        task.Refused(task.Timer(timer)).Reason.ShouldBe(Reason.TimerStale);
    }

    [Fact]
    public void Who_opens_it_has_read_what_they_were_told_once_and_nobody_else_counts()
    {
        var task = Begin().Until("2026-09-14T10:02+08:00");
        var item = task.Item("look").Number;

        task.Do(new Stimulus.WorkItemRead(item) { At = task.Now, By = Chen }).Facts.ShouldBeEmpty();
        task.Do(new Stimulus.WorkItemRead(item) { At = task.Now, By = Li }).Do(new Stimulus.WorkItemRead(item) { At = task.Now, By = Li });

        task.Facts.ShouldBeEmpty();
        task.Ladder("look").Readers.ShouldHaveSingleItem().Person.ShouldBe(Li.Person);
        task.Notice("look", "inbox").ReadAt.ShouldBe(task.Now);
    }

    [Fact]
    public void Who_leads_and_opens_it_has_read_what_they_were_told_by_name_and_not_what_all_candidates_were()
    {
        var task = Begin().Until("2026-09-14T10:15+08:00");
        var opens = new Stimulus.WorkItemRead(task.Item("look").Number) { At = task.Now, By = Zhao };

        task.Do(opens);

        var (all, named) = (task.Notice("look", "inbox"), task.Notice("look", "leader"));
        (all.DeliveredAt, all.ReadAt, named.DeliveredAt, named.ReadAt).ShouldBe((null, null, task.Now, task.Now));
        task.Do(opens).Facts.ShouldBeEmpty();
    }

    [Fact]
    public void A_definition_has_its_own_ladder_and_one_without_rungs_tells_nobody()
    {
        const string Own = "'ladder': { 'normal': { 'rungs': [ { 'id': 'leader', 'to': 'dutyLeader', 'channels': [ 'in-app' ] } ] } }";
        var definition = TaskDefinition(response: Item("look", "CommunityGrid", Own), handling: Item("fine", "Enforcement", "'ladder': { 'normal': { 'rungs': [] } }"));
        var task = new Scenario(definition) { World = Told.World };

        task.Start().Reached("look").ShouldBe("leader 10:00 in-app→赵敏");
        task.Work("look", Li).Item("fine").Ladder.ShouldBeNull();
    }

    [Fact]
    public void Nobody_of_the_area_is_told_of_an_inspection_before_it_is_due_and_all_are_from_then_on()
    {
        var task = Hidden(Two, "2026-09-14T12:00+08:00");

        // Offered to the grid of the very area: what it has on its list when the time has come is told from then on.
        task.Until("2026-09-14T11:59+08:00").Reached("look").ShouldBe("");
        Letters(task).ShouldBeEmpty();
        task.Until("2026-09-14T12:15+08:00").Reached("look").ShouldBe("inbox 12:00 in-app→all; chat 12:01 chat→李静; mail 12:03 mail→李静; next 12:10 in-app→刘芳; leader 12:15 in-app→赵敏,chat→赵敏");
    }

    [Fact]
    public void What_inspection_is_offered_meanwhile_is_told_to_those_alone_who_inspect()
    {
        var own = "'ladder': { 'normal': { 'rungs': [ { 'id': 'all', 'channels': [ 'chat' ] }, { 'id': 'leader', 'after': 'PT5M', 'to': 'dutyLeader', 'channels': [ 'in-app', 'chat' ] } ] } }";
        var task = Hidden(TaskDefinition(response: Item("look", "Inspection", own), handling: Item("fine", "Enforcement")), "2026-09-15T12:00+08:00", Told.Inspecting);

        task.Until("2026-09-14T10:05+08:00");

        // 周洋 would be told too, and is of the area.
        task.Reached("look").ShouldBe("all 10:00 chat→赵敏; leader 10:05 in-app→赵敏,chat→赵敏");
        Letters(task).Select(letter => letter.To.Name).Distinct().ShouldBe(["赵敏"]);
    }

    [Theory]
    [InlineData("{ 'high': {} }", "/ladder/high")]
    [InlineData("{ 'normal': { 'calendar': 'moon', 'rungs': [] } }", "/ladder/normal/calendar")]
    [InlineData("{ 'normal': { 'rungs': [ { 'id': 'A b', 'channels': [ 'in-app' ] } ] } }", "/ladder/normal/rungs/0/id")]
    [InlineData("{ 'normal': { 'rungs': [ { 'id': 'a', 'channels': [] } ] } }", "/ladder/normal/rungs/0/channels")]
    [InlineData("{ 'normal': { 'rungs': [ { 'id': 'a', 'after': 'soon', 'channels': [ 'sms' ] } ] } }", "/ladder/normal/rungs/0/after")]
    [InlineData("{ 'normal': { 'rungs': [ { 'id': 'a', 'to': 'mayor', 'channels': [ 'sms' ] } ] } }", "/ladder/normal/rungs/0/to")]
    [InlineData("{ 'normal': { 'rungs': [ { 'id': 'a', 'phone': '1', 'channels': [ 'sms' ] } ] } }", "/ladder/normal/rungs/0/phone")]
    public void A_ladder_with_a_mistake_is_refused_and_the_place_is_named(string ladder, string pointer)
    {
        var problems = new ProblemList();

        LadderDeclaration.Read(Json(ladder), "/ladder", new HashSet<string> { "24x7" }, problems);

        problems.All.ShouldHaveSingleItem().Pointer.ShouldBe(pointer);
    }

    private static Scenario Begin() => new Scenario(Two) { World = Told.World }.Start();

    /// <summary>A task that is hidden from its area until a time.</summary>
    private static Scenario Hidden(WorkflowDefinition definition, string until, TeamDirectory? teams = null)
    {
        var task = new Scenario(definition) { World = teams is null ? Told.World : Told.World with { Teams = teams, Limits = new() { Notices = 5 } } };
        return task.Do(new Stimulus.Started(task.State.Id, ImmutableDictionary<string, JsonElement>.Empty, new("CD-2026-000001", "专项检查", Guixi, Priority.Normal) { HiddenUntil = Calendars.At(until) }) { At = task.Now });
    }

    private static IEnumerable<NoticeLetter> Letters(Scenario task) => task.Journal.OfType<Fact.EffectRequested>().Select(asked => asked.Effect)
        .Where(effect => effect.Kind.StartsWith("notify-", StringComparison.Ordinal)).Select(effect => effect.Read<NotifyByGateway>().Letter);
}
