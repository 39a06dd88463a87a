using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Tests.Running;

/// <summary>While the disk is low nothing new begins, and what runs goes on to its end.</summary>
[Collection(Stores.Collection)]
public class DiskSpaceTests(Stores stores)
{
    private const string Waits = "{ 'definitionId': 'waits', 'root': { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'go' } }";

    private const string Begun = "{ 'definitionId': 'begun', 'root': { 'id': 's', 'type': 'Elsa.Sequence', 'activities': [ { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'go', 'canStartWorkflow': true }, { 'id': 'stay', 'type': 'Elsa.Event', 'eventName': 'stay' } ] } }";

    private const string Parent = """
        { 'definitionId': 'parent', 'root': { 'id': 's', 'type': 'Elsa.Sequence', 'activities': [
            { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'begin' },
            { 'id': 'x', 'type': 'Elsa.ExecuteWorkflow', 'workflowDefinitionId': 'child', 'waitForCompletion': true },
            { 'id': 'p', 'type': 'Elsa.PublishEvent', 'eventName': 'go' } ] } }
        """;

    private const string Child = "{ 'definitionId': 'child', 'root': { 'id': 'w', 'type': 'Elsa.WriteLine', 'text': 'done' } }";

    [Fact]
    public async Task A_start_is_refused_with_both_numbers_until_there_is_room()
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(nameof(DatabaseProvider.Sqlite)), Waits);
        engine.FreeBytes = (512L << 20) - 1;
        var id = new InstanceId(Guid.CreateVersion7(engine.Time.Now));

        var refused = await engine.SubmitAsync(id, Started(engine, id), new("waits", 1));
        engine.FreeBytes = 512L << 20;
        var taken = await engine.SubmitAsync(id, Started(engine, id), new("waits", 1));

        refused.Refusal!.Describe().ShouldBe("expected at least 512 MB free on the disk, found 511 MB");
        (refused.Refusal.Reason, refused.Refusal.IsPassing).ShouldBe((Reason.DiskLow, true));
        taken.Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_running_instance_goes_on_with_its_child_and_with_what_its_event_starts()
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(nameof(DatabaseProvider.Sqlite)), Begun, Child, Parent);
        var parent = await engine.BeginAsync("parent");
        engine.FreeBytes = 0;

        await engine.ApplyAsync(parent, new Stimulus.EventReceived("begin", null) { At = engine.Time.Now });
        await engine.DeliverAsync();

        (await engine.ReadAsync(parent)).Status.ShouldBe(InstanceStatus.Finished);
        (await engine.OfAsync("child")).ShouldHaveSingleItem().Status.ShouldBe(InstanceStatus.Finished);
        (await engine.OfAsync("begun")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_event_from_outside_reaches_who_waits_and_its_repetition_starts_the_rest_once()
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(nameof(DatabaseProvider.Sqlite)), Waits, Begun);
        var waiting = await engine.BeginAsync("waits");
        var (go, id) = (new PublishedEvent("go", null, null, null), new EffectId(new(Guid.CreateVersion7(engine.Time.Now)), 0));
        engine.FreeBytes = 0;

        var low = await engine.PublishEventAsync(go, id);
        engine.FreeBytes = long.MaxValue;
        var again = await engine.PublishEventAsync(go, id);
        var third = await engine.PublishEventAsync(go, id);

        (low.Missed?.Reason, low.Started.Count).ShouldBe((Reason.DiskLow, 0));
        low.Resumed.ShouldBe([waiting]);
        (await engine.ReadAsync(waiting)).Status.ShouldBe(InstanceStatus.Finished);
        (again.Missed, again.Started.Count).ShouldBe((null, 1));
        third.Started.ShouldBe(again.Started);
        (await engine.OfAsync("begun")).ShouldHaveSingleItem();
    }

    private static Stimulus.Started Started(EngineHost engine, InstanceId id) => new(id, System.Collections.Immutable.ImmutableDictionary<string, System.Text.Json.JsonElement>.Empty, null) { At = engine.Time.Now };
}
