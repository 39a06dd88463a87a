using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Storage;

/// <summary>PostgreSQL's texts cannot hold U+0000, which JSON and scripts can.</summary>
[Collection(Stores.Collection)]
public class UnstorableTextTests(Stores stores)
{
    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_a_workflow_computes_is_stored_whatever_it_holds(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), """
            { 'definitionId': 'nul', 'root': { 'id': 's', 'type': 'Elsa.Sequence', 'activities': [
              { 'id': 'c', 'type': 'Elsa.Correlate', 'correlationId': 'a\u0000b' }, { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'go' } ] } }
            """);

        var id = await engine.BeginAsync("nul");
        var ended = await engine.ApplyAsync(id, new Stimulus.EventReceived("go", null) { At = engine.Time.Now });

        ended.After.Status.ShouldBe(InstanceStatus.Finished);
        (await engine.ReadAsync(id)).CorrelationId.ShouldBe("a\0b");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_question_for_such_a_text_is_known_for_what_it_is(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database);
        await using var db = engine.Open();
        var text = "a\0b";
        var asked = db.Instances.Where(row => row.CorrelationId == text);

        if (database.Provider == DatabaseProvider.Postgres) database.IsUnstorableText(await Should.ThrowAsync<Exception>(() => asked.AnyAsync())).ShouldBeTrue();
        else (await asked.AnyAsync()).ShouldBeFalse();
    }
}
