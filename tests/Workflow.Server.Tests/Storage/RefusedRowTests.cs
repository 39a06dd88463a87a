using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Storage;

/// <summary>A database that takes everything but what one burst leads to.</summary>
[Collection(Stores.Collection)]
public class RefusedRowTests(Stores stores)
{
    private const string NoTimersInPostgres = """
        create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no timers here' using errcode = '22001'; end $$;
        create trigger refuse before insert on timers for each row execute function refuse()
        """;

    private const string NoTimersInSqlite = "create trigger refuse before insert on timers begin select raise(abort, 'no timers here'); end";

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_burst_whose_rows_the_database_refuses_stops_its_instance_with_an_incident_and_no_other(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(
            database,
            """{ 'definitionId': 'waits', 'root': { 'id': 's', 'type': 'Elsa.Sequence', 'activities': [ { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'go' }, { 'id': 'd', 'type': 'Elsa.Delay', 'timeSpan': '00:01:00' } ] } }""",
            """{ 'definitionId': 'ends', 'root': { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'go' } }""");
        var (refused, other) = (await engine.BeginAsync("waits"), await engine.BeginAsync("ends"));
        await using (var db = engine.Open()) await db.Database.ExecuteSqlRawAsync(database.Provider == DatabaseProvider.Postgres ? NoTimersInPostgres : NoTimersInSqlite);

        var go = new Stimulus.EventReceived("go", null) { At = engine.Time.Now };
        var (failing, ending) = (engine.SubmitAsync(refused, go), engine.SubmitAsync(other, go));

        (await Should.ThrowAsync<Exception>(() => failing)).ToString().ShouldContain("no timers here");
        (await ending).Refusal.ShouldBeNull();
        var stopped = await engine.ReadAsync(refused);
        stopped.Status.ShouldBe(InstanceStatus.Faulted);
        stopped.Incidents.ShouldHaveSingleItem().Message.ShouldContain("no timers here");
        (await engine.ReadAsync(other)).Status.ShouldBe(InstanceStatus.Finished);
    }
}
