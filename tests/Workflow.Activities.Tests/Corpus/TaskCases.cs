using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Activities.Tests.Clocks;
using Workflow.Activities.Tests.ClosedLoop;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>Tasks in every state of the closed loop, with their items, clocks and incidents.</summary>
internal static class TaskCases
{
    private const string Rungs = "'rungs': [ { 'id': 'half', 'at': '50%', 'do': 'urge', 'to': 'holder' }, { 'id': 'late', 'at': '+0', 'do': 'escalate', 'to': 'enforcement' } ]";

    private const string Bad = "{ 'id': 'bad', 'type': 'Elsa.SetVariable', 'variable': { 'name': 'n', 'typeName': 'Int32' }, 'value': 'many' }";

    /// <summary>An item with a clock of its own in a stage that goes on with its clock when it is entered again.</summary>
    private static readonly WorkflowDefinition Clocked = TaskDefinition(
        response: Item("verify", "CommunityGrid", "'evidence': { 'photo': 1, 'video': 1, 'document': 1 }, 'sla': { 'target': 'PT72H', 'calendar': '24x7' }")
            + "|'sla': { 'target': '4wh', 'calendar': 'cn-gov', 'basis': '试行办法', 'reentry': 'resume', " + Rungs + " }",
        handling: Flow.Chart("h", "", "handle.Back>back", Item("handle", "Enforcement", "'outcomes': [ 'Done', 'Back' ]"), EndStage("back", "Return", "response")));

    private static readonly WorkflowDefinition Following = TaskDefinition(response: Item("verify", "CommunityGrid") + "|'sla': { 'target': '4wh' }");

    private static readonly PolicyInForce Shorter = new(
        TaskDefinition(response: Item("verify", "CommunityGrid") + "|'sla': { 'target': '2wh', 'calendar': 'cn-gov', " + Rungs + " }", members: "'version': 2, "), new(9, "test", "2", "u-inspection", "赵敏", "提速"), []);

    private static readonly WorkflowDefinition Faulty = TaskDefinition(response: Flow.Chart("r", "f=Fork(L,R) a", "f.L>bad f.R>a", Bad));

    private static readonly WorkflowDefinition Pausing = TaskDefinition(
        response: Item("verify", "CommunityGrid") + "|'sla': { 'target': '4wh', 'calendar': 'cn-gov', 'pauseReasons': ['force-majeure'], " + Rungs + " }");

    private static readonly WorkflowDefinition Days = TaskDefinition(
        response: Item("verify", "CommunityGrid") + "|'sla': { 'target': '90cd', 'calendar': 'cn-gov', 'basis': '行政处罚法', 'dayEnd': 'midnight' }",
        analysis: Item("analyse", "TechGrid") + "|'sla': { 'target': '3wd', 'calendar': 'cn-gov' }");

    /// <summary>As it was when the first of these were stored; what ships has gone on since.</summary>
    private static readonly string AlarmText = CorpusFile.ReadDocument(1, "air-station-alarm");

    private static readonly WorkflowDefinition AirAlarm = Read(AlarmText);

    private static readonly WorkflowDefinition Alarmed = Read(AlarmText.Replace("Workflow.ClosedLoop\",", "Workflow.ClosedLoop\", \"alarms\": { \"value\": \"pm25\", \"raiseAt\": 150, \"clearBelow\": 120 },", StringComparison.Ordinal));

    private static readonly WorkflowDefinition Evaluated = PostEvaluations.Evaluated(
        Flow.Chart("p", "", "draw.Drawn>effect effect.Effective>evaluate effect.NotEffective>evaluate", PostEvaluations.Draw, PostEvaluations.Check, Item("evaluate", "Inspection", "'form': 'evaluate'")),
        $"{PostEvaluations.Alarms}, 'evaluation': {{ 'required': ['solved'], 'sample': '20%', 'salt': 'corpus' }}");

    public static IEnumerable<CorpusCase> All =>
    [
        Alarm("task-response-offered", _ => { }),
        Alarm("task-response-claimed", task => task.Do(task.Claim("verify", Li))),
        Alarm("task-response-released", task => task.Do(task.Claim("verify", Li)).Do(task.Release("verify", Li))),
        Alarm("task-response-evidence", task => task.Do(task.Claim("verify", Li)).Do(task.Attach("verify", Li))),
        Alarm("task-response-evidence-sources", task => Sourced(task.Do(task.Claim("verify", Li)))),
        Alarm("task-response-late", task => task.Until("2026-09-15T18:00+08:00")),
        Alarm("task-analysis", task => Verified(task)),
        Alarm("task-handling", task => Analysed(task)),
        Alarm("task-post-evaluation", task => Handled(task)),
        Alarm("task-handling-again", task => Handled(task).Work("evaluate", Zhao, "Return", "{ 'solved': false, 'note': '仍有扬尘' }")),
        Alarm("task-closed", task => Handled(task).Work("evaluate", Zhao, "Pass", "{ 'solved': true }")),
        Alarm("task-closed-late", task => Handled(task.Until("2026-09-25T18:00+08:00")).Work("evaluate", Zhao, "Pass", "{ 'solved': true }")),
        Alarm("task-closed-out", task => Verified(task, "FalseAlarm")),
        Alarm("task-cancelled", task => task.Do(new Stimulus.Cancelled("重复上报") { At = task.Now, By = Zhao })),
        Alarm("task-burst-failed", task => task.Do(new Stimulus.BurstFailed(nameof(Stimulus.TimerFired), "the script did not end within 1 s") { At = task.Now })),
        new("task-raised-by-a-person-urgent", "air-station-alarm", AirAlarm, task => Raise(task, Guixi)),
        new("task-without-a-team", "air-station-alarm", AirAlarm, task => Raise(task, new("510116", "双流区", "/5101/510116/", "双流区"))),
        Placed("task-place-named", PlaceBasis.AreaCode, Datum.Wgs84),
        Placed("task-place-of-a-subject", PlaceBasis.Subject, Datum.Cgcs2000),
        Placed("task-place-by-outline", PlaceBasis.Outline, Datum.Gcj02),
        Placed("task-place-near-an-outline", PlaceBasis.NearOutline, Datum.Bd09),
        new("task-alarms", "alarmed", Alarmed, task => Storm(task, 160, 130)),
        new("task-alarms-over", "alarmed", Alarmed, task => Storm(task, 160, 130, 110)),
        new("task-effect-measured", "evaluated", Evaluated, task => Watched(task).Readings(TimeSpan.FromHours(1), 110, 90, 130, 100)),
        new("task-repeated", "evaluated", Evaluated, task => Watched(task, null, new(new(Guid.Parse("0199e000-0000-7000-8000-000000000009")), "CD-2026-000001", task.Now.AddDays(-3), 1, RecurrenceAction.Link))),
        new("task-reopened", "evaluated", Evaluated, task => Watched(task, null, new(new(Guid.Parse("0199e000-0000-7000-8000-000000000009")), "CD-2026-000001", task.Now.AddDays(-3), 2, RecurrenceAction.Reopen))),
        new("task-confidential", "evaluated", Evaluated, task => task.Do(new Stimulus.Started(
            task.State.Id, ImmutableDictionary<string, JsonElement>.Empty.Add("pm10", JsonSerializer.SerializeToElement(160)),
            new("CD-2026-000123", "PM10 超限", Guixi, Priority.Normal)
            {
                Origin = TaskOrigin.Complaint, Reporter = new(Guid.Parse("0199e000-0000-7000-8000-00000000000a"), true), HiddenUntil = task.Now.AddDays(2),
            }) { At = task.Now })),
        new("task-origin-order", "evaluated", Evaluated, task => Watched(task, TaskOrigin.Order)),
        new("task-evaluated", "evaluated", Evaluated, task => Watched(task).Readings(TimeSpan.FromHours(1), 110, 90, 80, 70, 60).Work("evaluate", Zhao, values: "{ 'solved': true, 'cause': true, 'source': '扬尘', 'change': 'PM10 160 → 60', 'benefit': '减少裸土', 'satisfied': 5, 'lessons': '早洒水' }")),
        new("task-item-clock", "clocked", Clocked, task => task.Start()),
        new("task-item-evidence", "clocked", Clocked, task => Proved(task.Start())),
        new("task-rungs-fired", "clocked", Clocked, task => task.Start().Until("2026-09-14T18:00+08:00")),
        new("task-clock-stopped", "clocked", Clocked, task => Answered(task)),
        new("task-clock-resumed", "clocked", Clocked, task => { Answered(task); task.Now += TimeSpan.FromHours(2); task.Work("handle", Chen, "Back"); }),
        new("task-clock-provisional", "clocked", Clocked, task => { task.Now = Calendars.At("2031-03-03T10:00+08:00"); task.Start(); }),
        new("task-clock-recounted", "clocked", Clocked, task => Recounted(task.Start())),
        new("task-clock-handed-over", "following", Following, HandedOver),
        new("task-policy-applied", "clocked", Clocked, task => ClockChangeTests.On(task.Start(), Calendars.China, Shorter).Do(new Stimulus.ClocksChanged { At = task.Now.AddMinutes(10), By = Zhao })),
        new("task-breach-annulled", "clocked", Clocked, task => Recounted(task.Start().Until("2026-09-14T18:00+08:00"))),
        new("task-incident", "faulty", Faulty, task => task.Start()),
        new("task-incident-retried", "faulty", Faulty, task => Decide(task.Start(), IncidentDecision.Retry)),
        new("task-incident-skipped", "faulty", Faulty, task => Decide(task.Start(), IncidentDecision.Skip, "Done")),
        new("task-incident-cancelled", "faulty", Faulty, task => Decide(task.Start(), IncidentDecision.Cancel)),
        new("task-item-withdrawn", "withdrawn", TaskDefinition(response: Flow.Chart("r", "f=Fork(L,R) stop", "f.L>x f.R>stop stop>end", Item("x", "TechGrid"), EndStage("end", "CloseOut"))), task => task.Start().Send("stop")),
        .. Commands,
        .. JointSignCases.All,
    ];

    /// <summary>To a team whose clocks never rest.</summary>
    private static void HandedOver(Scenario task)
    {
        task.World = task.World with { Teams = ClockChangeTests.WithOwn("grid-b", BusinessCalendar.Continuous.Id) };
        task.Start().Do(task.Claim("verify", Li));
        task.Now = task.Now.AddHours(1);
        task.Do(task.Transfer("verify", Li, "grid-b"));
    }

    private static void Recounted(Scenario task) =>
        ClockChangeTests.On(task, ClockChangeTests.Changed(("2026-09-14", "holiday"))).Do(new Stimulus.ClocksChanged { At = task.Now, By = Zhao });

    /// <summary>Evidence of every source, with and without what its camera wrote.</summary>
    private static void Sourced(Scenario task)
    {
        foreach (var source in Enum.GetValues<EvidenceSource>())
            task.Do(new Stimulus.EvidenceAttached(task.Item("verify").Number, new($"e-{source}", EvidenceKind.Photo, "image/jpeg", 1, $"{source}", "现场.jpg", task.Now, Li.Person)
            {
                Source = source,
                Exif = source == EvidenceSource.Satellite ? null : new(task.Now.AddMinutes(-5), 104.0668, 30.5728, "Drone 3"),
            }) { At = task.Now, By = Li });
    }

    private static Scenario Watched(Scenario task, TaskOrigin? origin = TaskOrigin.Complaint, EarlierTask? earlier = null) => task.Do(new Stimulus.Started(
        task.State.Id, ImmutableDictionary<string, JsonElement>.Empty.Add("pm10", JsonSerializer.SerializeToElement(160)),
        new("CD-2026-000123", "PM10 超限", Guixi, Priority.Normal) { SubjectKey = "site-1", Origin = origin, Earlier = earlier }) { At = task.Now });

    private static void Storm(Scenario task, params double[] values)
    {
        var inputs = values.Select(value => ImmutableDictionary<string, JsonElement>.Empty.Add("pm25", JsonSerializer.SerializeToElement(value))).ToList();
        task.Do(new Stimulus.Started(task.State.Id, inputs[0], new("CD-2026-000123", "PM2.5 超限", Guixi, Priority.Normal) { SubjectKey = "station-1" }) { At = task.Now });
        foreach (var input in inputs.Skip(1)) task.Do(new Stimulus.AlarmRepeated(input) { At = task.Now += TimeSpan.FromMinutes(5) });
    }

    /// <summary>What people do to an item besides claiming, releasing and completing it.</summary>
    private static IEnumerable<CorpusCase> Commands =>
    [
        Alarm("task-item-declined", task => Declined(task)),
        Alarm("task-item-disputed", task => Disputed(task)),
        Alarm("task-item-ruled", task => Disputed(task).Do(task.Rule("verify", Zhao, "grid-b"))),
        new("task-item-routed-by-a-ruling", "air-station-alarm", AirAlarm, task => task.Start("{ 'pm25': 182.5, 'station': '大源' }")) { Teams = Ruled("air-station-alarm", "verify", "grid-b") },
        Alarm("task-item-transferred", task => task.Do(task.Claim("verify", Li)).Do(task.Transfer("verify", Li, person: Liu)).Do(task.Transfer("verify", Qian, person: Li))),
        Alarm("task-item-delegated", task => task.Do(task.Claim("verify", Li)).Do(task.Delegate("verify", Li, Liu))),
        Alarm("task-item-given-back", task => task.Do(task.Claim("verify", Li)).Do(task.Delegate("verify", Li, Liu)).Do(task.GiveBack("verify", Liu))),
        Alarm("task-item-returned", task => Analysed(task).Do(task.Claim("handle", Chen)).Do(task.Return("handle", Chen, "stage:analysis"))),
        Alarm("task-item-taken-back", task => Analysed(task).Do(task.Withdraw("analyse", Wang))),
        Alarm("task-item-noted", task => task.Do(task.Urge("verify", Qian)).Do(task.Copy("verify", Qian, Wang, Chen)).Do(task.Comment("verify", Wang))),
        new("task-clock-days", "days", Days, task => task.Start().Work("verify", Li)),
        new("task-item-suspended", "pausing", Pausing, task => task.Start().Do(task.Claim("verify", Li)).Do(task.Suspend("verify", Li, "force-majeure"))),
        new("task-item-resumed", "pausing", Pausing, task =>
        {
            task.Start().Do(task.Claim("verify", Li)).Do(task.Suspend("verify", Li, "force-majeure"));
            task.Now += TimeSpan.FromHours(2);
            task.Do(task.Resume("verify", Li));
        }),
        new("task-item-extension-asked", "pausing", Pausing, task => task.Start().Do(task.Claim("verify", Li)).Do(task.AskExtension("verify", Li, "2wh"))),
        new("task-item-extended", "pausing", Pausing, task => task.Start().Do(task.Claim("verify", Li)).Do(task.AskExtension("verify", Li, "2wh")).Do(task.DecideExtension("verify", Qian))),
    ];

    private static CorpusCase Alarm(string name, Action<Scenario> run) => new(name, "air-station-alarm", AirAlarm, task => run(task.Start("{ 'pm25': 182.5, 'station': '大源' }")));

    private static CorpusCase Placed(string name, PlaceBasis by, Datum datum) =>
        new(name, "air-station-alarm", AirAlarm, task => Raise(task, Guixi with { Position = new(104.0668, 30.5728, datum), By = by }, "CD-AQ-0001"));

    private static void Raise(Scenario task, Place place, string? subjectKey = null) => task.Do(new Stimulus.Started(
        task.State.Id, ImmutableDictionary<string, JsonElement>.Empty, new("CD-2026-000007", "群众举报“扬尘”", place, Priority.Urgent) { RaisedBy = Li.Person, SubjectKey = subjectKey }) { At = task.Now, By = Li });

    private static Scenario Declined(Scenario task) => task.Do(task.Decline("verify", Li, "grid-b"));

    private static Scenario Disputed(Scenario task) => Declined(task).Do(task.Decline("verify", Zhou, "grid"));

    private static Scenario Verified(Scenario task, string outcome = "Done") =>
        task.Do(task.Claim("verify", Li)).Do(task.Attach("verify", Li)).Do(task.Complete("verify", Li, outcome, "{ 'finding': '工地扬尘', 'source': '扬尘' }"));

    private static Scenario Analysed(Scenario task) => Verified(task).Work("analyse", Wang, values: "{ 'category': '扬尘', 'conclusion': '工地未覆盖', 'score': 80 }");

    private static Scenario Handled(Scenario task) => Analysed(task).Work("handle", Chen, values: "{ 'measure': '责令覆盖', 'stopped': true }");

    private static Scenario Answered(Scenario task)
    {
        Proved(task.Start());
        task.Now += TimeSpan.FromHours(1);
        return task.Do(task.Complete("verify", Li));
    }

    private static Scenario Proved(Scenario task)
    {
        task.Do(task.Claim("verify", Li)).Do(task.Attach("verify", Li, EvidenceKind.Video, "02")).Do(task.Attach("verify", Li, EvidenceKind.Document, "03"));
        return task.Do(new Stimulus.EvidenceAttached(
            task.Item("verify").Number, new("e-01", EvidenceKind.Photo, "image/jpeg", 4_500_000_000, "01", "现场.jpg", task.Now, Li.Person, task.Now.AddMinutes(-3), 104.0668, 30.5728)) { At = task.Now, By = Li });
    }

    private static void Decide(Scenario task, IncidentDecision decision, string? outcome = null) =>
        task.Do(new Stimulus.IncidentDecided(task.State.Incidents[0].Id, decision, outcome, "电话确认") { At = task.Now, By = Zhao });
}
