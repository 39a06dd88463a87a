using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Server.Tests.Running;

/// <summary>Several servers on one PostgreSQL database, and a database that breaks connections.</summary>
[Collection(Stores.Collection)]
public class SharedDatabaseTests(Stores stores)
{
    private const int Ticks = 120;

    /// <summary>Counts the events <c>tick</c> for ever.</summary>
    private const string Counter = """
        { "definitionId": "counter", "variables": [ { "id": "n", "name": "n", "typeName": "Int32", "value": 0 } ],
          "root": { "id": "w", "type": "Elsa.While", "condition": true, "body": { "id": "s", "type": "Elsa.Sequence", "activities": [
            { "id": "e", "type": "Elsa.Event", "eventName": "tick" },
            { "id": "v", "type": "Elsa.SetVariable", "variable": { "id": "n", "name": "n", "typeName": "Int32" }, "value": { "typeName": "Int32", "expression": { "type": "JavaScript", "value": "getVariable(`n`) + 1" } } } ] } } }
        """;

    [Fact]
    public async Task Servers_that_meet_in_one_instance_lose_no_command_and_apply_none_twice()
    {
        await using var shared = await TwoServers.StartAsync(stores);
        var id = await shared.One.BeginAsync("counter");

        var results = await Task.WhenAll(Enumerable.Range(0, Ticks).Select(tick => Task.Run(() => shared.Of(tick).SubmitAsync(id, Tick(shared.One)))));

        results.ShouldAllBe(result => result.Refusal == null);
        await ShouldCountAsync(shared.One, id, Ticks);
    }

    [Fact]
    public async Task A_command_that_comes_to_two_servers_under_one_key_is_done_once()
    {
        await using var shared = await TwoServers.StartAsync(stores);

        var answers = await Task.WhenAll(Enumerable.Range(0, Ticks).Select(command => Task.Run(async () =>
        {
            var id = new InstanceId(Guid.CreateVersion7(shared.One.Time.Now));
            var result = await shared.Of(command).Queue.SubmitAsync(new(id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = shared.One.Time.Now })
            {
                Definition = new("counter", 1), Key = new("me", "start", $"key-{command / 4}", "same"), Answer = _ => id.ToString(),
            });
            return (Key: command / 4, Id: result is CommandResult.Remembered known ? known.Answer : id.ToString());
        })));

        foreach (var key in answers.GroupBy(answer => answer.Key)) key.Select(answer => answer.Id).Distinct().ShouldHaveSingleItem();
        (await shared.One.OfAsync("counter")).Count.ShouldBe(Ticks / 4);
    }

    [Fact]
    public async Task Connections_that_break_at_any_moment_lose_no_command_and_repeat_none()
    {
        await using var shared = await TwoServers.StartAsync(stores);
        var id = await shared.One.BeginAsync("counter");
        using var end = new CancellationTokenSource();
        var breaking = BreakConnectionsAsync(shared, end.Token);

        for (var tick = 0; tick < Ticks; tick++) (await shared.Of(tick).SubmitAsync(id, Tick(shared.One))).Refusal.ShouldBeNull();
        await end.CancelAsync();

        (await breaking).ShouldBeGreaterThan(3, "connections were broken while commands were under way");
        await ShouldCountAsync(shared.One, id, Ticks);
    }

    [Fact]
    public async Task A_timer_and_an_effect_are_one_servers_own_for_a_while()
    {
        await using var shared = await TwoServers.StartAsync(stores, """{ "definitionId": "late", "root": { "id": "d", "type": "Elsa.Delay", "timeSpan": "00:01:00" } }""");
        foreach (var _ in Enumerable.Range(0, 20)) await shared.One.BeginAsync("late");
        var now = shared.One.Time.Now + TimeSpan.FromMinutes(2);

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new Timers(shared.Database, StoredShapes.Current).TakeDueAsync(now, now + TimeSpan.FromMinutes(1), 8, CancellationToken.None))));

        taken.SelectMany(rows => rows).Select(row => row.InstanceId).ShouldBeUnique();
        taken.Sum(rows => rows.Count).ShouldBe(20);
        (await new Timers(shared.Database, StoredShapes.Current).TakeDueAsync(now + TimeSpan.FromMinutes(1), now + TimeSpan.FromMinutes(2), 50, CancellationToken.None)).Count.ShouldBe(20, "the claims have ended");
    }

    /// <returns>How often.</returns>
    private static async Task<int> BreakConnectionsAsync(TwoServers shared, CancellationToken end)
    {
        var broken = 0;
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        while (!end.IsCancellationRequested)
        {
            await pause.WaitForNextTickAsync(CancellationToken.None);
            await using var db = shared.Database.CreateDbContext();
            try
            {
                broken += await db.Database.SqlQuery<int>($"""select count(pg_terminate_backend(pid))::int as "Value" from pg_stat_activity where application_name = 'workflow' and datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'""").SingleAsync(CancellationToken.None);
            }
            catch (Exception problem) when (shared.Database.IsTransient(problem))
            {
                // This one was broken by itself.
            }
        }
        return broken;
    }

    private static Stimulus.EventReceived Tick(EngineHost engine) => new("tick", null) { At = engine.Time.Now };

    private static async Task ShouldCountAsync(EngineHost engine, InstanceId id, int ticks)
    {
        var after = await engine.ReadAsync(id);
        (after.Variables["n"].GetInt32(), after.Revision).ShouldBe((ticks, ticks + 1));
        await using var db = engine.Open();
        var journal = await db.Journal.AsNoTracking().Where(row => row.InstanceId == id).OrderBy(row => row.Revision).ToListAsync();
        JournalHash.FirstBreak(journal, (await db.Instances.SingleAsync(row => row.Id == id)).JournalHash).ShouldBeNull();
    }

    private sealed record TwoServers(Database Database, EngineHost One, EngineHost Other) : IAsyncDisposable
    {
        public static async Task<TwoServers> StartAsync(Stores stores, params string[] definitions)
        {
            var database = await stores.NewAsync(nameof(DatabaseProvider.Postgres));
            return new(database, await EngineHost.StartAsync(database, [Counter, .. definitions]), await EngineHost.StartAsync(database));
        }

        public EngineHost Of(int number) => number % 2 == 0 ? One : Other;

        public async ValueTask DisposeAsync()
        {
            await One.DisposeAsync();
            await Other.DisposeAsync();
        }
    }
}
