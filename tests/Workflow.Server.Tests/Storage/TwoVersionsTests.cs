using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Storage;

/// <summary>A server of this version and one of the next on one PostgreSQL database, as during a rolling upgrade.</summary>
[Collection(Stores.Collection)]
public class TwoVersionsTests(Stores stores)
{
    private const string Steps = """
        { "definitionId": "steps", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
          { "id": "a", "type": "Elsa.Event", "eventName": "a" }, { "id": "d", "type": "Elsa.Delay", "timeSpan": "00:01:00" },
          { "id": "k", "type": "Test.Ask", "text": "x" }, { "id": "b", "type": "Elsa.Event", "eventName": "b" } ] } }
        """;

    private const string Parent = """
        { "definitionId": "parent", "variables": [ { "name": "n", "typeName": "Int32" } ], "root": { "id": "x", "type": "Elsa.ExecuteWorkflow", "workflowDefinitionId": "child", "waitForCompletion": true } }
        """;

    private const string Child = """{ "definitionId": "child", "root": { "id": "e", "type": "Elsa.Event", "eventName": "home" } }""";

    /// <summary>The next version calls the name of an instance its title.</summary>
    private static readonly StoredShapes Next = new(2, new ShapeUpgrade(1, (name, json) =>
    {
        if (name == StoredShapes.State) json["name"] = "upgraded";
        return json;
    }));

    [Fact]
    public async Task What_the_older_server_has_written_goes_on_at_the_newer_one_through_the_upgrade()
    {
        await using var both = await BothAsync();
        var id = await both.Older.BeginAsync("steps");

        await both.Newer.ApplyAsync(id, Event("a", both));

        (await both.SchemaAsync(id)).ShouldBe(2);
        var (before, after) = (await both.JournalAsync(id, 1), await both.JournalAsync(id, 2));
        (before.Schema, after.Schema).ShouldBe((1, 2), "what is recorded is never written again");
        (await both.Newer.ReadAsync(id)).Name.ShouldBe("upgraded");
    }

    [Fact]
    public async Task What_the_newer_server_has_written_is_left_alone_by_the_older_one_without_an_incident_or_a_loop()
    {
        await using var both = await BothAsync();
        var id = await both.Older.BeginAsync("steps");
        await both.Newer.ApplyAsync(id, Event("a", both));

        var refused = (await both.Older.SubmitAsync(id, Event("b", both))).Refusal!;

        refused.ShouldBe(new Rejection(Reason.StoredByNewerVersion, "state of shape 1 or older", "shape 2, which a newer version of the server has written"));
        both.Time.Now += TimeSpan.FromMinutes(2);
        (await both.Older.TakeDueTimersAsync()).ShouldBeEmpty();
        (await both.Older.NextTimerAsync()).ShouldBeNull("it would look at once, again and again");
        (await both.Newer.NextTimerAsync()).ShouldNotBeNull();
        var timer = (await both.Newer.TakeDueTimersAsync()).ShouldHaveSingleItem();
        await both.Newer.ApplyAsync(id, new Stimulus.TimerFired(new(timer.Kind, timer.Number)) { At = both.Time.Now });

        await both.Older.DeliverAsync();
        (both.Older.Asked.Count, await both.Older.NextEffectAsync()).ShouldBe((0, null));
        await both.Newer.DeliverAsync();
        both.Newer.Asked.ShouldHaveSingleItem();

        await both.Newer.ApplyAsync(id, Event("b", both));
        var ended = await both.Newer.ReadAsync(id);
        (ended.Status, ended.Incidents.Length, ended.Revision).ShouldBe((InstanceStatus.Finished, 0, 5));
    }

    [Fact]
    public async Task What_the_older_server_has_in_memory_does_not_overwrite_what_the_newer_one_has_written()
    {
        await using var both = await BothAsync();
        var id = await both.Older.BeginAsync("counter");
        await both.Older.ApplyAsync(id, Event("tick", both));

        await both.Newer.ApplyAsync(id, Event("tick", both));
        var late = await both.Older.SubmitAsync(id, Event("tick", both));

        late.Refusal!.Reason.ShouldBe(Reason.StoredByNewerVersion);
        (await both.Newer.ReadAsync(id)).Revision.ShouldBe(3);
        (await both.SchemaAsync(id)).ShouldBe(2);
    }

    [Fact]
    public async Task A_child_of_the_older_server_tells_a_parent_that_the_newer_one_has_written_when_a_newer_server_takes_it()
    {
        await using var both = await BothAsync();
        var parent = await both.Older.BeginAsync("parent");
        await both.Older.DeliverAsync();
        var child = (await both.Older.OfAsync("child")).ShouldHaveSingleItem().Id;
        // Any change of the parent by the newer server; its wait stays.
        await both.Newer.ApplyAsync(parent, new Stimulus.Altered([new Alteration.ModifyVariable("n", System.Text.Json.JsonElement.Parse("1"))], "again") { At = both.Time.Now });

        await both.Older.ApplyAsync(child, Event("home", both));
        await both.Older.DeliverAsync();

        var told = (await both.Older.OutboxAsync()).Single(row => row.InstanceId == child);
        (told.State, told.Attempts, told.NextAt > both.Time.Now).ShouldBe((OutboxState.Pending, 0, true), "postponed, and no attempt is used up");
        both.Time.Now += TimeSpan.FromMinutes(5);
        await both.Newer.DeliverAsync();
        (await both.Newer.OutboxAsync()).ShouldNotContain(row => row.InstanceId == child);
        (await both.Newer.ReadAsync(parent)).Incidents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Instances_go_through_servers_of_both_versions_and_all_of_them_end_at_the_newer_ones()
    {
        await using var both = await BothAsync();
        var random = new Random(20260914);
        var ids = new List<InstanceId>();
        for (var number = 0; number < 40; number++) ids.Add(await both.Any(random).BeginAsync("counter"));

        var refused = 0;
        for (var tick = 0; tick < 400; tick++)
            if ((await both.Any(random).SubmitAsync(ids[random.Next(ids.Count)], Event("tick", both))).Refusal is { } why)
            {
                why.Reason.ShouldBe(Reason.StoredByNewerVersion);
                refused++;
            }

        refused.ShouldBeGreaterThan(0);
        foreach (var id in ids) await both.Newer.ApplyAsync(id, Event("tick", both));
        (await both.Newer.OfAsync("counter")).ShouldAllBe(instance => instance.Incidents.IsEmpty && instance.Status == InstanceStatus.Running);
        (await both.Newer.OfAsync("counter")).Sum(instance => instance.Revision).ShouldBe(40 + 400 - refused + 40);
    }

    private static Stimulus.EventReceived Event(string name, Pair both) => new(name, null) { At = both.Time.Now };

    private async Task<Pair> BothAsync()
    {
        var database = await stores.NewAsync(nameof(DatabaseProvider.Postgres));
        var older = await EngineHost.StartAsync(database, new ManualTime(), new StoredShapes(1));
        await older.PublishAsync([Steps, Parent, Child, Counter]);
        return new(older, await EngineHost.StartAsync(database, older.Time, Next));
    }

    private const string Counter = """
        { "definitionId": "counter", "root": { "id": "w", "type": "Elsa.While", "condition": true, "body": { "id": "e", "type": "Elsa.Event", "eventName": "tick" } } }
        """;

    private sealed record Pair(EngineHost Older, EngineHost Newer) : IAsyncDisposable
    {
        public ManualTime Time => Older.Time;

        public EngineHost Any(Random random) => random.Next(2) == 0 ? Older : Newer;

        public async Task<int> SchemaAsync(InstanceId id)
        {
            await using var db = Older.Open();
            return await db.Instances.Where(row => row.Id == id).Select(row => row.Schema).SingleAsync();
        }

        public async Task<JournalRow> JournalAsync(InstanceId id, int revision)
        {
            await using var db = Older.Open();
            return await db.Journal.AsNoTracking().SingleAsync(row => row.InstanceId == id && row.Revision == revision);
        }

        public async ValueTask DisposeAsync()
        {
            await Newer.DisposeAsync();
            await Older.DisposeAsync();
        }
    }
}
