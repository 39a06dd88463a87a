using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Tests.Running;

/// <summary>Workflows that start themselves again and again end; those that wait for the outside between two starts go on.</summary>
[Collection(Stores.Collection)]
public class GenerationTests(Stores stores)
{
    private const string Again = """{ "id": "again", "type": "Elsa.DispatchWorkflow", "workflowDefinitionId": "circle" }""";

    [Theory]
    [InlineData("""{ "definitionId": "circle", "root": """ + Again + " }", 1, 5)]
    [InlineData("""{ "definitionId": "circle", "root": { "id": "again", "type": "Elsa.BulkDispatchWorkflows", "workflowDefinitionId": "circle", "waitForCompletion": false, "items": [1, 2] } }""", 16, 31)]
    [InlineData("""{ "definitionId": "circle", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [ { "id": "e", "type": "Elsa.Event", "eventName": "again", "canStartWorkflow": true }, { "id": "p", "type": "Elsa.PublishEvent", "eventName": "again" } ] } }""", 1, 5)]
    public async Task A_workflow_that_starts_itself_ends_as_an_incident_of_the_last_generation(string circle, int ends, int instances)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(nameof(DatabaseProvider.Sqlite)), circle);
        await engine.RestartAsync(limits: new() { Generations = 4 });
        if (circle.Contains("canStartWorkflow", StringComparison.Ordinal)) await engine.PublishEventAsync(new("again", null, null, null), new(new(Guid.Parse("0199e000-0000-7000-8000-000000000001")), 1));
        else await engine.BeginAsync("circle");

        await engine.DeliverAsync();

        var all = await engine.OfAsync("circle");
        all.Count.ShouldBe(instances);
        var last = all.Where(instance => instance.Status == InstanceStatus.Faulted).ToList();
        last.Count.ShouldBe(ends);
        foreach (var instance in last) instance.Incidents.ShouldHaveSingleItem().Message.ShouldContain("setting Instances:Generations");
        (await engine.OutboxAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_workflow_that_waits_for_a_time_before_it_starts_itself_goes_on(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), $$"""
            { "definitionId": "circle", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [ { "id": "d", "type": "Elsa.Delay", "timeSpan": "01:00:00" }, {{Again}} ] } }
            """);
        await engine.RestartAsync(limits: new() { Generations = 1 });
        await engine.BeginAsync("circle");

        for (var hour = 0; hour < 5; hour++)
        {
            engine.Time.Now += TimeSpan.FromHours(1);
            var waiting = (await engine.OfAsync("circle")).Single(instance => instance.Status == InstanceStatus.Running);
            await engine.ApplyAsync(waiting.Id, new Stimulus.TimerFired(new(TimerKind.Bookmark, waiting.Bookmarks.Single().Id)) { At = engine.Time.Now });
            await engine.DeliverAsync();
        }

        (await engine.OfAsync("circle")).Select(instance => instance.Incidents.Length).ShouldBe([0, 0, 0, 0, 0, 0]);
    }
}
