using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Tests.Instances;

public class FactTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-09-14T10:00:00.1234567+08:00", null);
    private static readonly Person Li = new("u-li", "李静");
    private static readonly Person Wang = new("u-wang", "王磊");
    private static readonly Team Grid = new("grid", "网格", TeamKind.CommunityGrid);
    private static readonly Team Tech = new("grid-2", "另一网格", TeamKind.CommunityGrid);
    private static readonly Place Guixi = new("510107064", "桂溪街道", "/5101/gaoxin/510107064/", "高新区");
    private static readonly InstanceId Id = new(Guid.Parse("0199e000-0000-7000-8000-000000000001"));

    /// <summary>One task's life in which every fact happens.</summary>
    private static readonly ImmutableArray<Fact> Life =
    [
        new Fact.InstanceStarted(new("air", 3), Map(("pm25", "182.5")), Map(("level", "null")),
            new("CD-2026-000001", "大源站 PM2.5 “超限”", Guixi, Priority.Urgent)
            {
                Part = new(Id, Id, "CD-2026-000000", 2, PartRole.Lead, Grid, "牵头处置", null, At.AddDays(3), Li) { Assistants = [new(7, "石羊街道", Grid)] },
                DueBy = At.AddDays(9),
                Order = new(Li, "限期整改", Grid, At.AddDays(5), "P7D") { Tasks = [new(Id, "CD-2026-000000")] },
            }),
        new Fact.TokenCreated(1, "loop", null, Map()),
        new Fact.TokenCreated(2, "body", 1, Map(("x", "[1,{\"y\":null}]"))),
        new Fact.TokenStateSet(2, "seen", Json("\"a\\nb\"")),
        new Fact.TokenCountsSet(2, ImmutableDictionary<string, int>.Empty.Add("b:two", 2).Add("a:one", 1)),
        new Fact.CorrelationSet("12345-7"),
        new Fact.NameSet("大源站"),
        new Fact.OutputSet("total", Json("3")),
        new Fact.LineWritten("body", "hello"),
        new Fact.InstanceMigrated(new("air", 4)),
        new Fact.VariableSet(2, "x", Json("2")),
        new Fact.VariableSet(null, "level", Json("\"高\"")),
        new Fact.BookmarkCreated(new(3, 2, "wait", BookmarkKind.Delay, "k", At, At.AddMinutes(1))),
        new Fact.BookmarkRemoved(3),
        new Fact.AlarmJoined(Map(("pm10", "182.5")), AlarmLevel.Raised),
        new Fact.StageEntered(StageName.Response, 1),
        new Fact.EvaluationRecorded(new() { Solved = true, CauseConfirmed = false, SourceCategory = "扬尘", Effect = "182 → 74", EcologicalBenefit = "减少裸土 2 公顷", Satisfaction = 5, Lessons = "围挡" }, Li),
        new Fact.EffectMeasured(new(true, 120, At.AddHours(-4), At, 9, 74.5, 1)),
        new Fact.SampleDrawn(new(true, SampleReason.Ordered, "20%", "2026:0199e000:air:3", "0a1b2c3d")),
        new Fact.TaskAnnotated(Li, "T20 Print report Y"),
        new Fact.TaskEscalated(TeamKind.Inspection),
        new Fact.TaskOrdered(Id, "DB-2026-000001"),
        new Fact.PartHandedDown(new(3, 3, Id, Guixi, Grid, PartRole.Assist, "裸土覆盖", At.AddDays(2)) { Wanted = "覆盖面积", HandedBy = Li }),
        new Fact.PartHeard(3, new(9, Tech, Guixi, new(Wang, Tech, At, "Done", "已覆盖 300 平方米"))),
        new Fact.PartCancelled(3, "重复上报"),
        new Fact.PartAccepted(3),
        new Fact.PartMoved(Tech, Guixi with { AreaCode = "510107066" }),
        new Fact.FeedbackGiven(new(Li, Grid, At, "Explained", "不属实")),
        new Fact.AssistantFedBack(7, new(Wang, Tech, At, "Done", "已配合")),
        new Fact.CoveredTaskEnded(Id),
        new Fact.OrderFedBack(Li, "正在办理"),
        new Fact.FeedbackScheduled(At.AddDays(7), true),
        new Fact.OrderPressed(OrderRung.Urge, null, "urge"),
        new Fact.ItemOffered(Item(4)),
        new Fact.ClockStarted(new(5, ClockScope.Stage, "response", new("4wh", "cn-gov", "rule", true), "v1", At)
        {
            Stage = "Response", WorkItem = 4, Spans = [new(At, null, null)], Due = At.AddHours(4), IsProvisional = true,
            Ledger = [new(At, At.AddHours(4), true, LedgerRule.WorkingTime, "国庆节", "basis", true)],
            Rungs = [new("half", "50%", RungAction.Urge, "holder", At.AddHours(2)), new("late", "+0", RungAction.Escalate, "inspection")],
        }),
        new Fact.ItemClaimed(4, Li),
        new Fact.ItemReleased(4, Li),
        new Fact.ItemClaimed(4, Li),
        new Fact.ItemEvidenceAttached(4, new("e1", EvidenceKind.Photo, "image/jpeg", 1_000_000_000_000, "ab12", "现场.jpg", At, Li, At.AddMinutes(-1), 104.06, 30.57)),
        new Fact.RungFired(5, "half"),
        new Fact.ItemUrged(4),
        new Fact.ClockBreached(5, At.AddHours(4)),
        new Fact.ClockStopped(5, "stage-left", TimeSpan.FromMinutes(61.5)),
        new Fact.ClockResumed(5, new(At.AddHours(9), false, [], ImmutableDictionary<string, DateTimeOffset>.Empty.Add("late", At.AddHours(9)))),
        new Fact.ClockEnded(5, false, TimeSpan.FromHours(5)),
        new Fact.ClockExtended(5, "4wh", "6wh", new(At.AddHours(11), false, [], ImmutableDictionary<string, DateTimeOffset>.Empty)),
        new Fact.TaskPriorityChanged(Priority.Urgent, Priority.Normal, Li, "已缓解"),
        new Fact.ClockRetargeted(5, "6wh", new("4wh", "cn-gov", "rule", true), Li, "已缓解", new(At.AddHours(9), false, [], ImmutableDictionary<string, DateTimeOffset>.Empty)),
        new Fact.BreachAnnulled(5, At.AddHours(4)),
        new Fact.PauseCredited(5, [new(At, At.AddHours(1), "testing") { Pause = new(4, "第四十五条", "李静", "王磊", null) { Evidence = ["e1"] } }, new(At.AddHours(3), null, null)], TimeSpan.FromHours(1), Wang, "属实",
            new(At.AddHours(12), false, [], ImmutableDictionary<string, DateTimeOffset>.Empty)),
        new Fact.ClockStopped(5, "testing", TimeSpan.FromHours(2)) { Until = At.AddHours(6), Pause = new(4, null, "李静", null, "送检") },
        new Fact.ClockHeldUntil(5, At.AddHours(7)),
        new Fact.PauseCapped(5, At.AddHours(6), new(At.AddHours(15), false, [], ImmutableDictionary<string, DateTimeOffset>.Empty)),
        new Fact.ClockRecounted(5, new(new("6wh", "team", "rule", true) { FollowsHands = true }, "v2", [new("cn-gov", "v1", At.AddHours(1))], [new("late", "+0", RungAction.Escalate, "inspection")], 4),
            new(At, ClockChangeReason.CalendarChanged, At.AddHours(11), At.AddHours(12)) { By = "李静", Text = "放假通知", Basis = "team@v2", Approved = new(3, "team", "v2", "u-li", "李静", "放假通知") }, new(At.AddHours(12), true, [], ImmutableDictionary<string, DateTimeOffset>.Empty)),
        new Fact.ItemUrgedBy(4, Li, "请尽快"),
        new Fact.ExtensionAsked(4, 5, Li, "2wh", "设备未到"),
        new Fact.ExtensionDecided(4, true, Wang, null),
        new Fact.ItemCopied(4, 5, Wang, Li),
        new Fact.ItemCommented(4, Wang, "已联系街道"),
        new Fact.ItemMoved(4, WorkItemCommand.Delegate, Li, new(Grid, new WorkItemState.Claimed(Li, At)), new(Grid, new WorkItemState.Delegated(Wang, Li, At)), "先去看看"),
        new Fact.ItemMoved(4, WorkItemCommand.GiveBack, Wang, new(Grid, new WorkItemState.Delegated(Wang, Li, At)), new(Grid, new WorkItemState.Claimed(Li, At)), "看过了"),
        new Fact.ItemMoved(4, WorkItemCommand.Suspend, Li, new(Grid, new WorkItemState.Claimed(Li, At)), new(Grid, new WorkItemState.Suspended(Li, "force-majeure", null, At)), "force-majeure")
        {
            Pause = new("force-majeure", Li, At, "道路中断") { Evidence = ["e1"], Basis = "第一百八十条", Approval = "supervisor", CapsAt = At.AddDays(5), Cap = "5wd", CapClock = 5 },
        },
        new Fact.PauseDecided(4, true, Wang, "属实"),
        new Fact.PauseCapMoved(4, At.AddDays(5), At.AddDays(6), "cn-gov@v2", new(3, "cn-gov", "v2", "u-li", "李静", "放假通知")),
        new Fact.ItemMoved(4, WorkItemCommand.Resume, Li, new(Grid, new WorkItemState.Suspended(Li, "force-majeure", null, At)), new(Grid, new WorkItemState.Claimed(Li, At)), null),
        new Fact.ItemCompleted(4, Li, "Done", Json("{\"finding\":\"扬尘\",\"n\":1.50}")),
        new Fact.ItemOffered(Item(6)),
        new Fact.ItemReassigned(6, 5, "late", new(Grid, WorkItemState.Offered.Instance), new(Grid, WorkItemState.Offered.Instance), new(AssignmentRule.LeastLoaded, AssignmentReason.OnlyOne, 1)),
        new Fact.ItemMoved(6, WorkItemCommand.Decline, Li, new(Grid, WorkItemState.Offered.Instance), new(Tech, WorkItemState.Offered.Instance), "不属本网格") { Proposed = Tech },
        new Fact.ItemMoved(6, WorkItemCommand.Decline, Wang, new(Tech, WorkItemState.Offered.Instance), new(Tech, new WorkItemState.Disputed(Tech, At)), "也不属") { Proposed = Grid },
        new Fact.ItemMoved(6, WorkItemCommand.Rule, Wang, new(Tech, new WorkItemState.Disputed(Tech, At)), new(Grid, WorkItemState.Offered.Instance), "裁定"),
        new Fact.ItemWithdrawn(6),
        new Fact.ItemOffered(Item(7) with { Signing = new(new(SignKind.Percent, 60, "Done")) { Person = Li, AddedBy = Wang, Reason = "涉及两区" }, State = new WorkItemState.Offered(Li) }),
        new Fact.LadderBegun(7, new(At, [new("chat", NoticeTarget.Candidates, ["chat"], At.AddMinutes(1)), new("leader", NoticeTarget.DutyLeader, ["in-app"], At.AddMinutes(2))])),
        new Fact.LadderRungReached(7, "chat", [new(7, "chat", Li) { For = Wang }], "no gateway for pager") { Omitted = 2 },
        new Fact.NoticeMoved(7, 7, NoticeState.Delivered, "138****01", null),
        new Fact.ItemRead(7, Li),
        new Fact.LadderEnded(7, LadderEnd.Acknowledged, Li),
        new Fact.ItemNotNeeded(7),
        new Fact.SignDecided(7, new("Done", 2, 3)),
        new Fact.StageEnded(StageName.Response, StageOutcome.Return, StageName.Initiation, "not-solved"),
        new Fact.TokenFaulted(2, new(7, 2, "body", "no team", At)),
        new Fact.InstanceFaulted(),
        new Fact.EffectRequested(new(8, 2, "sms", Json("{\"to\":\"李静\"}"))),
        new Fact.EffectWithdrawn(8),
        new Fact.IncidentResolved(7, IncidentDecision.Skip, Li, "done by telephone"),
        new Fact.InstanceContinued(),
        new Fact.BurstFailed(new(9, null, "loop", "TimerFired was not applied: a script did not end", At)),
        new Fact.TokenEnded(2, ["Done"]),
        new Fact.TokenEnded(1, null),
        new Fact.NumbersGiven(10),
        new Fact.InstanceEnded(InstanceStatus.Finished),
    ];

    [Fact]
    public void Every_kind_of_fact_changes_the_state()
    {
        var state = new WorkflowInstance(Id, new("air", 3));
        foreach (var fact in Life)
        {
            var draft = new InstanceDraft(state);

            draft.Apply(fact, At);

            var after = draft.ToInstance(At) with { Revision = state.Revision, UpdatedAt = state.UpdatedAt };
            // A line and a note are for whoever reads the journal, and effects lie in the outbox; the state does not keep them.
            if (fact is not (Fact.LineWritten or Fact.EffectWithdrawn or Fact.TaskAnnotated)) InstanceJson.Write(after).ShouldNotBe(InstanceJson.Write(state), fact.GetType().Name);
            state = after;
        }
        Kinds<Fact>().Except(Life.Select(fact => fact.GetType())).ShouldBeEmpty("a new fact belongs into this life");
    }

    [Fact]
    public void Every_kind_of_fact_is_read_as_it_was_written()
    {
        foreach (var fact in Life)
        {
            var text = InstanceJson.Write(fact);

            var read = InstanceJson.Read<Fact>(text);

            read.GetType().ShouldBe(fact.GetType());
            InstanceJson.Write(read).ShouldBe(text);
        }
        InstanceJson.Write(InstanceJson.Read<ImmutableArray<Fact>>(InstanceJson.Write(Life))).ShouldBe(InstanceJson.Write(Life));
    }

    [Fact]
    public void Facts_that_were_stored_fold_to_the_state_that_was_stored()
    {
        var bursts = Life.Chunk(4).Select((facts, index) => (At: At.AddMinutes(index), Facts: facts.AsEnumerable())).ToList();
        var stored = bursts.Select(burst => (burst.At, InstanceJson.Read<ImmutableArray<Fact>>(InstanceJson.Write(burst.Facts)).AsEnumerable()));

        var state = InstanceDraft.Fold(Id, new("air", 3), bursts);

        InstanceJson.Write(InstanceDraft.Fold(Id, new("air", 3), stored)).ShouldBe(InstanceJson.Write(state));
        InstanceJson.Write(InstanceJson.Read<WorkflowInstance>(InstanceJson.Write(state))).ShouldBe(InstanceJson.Write(state));
        (state.Revision, state.LastNumber, state.Status).ShouldBe((bursts.Count, 10, InstanceStatus.Finished));
        (state.WorkItems[0].State as WorkItemState.Done)!.At.ShouldBe(At.AddMinutes(Life.IndexOf(Life.OfType<Fact.ItemCompleted>().Single()) / 4));
    }

    [Fact]
    public void Values_as_deep_as_a_request_may_carry_can_be_stored_and_read()
    {
        var deep = Json(new string('[', 64) + new string(']', 64));

        var state = InstanceDraft.Fold(Id, new("air", 3), [(At, [Life[0], Life[1], new Fact.VariableSet(1, "deep", deep)])]);

        InstanceJson.Read<WorkflowInstance>(InstanceJson.Write(state)).Tokens[0].Variables["deep"].GetRawText().ShouldBe(deep.GetRawText());
    }

    [Fact]
    public void A_fact_about_something_that_is_not_there_is_our_own_bug()
    {
        var draft = new InstanceDraft(new(Id, new("air", 3)));

        Should.Throw<InvariantBrokenException>(() => draft.Apply(new Fact.ItemClaimed(9, Li), At));
    }

    internal static IEnumerable<Type> Kinds<T>() => typeof(T).GetNestedTypes().Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract);

    private static WorkItem Item(int number) => new(number, 2, "verify", StageName.Response, new("grid", "网格", TeamKind.CommunityGrid),
        new("现场核实", null, "verify", ImmutableSortedDictionary<EvidenceKind, int>.Empty.Add(EvidenceKind.Video, 2), ["Done", "FalseAlarm"]), At);

    private static ImmutableDictionary<string, JsonElement> Map(params (string Name, string Value)[] members) =>
        members.ToImmutableDictionary(member => member.Name, member => Json(member.Value));

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
