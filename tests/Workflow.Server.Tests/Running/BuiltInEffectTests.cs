using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Tests.Running;

/// <summary>Instances that start one another, tell one another of their end, and hear one another's events.</summary>
[Collection(Stores.Collection)]
public class BuiltInEffectTests(Stores stores)
{
    private static readonly Actor By = new("u", "U", []);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_parent_starts_a_child_and_goes_on_with_its_output(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Parent("waitForCompletion: true", "{ 'known': 4, 'unknown': 5 }"), """
            { "definitionId": "child", "inputs": [ { "name": "known", "type": "Int32" } ], "outputs": [ { "name": "answer", "type": "Int32" } ],
              "root": { "id": "o", "type": "Elsa.SetOutput", "outputName": "answer", "outputValue": { "typeName": "Object", "expression": { "type": "Input", "value": "known" } } } }
            """);
        var id = await engine.BeginAsync("parent");

        await engine.DeliverAsync();

        var child = (await engine.OfAsync("child")).ShouldHaveSingleItem();
        (child.Status, child.CorrelationId, child.Input.Keys.ShouldHaveSingleItem()).ShouldBe((InstanceStatus.Finished, "c-1", "known"));
        var parent = await engine.ReadAsync(id);
        parent.Status.ShouldBe(InstanceStatus.Finished);
        parent.Variables["r"].GetProperty("output").GetRawText().ShouldBe("""{"answer":4}""");
        (await engine.OutboxAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_child_is_started_once_however_often_its_effect_is_done(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Parent("waitForCompletion: true"), """{ "definitionId": "child", "root": { "id": "e", "type": "Elsa.Event", "eventName": "go" } }""");
        await engine.BeginAsync("parent");
        var row = (await engine.OutboxAsync()).Single();
        await engine.DeliverAsync();

        // As after a crash between the start of the child and the end of the effect.
        await using (var db = engine.Open())
        {
            db.Add(row with { Attempts = 1 });
            await db.SaveChangesAsync();
        }
        await engine.RestartAsync();
        await engine.DeliverAsync();

        (await engine.OfAsync("child")).ShouldHaveSingleItem().Revision.ShouldBe(1);
        (await engine.OutboxAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "definitionId": "other", "root": { "id": "e", "type": "Elsa.Event", "eventName": "go" } }""", "expected a published workflow 'child', found none")]
    [InlineData("""{ "definitionId": "child", "inputs": [ { "name": "n", "type": "Int32", "isRequired": true } ], "root": { "id": "e", "type": "Elsa.Event", "eventName": "go" } }""",
        "workflow 'child' was not started: /inputs/n: expected a value of type Int32, found nothing")]
    public async Task A_child_that_cannot_be_started_is_an_incident_that_says_why(string child, string why)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(nameof(DatabaseProvider.Sqlite)), Parent("waitForCompletion: true"), child);
        var id = await engine.BeginAsync("parent");

        await engine.DeliverAsync();

        (await engine.ReadAsync(id)).Incidents.ShouldHaveSingleItem().Message.ShouldBe(why);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_parent_that_has_ended_hears_nothing_and_the_effect_is_done(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Parent("waitForCompletion: true"), """{ "definitionId": "child", "root": { "id": "e", "type": "Elsa.Event", "eventName": "go" } }""");
        var id = await engine.BeginAsync("parent");
        await engine.DeliverAsync();
        await engine.ApplyAsync(id, new Stimulus.Cancelled("no more need") { At = engine.Time.Now, By = By });

        await engine.ApplyAsync((await engine.OfAsync("child"))[0].Id, new Stimulus.EventReceived("go", null) { At = engine.Time.Now });
        await engine.DeliverAsync();

        (await engine.OutboxAsync()).ShouldBeEmpty();
        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Cancelled);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_event_reaches_those_who_wait_for_it_and_starts_what_begins_with_it_once(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), 
            """{ "definitionId": "teller", "root": { "id": "p", "type": "Elsa.PublishEvent", "eventName": "smoke", "correlationId": "site-1", "payload": { "pm": 3 } } }""",
            """{ "definitionId": "hearer", "root": { "id": "e", "type": "Elsa.Event", "eventName": "smoke" } }""",
            """{ "definitionId": "begun", "version": 1, "root": { "id": "e", "type": "Elsa.Event", "eventName": "smoke", "canStartWorkflow": true } }""",
            """
            { "definitionId": "begun", "version": 2, "variables": [ { "id": "v", "name": "seen", "typeName": "Object" } ], "root": { "id": "f", "type": "Elsa.Flowchart", "activities": [
                { "id": "early", "type": "Elsa.WriteLine", "text": "never" },
                { "id": "e", "type": "Elsa.Event", "eventName": "smoke", "canStartWorkflow": true, "result": { "typeName": "Object", "memoryReference": { "id": "v" } } },
                { "id": "w", "type": "Elsa.Event", "eventName": "wind" } ],
              "connections": [ { "source": { "activity": "e", "port": "Done" }, "target": { "activity": "w" } } ] } }
            """);
        var here = await engine.BeginAsync("hearer", "site-1");
        var there = await engine.BeginAsync("hearer", "site-2");
        var teller = await engine.BeginAsync("teller");
        var effect = (await engine.OutboxAsync()).Single();

        await engine.DeliverAsync();
        await engine.PublishEventAsync(new("smoke", "site-1", null, null), new(teller, effect.Number));

        (await engine.ReadAsync(here)).Status.ShouldBe(InstanceStatus.Finished);
        (await engine.ReadAsync(there)).Status.ShouldBe(InstanceStatus.Running);
        var begun = (await engine.OfAsync("begun")).ShouldHaveSingleItem();
        (begun.Definition.Version, begun.CorrelationId, begun.Variables["seen"].GetRawText()).ShouldBe((2, "site-1", """{"pm":3}"""));
        begun.Bookmarks.ShouldHaveSingleItem().Node.ShouldBe("w");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_event_that_is_told_again_is_heard_once_even_by_one_that_waits_for_it_again(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), """
            { "definitionId": "twice", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
                { "id": "a", "type": "Elsa.Event", "eventName": "tick" }, { "id": "b", "type": "Elsa.Event", "eventName": "tick" } ] } }
            """);
        var id = await engine.BeginAsync("twice");
        var told = new EffectId(new(Guid.Parse("0199e000-0000-7000-8000-000000000001")), 1);

        var first = await engine.PublishEventAsync(new("tick", null, null, null), told);
        await engine.PublishEventAsync(new("tick", null, null, null), told);

        first.Resumed.ShouldBe([id]);
        (await engine.ReadAsync(id)).Bookmarks.ShouldHaveSingleItem().Node.ShouldBe("b");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_local_event_stays_in_its_instance(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), 
            """
            { "definitionId": "local", "root": { "id": "p", "type": "Elsa.Parallel", "activities": [
                { "id": "e", "type": "Elsa.Event", "eventName": "own" }, { "id": "t", "type": "Elsa.PublishEvent", "eventName": "own", "isLocalEvent": true } ] } }
            """,
            """{ "definitionId": "hearer", "root": { "id": "e", "type": "Elsa.Event", "eventName": "own", "canStartWorkflow": true } }""");
        var other = await engine.BeginAsync("hearer");
        var id = await engine.BeginAsync("local");

        await engine.DeliverAsync();

        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Finished);
        (await engine.ReadAsync(other)).Status.ShouldBe(InstanceStatus.Running);
        (await engine.OfAsync("hearer")).Count.ShouldBe(1);
    }

    private static string Parent(string wait, string input = "{}") => $$"""
        { 'definitionId': 'parent', 'variables': [ { 'id': 'v', 'name': 'r', 'typeName': 'Object' } ],
          'root': { 'id': 'x', 'type': 'Elsa.ExecuteWorkflow', 'workflowDefinitionId': 'child', 'correlationId': 'c-1', 'input': {{input}}, '{{wait.Replace(":", "':", StringComparison.Ordinal)}},
                    'result': { 'typeName': 'Object', 'memoryReference': { 'id': 'v' } } } }
        """;
}

/// <summary>A burst that breaks off, and an instance that is stopped.</summary>
[Collection(Stores.Collection)]
public class StoppedInstanceTests(Stores stores)
{
    private static readonly Actor By = new("u", "U", []);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_burst_that_breaks_off_leaves_nothing_but_an_incident_and_the_instance_goes_on_when_a_person_says_so(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), """{ "definitionId": "hard", "root": { "id": "h", "type": "Test.HardStop" } }""");
        var id = await engine.BeginAsync("hard");
        var beside = await engine.BeginAsync("hard");
        var go = new Stimulus.EventReceived("go", null) { At = engine.Time.Now };

        var attempts = new[] { engine.SubmitAsync(id, go), engine.SubmitAsync(beside, new Stimulus.EventReceived("go", System.Text.Json.JsonElement.Parse("1")) { At = engine.Time.Now }) };
        await Should.ThrowAsync<Engine.Expressions.HardStopException>(() => attempts[0]);
        await attempts[1];
        var stopped = await engine.ReadAsync(id);
        var refused = await engine.SubmitAsync(id, go);

        stopped.Status.ShouldBe(InstanceStatus.Faulted);
        stopped.Bookmarks.Length.ShouldBe(1);
        stopped.Incidents.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            incident => incident.Token.ShouldBeNull(), incident => incident.Message.ShouldBe("EventReceived was not applied: the script did not end within 1 s"));
        refused.Refusal!.Reason.ShouldBe(Reason.InstanceFaulted);
        (await engine.ReadAsync(beside)).Status.ShouldBe(InstanceStatus.Finished);

        await engine.ApplyAsync(id, new Stimulus.IncidentDecided(stopped.Incidents[0].Id, IncidentDecision.Retry, null, "the machine was busy") { At = engine.Time.Now, By = By });
        await engine.ApplyAsync(id, new Stimulus.EventReceived("go", System.Text.Json.JsonElement.Parse("1")) { At = engine.Time.Now });
        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Finished);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_stopped_instance_has_no_timers_and_gets_them_back(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), """
            { "definitionId": "late", "root": { "id": "p", "type": "Elsa.Parallel", "activities": [
                { "id": "d", "type": "Elsa.Delay", "timeSpan": "00:10:00" }, { "id": "bad", "type": "Elsa.Fault", "message": "broken" } ] } }
            """);
        var id = await engine.BeginAsync("late");
        await using var db = engine.Open();
        var before = await db.Timers.CountAsync();
        var open = await db.Incidents.AsNoTracking().SingleAsync();

        await engine.ApplyAsync(id, new Stimulus.IncidentDecided(open.Number, IncidentDecision.Skip, null, null) { At = engine.Time.Now, By = By });

        (before, open.IsOpen, await db.Timers.CountAsync(), (await db.Incidents.AsNoTracking().SingleAsync()).IsOpen).ShouldBe((0, true, 1, false));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_stopped_instance_whose_failed_activity_is_cancelled_goes_on(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), """
            { "definitionId": "late", "root": { "id": "p", "type": "Elsa.Parallel", "activities": [
                { "id": "e", "type": "Elsa.Event", "eventName": "go" }, { "id": "bad", "type": "Elsa.Fault", "message": "broken" } ] } }
            """);
        var id = await engine.BeginAsync("late");

        await engine.ApplyAsync(id, new Stimulus.Altered([new Alteration.CancelActivity("bad")], null) { At = engine.Time.Now, By = By });

        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Running);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_migrated_instance_goes_on_under_the_other_version(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Version(1, ""), Version(2, ", { 'id': 'b', 'type': 'Elsa.Event', 'eventName': 'more' }"));
        var id = await engine.BeginAsync("steps");

        await engine.ApplyAsync(id, new Stimulus.Altered([new Alteration.Migrate(2)], null) { At = engine.Time.Now, By = By });
        await engine.ApplyAsync(id, new Stimulus.EventReceived("go", null) { At = engine.Time.Now });

        var after = await engine.ReadAsync(id);
        (after.Definition.Version, after.Bookmarks.Single().Node).ShouldBe((2, "b"));
        await using var db = engine.Open();
        (await db.Instances.SingleAsync()).DefinitionVersion.ShouldBe(2);
    }

    private static string Version(int version, string more) => $$"""
        { 'definitionId': 'steps', 'version': {{version}}, 'root': { 'id': 's', 'type': 'Elsa.Sequence', 'activities': [ { 'id': 'a', 'type': 'Elsa.Event', 'eventName': 'go' }{{more}} ] } }
        """;
}
