using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>Instances that are no tasks: every kind of wait, join, loop, effect, variable, incident and alteration.</summary>
internal static class WorkflowCases
{
    private const string TokenBased = "'customProperties': { 'Flowchart:ExecutionMode': 'TokenBased' },";

    private const string Wait = "{ 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'e' }";

    private const string Bad = "{ 'id': 'bad', 'type': 'Elsa.SetVariable', 'variable': { 'name': 'n', 'typeName': 'Int32' }, 'value': 'many' }";

    private const string Call = "{ 'id': 'h', 'type': 'Elsa.SendHttpRequest', 'url': 'https://api.example/air?站=1', 'method': 'POST', 'content': { 'a': [1] }, 'requestHeaders': { 'X-Site': 's1' } }";

    private const string Variables = """
        'variables': [
          { 'name': 'object', 'typeName': 'Object', 'value': { 'a': [ 1, 1.50, 1e300, true, null, '站“1”' ] } }, { 'name': 'text', 'typeName': 'String', 'value': 'a\\nb' },
          { 'name': 'truth', 'typeName': 'Boolean', 'value': true }, { 'name': 'short', 'typeName': 'Int16', 'value': -7 }, { 'name': 'whole', 'typeName': 'Int32', 'value': 2147483647 },
          { 'name': 'long', 'typeName': 'Int64', 'value': 9007199254740993 }, { 'name': 'real', 'typeName': 'Double', 'value': 0.1 }, { 'name': 'money', 'typeName': 'Decimal', 'value': '12345678901234567890.12' },
          { 'name': 'id', 'typeName': 'Guid', 'value': '0199e000-0000-7000-8000-000000000009' }, { 'name': 'time', 'typeName': 'DateTimeOffset', 'value': '2026-09-14T10:00:00+08:00' },
          { 'name': 'span', 'typeName': 'TimeSpan', 'value': '1.02:03:04' }, { 'name': 'list', 'typeName': 'List<Int32>', 'value': [ 1, 2 ] }, { 'name': 'json', 'typeName': 'JsonObject', 'value': { 'k': 'v' } },
          { 'name': 'nothing', 'typeName': 'Object' } ],
        """;

    private static readonly string Join = Flow.Chart("c", "f=Fork(L,R) a b j=Join(WaitAll) z", "f.L>a f.R>b a>j b>j j>z");

    public static IEnumerable<CorpusCase> All =>
    [
        Of("variables", Wait, Variables),
        Of("variables-of-a-container", $"{{ 'id': 's', 'type': 'Elsa.Sequence', 'variables': [ {{ 'name': 'x', 'typeName': 'Int32', 'value': 3 }} ], 'activities': [ {Set("x", "4")}, {Wait} ] }}"),
        Of("values-set", Flow.Sequence("s", Set("n", "5"), "{ 'id': 'o', 'type': 'Elsa.SetOutput', 'outputName': 'total', 'outputValue': { 'n': 5 } }",
            "{ 'id': 'k', 'type': 'Elsa.Correlate', 'correlationId': '12345-7' }", "{ 'id': 'm', 'type': 'Elsa.SetName', 'value': '大源站' }", "{ 'id': 'w', 'type': 'Elsa.WriteLine', 'text': 'hello' }", Wait),
            "'outputs': [ { 'name': 'total', 'type': 'Object' } ], 'variables': [ { 'name': 'n', 'typeName': 'Int32' } ],"),
        Of("script", Flow.Sequence("s", "{ 'id': 'j', 'type': 'Elsa.RunJavaScript', 'script': 'setVariable(`n`, [1, { a: `x` }])' }", Wait), "'variables': [ { 'name': 'n', 'typeName': 'Object' } ],"),
        Of("event", Wait), Of("event-twice", Flow.Sequence("s", Wait, Wait.Replace("'id': 'e'", "'id': 'g'", StringComparison.Ordinal)), run: run => run.Send("e", "{ 'deep': [ [ 1 ] ] }")),
        Of("delay", Flow.Activity("d=Delay(02:00:00)")), Of("read-line", "{ 'id': 'l', 'type': 'Elsa.ReadLine' }"),
        Of("run-task", "{ 'id': 't', 'type': 'Elsa.RunTask', 'taskName': '复核', 'payload': { 'n': 1 } }"),
        Of("counter-join-half", Join, run: run => run.Send("a")), Of("token-join-half", Join, TokenBased, run => run.Send("a")),
        Of("counter-join-any", Join.Replace("WaitAll", "WaitAny", StringComparison.Ordinal), run: run => run.Send("a")), Of("token-race", Join.Replace("WaitAll", "WaitAny", StringComparison.Ordinal), TokenBased, run => run.Send("a")),
        Of("token-stalled", Flow.Chart("c", "f=Fork(L,R) a=Set d=Decision(false) b=Set j=Join(WaitAll) z", "f.L>a f.R>d d.True>b a>j b>j j>z"), TokenBased),
        Of("counter-circle", Flow.Chart("c", "a b", "a>b b>a"), run: run => run.Send("a").Send("b"), ends: false),
        Of("for-each", $"{{ 'id': 'l', 'type': 'Elsa.ForEach', 'items': [ 'x', 'y' ], 'body': {Wait} }}", run: run => run.Send("e")),
        Of("parallel-for-each", $"{{ 'id': 'l', 'type': 'Elsa.ParallelForEach', 'items': [ 'x', 'y' ], 'body': {Wait} }}"),
        Of("for", $"{{ 'id': 'l', 'type': 'Elsa.For', 'start': 1, 'end': 3, 'body': {Wait} }}", run: run => run.Send("e")),
        Of("while", $"{{ 'id': 'l', 'type': 'Elsa.While', 'condition': true, 'body': {{ 'id': 's', 'type': 'Elsa.Sequence', 'activities': [ {Wait}, {{ 'id': 'x', 'type': 'Elsa.Break' }} ] }} }}"),
        Of("fork-all", $"{{ 'id': 'f', 'type': 'Elsa.Fork', 'joinMode': 'WaitAll', 'branches': [ {Wait}, {Flow.Activity("d=Delay(00:05:00)")} ] }}", run: run => run.Send("e")),
        Of("http-pending", Call), Of("http-failed", Call, run: run => run.Do(new Stimulus.EffectFailed(run.State.LastNumberOfEffect(), "no answer (after 8 attempts)") { At = run.Now })),
        Of("effect-withdrawn", $"{{ 'id': 'f', 'type': 'Elsa.Fork', 'joinMode': 'WaitAny', 'branches': [ {Call}, {Wait} ] }}", run: run => run.Send("e")),
        Of("child-pending", "{ 'id': 'x', 'type': 'Elsa.ExecuteWorkflow', 'workflowDefinitionId': 'other', 'waitForCompletion': true, 'correlationId': 'k', 'input': { 'a': 1 } }"),
        Of("children-pending", "{ 'id': 'x', 'type': 'Elsa.BulkDispatchWorkflows', 'workflowDefinitionId': 'other', 'items': [ 1, { 'b': 2 } ], 'waitForCompletion': true }"),
        Of("child-of-a-parent", Wait, start: run => new Stimulus.Started(run.State.Id, ImmutableDictionary<string, JsonElement>.Empty, null)
            { At = run.Now, Parent = new(Parent, 3, 2), CorrelationId = "k", Generation = 2, By = Wang }),
        Of("child-that-ended", Wait, run: run => run.Send("e"), start: run => new Stimulus.Started(run.State.Id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = run.Now, Parent = new(Parent, 3) }),
        Of("started-by-event", "{ 'id': 's', 'type': 'Elsa.Sequence', 'activities': [ { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'e', 'canStartWorkflow': true }, { 'id': 'g', 'type': 'Elsa.Event', 'eventName': 'g' } ] }",
            start: run => new Stimulus.Started(run.State.Id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = run.Now, Trigger = new("e", Json("{ 'pm25': 80 }")) }),
        Of("event-published", Flow.Sequence("s", "{ 'id': 'p', 'type': 'Elsa.PublishEvent', 'eventName': 'other', 'correlationId': 'k', 'payload': { 'n': 1 } }", Wait)),
        Of("number-given-last", "{ 'id': 'n', 'type': 'Test.TellsAnId' }", run: run => run.Send("first")),
        Of("faulted", Flow.Chart("body", "f=Fork(L,R) a", "f.L>bad f.R>a", Bad)),
        Of("continued", Flow.Chart("body", "f=Fork(L,R) a", "f.L>bad f.R>a", Bad), run: run => Decide(run, IncidentDecision.Skip)),
        Of("faulted-again", Bad, run: run => Decide(run, IncidentDecision.Retry)),
        Of("burst-failed", Wait, run: run => run.Do(new Stimulus.BurstFailed(nameof(Stimulus.EventReceived), "the script did not end within 1 s") { At = run.Now, By = Wang })),
        Of("cancelled", Wait, run: run => run.Do(new Stimulus.Cancelled("not needed") { At = run.Now, By = Wang })),
        Of("finished", Wait, run: run => run.Send("e")),
        Of("altered", Flow.Chart("c", "a b", "a>b"), "'variables': [ { 'name': 'n', 'typeName': 'Int32' } ],", run => run.Do(new Stimulus.Altered(
            [new Alteration.ModifyVariable("n", Json("5")), new Alteration.ScheduleActivity("b"), new Alteration.CancelActivity("a")], "corrected") { At = run.Now, By = Wang })),
        Detached(), Migrated(),
    ];

    private static InstanceId Parent => new(Guid.Parse("0199e000-0000-7000-8000-0000000000aa"));

    /// <summary>What was queued under a container that completes runs on, and nobody hears of its end.</summary>
    private static CorpusCase Detached() => Of("detached", $"{{ 'id': 'f', 'type': 'Elsa.Fork', 'joinMode': 'WaitAny', 'branches': [ {Set("x", "1")}, {Wait} ] }}", "'variables': [ { 'name': 'x' } ],");

    private static CorpusCase Migrated() => Of("migrated", Wait, "'version': 2,", run => run.Do(new Stimulus.Altered([new Alteration.Migrate(2)], "corrected") { At = run.Now, By = Wang }))
        with { Started = OwnActivities.Read(Wait, "") };

    /// <param name="ends">False for what goes round for ever.</param>
    private static CorpusCase Of(string name, string root, string members = "", Action<Scenario>? run = null, Func<Scenario, Stimulus>? start = null, bool ends = true) =>
        new(name, name, OwnActivities.Read(root, members), scenario =>
        {
            scenario.Do(start?.Invoke(scenario) ?? new Stimulus.Started(scenario.State.Id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = scenario.Now });
            run?.Invoke(scenario);
        }) { Ends = ends };

    private static void Decide(Scenario run, IncidentDecision decision) =>
        run.Do(new Stimulus.IncidentDecided(run.State.Incidents[0].Id, decision, null, "seen to") { At = run.Now, By = Wang });

    private static string Set(string variable, string value) => $"{{ 'id': 'set-{variable}', 'type': 'Elsa.SetVariable', 'variable': {{ 'name': '{variable}' }}, 'value': {value} }}";

    private static int LastNumberOfEffect(this WorkflowInstance state) => int.Parse(state.Bookmarks.Single(wait => wait.Kind == BookmarkKind.Effect).Key, null);
}
