using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workflow.Activities;
using Workflow.Engine;
using Workflow.Engine.Definitions;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Running;

/// <summary>Timer, Cron and StartAt at the beginning of a workflow start it, by Quartz on the real clock.</summary>
[Collection(Stores.Collection)]
public class StartByTimeTests(Stores stores)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_cron_expression_starts_its_workflow_again_and_again_until_another_version_does_not(string store)
    {
        var database = await stores.NewAsync(store);
        await using (var server = await RunningAsync(database))
        {
            await PublishAsync(server, """{ "definitionId": "often", "version": 1, "root": { "id": "c", "type": "Elsa.Cron", "cronExpression": "* * * * * *", "canStartWorkflow": true } }""");
            await Poll.UntilAsync("two were started", Limit, async () => await CountAsync(database) >= 2);
        }
        await using (var server = await RunningAsync(database))
        {
            var before = await CountAsync(database);
            await Poll.UntilAsync("another was started after a restart", Limit, async () => await CountAsync(database) > before);
            await PublishAsync(server, """{ "definitionId": "often", "version": 2, "root": { "id": "w", "type": "Elsa.WriteLine", "text": "never by itself" } }""");
            var plan = server.Services.GetRequiredService<StartPlan>();
            await plan.RenewAsync(CancellationToken.None);
            (await plan.KnownAsync(CancellationToken.None)).ShouldBeEmpty();
        }
        await using var db = database.CreateDbContext();
        (await db.Instances.Select(row => row.DefinitionVersion).Distinct().ToListAsync()).ShouldBe([1]);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_start_that_was_missed_is_made_up_for_once_at_the_next_start_of_a_server(string store)
    {
        var database = await stores.NewAsync(store);
        var at = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);
        await using (var server = await RunningAsync(database))
            await PublishAsync(server, $$"""{ "definitionId": "once", "root": { "id": "s", "type": "Elsa.StartAt", "dateTime": "{{at:O}}", "canStartWorkflow": true } }""");
        (await CountAsync(database)).ShouldBe(0, "it stopped before the time");
        await Poll.UntilAsync("the time has passed", Limit, () => Task.FromResult(TimeProvider.System.GetUtcNow() > at));

        await using (await RunningAsync(database)) await Poll.UntilAsync("it was started", Limit, async () => await CountAsync(database) == 1);

        await using var again = await RunningAsync(database);
        (await again.Services.GetRequiredService<StartPlan>().KnownAsync(CancellationToken.None)).ShouldBeEmpty();
        (await CountAsync(database)).ShouldBe(1);
    }

    [Fact]
    public async Task A_start_whose_time_comes_while_the_disk_is_low_comes_once_when_there_is_room()
    {
        var database = await stores.NewAsync(nameof(DatabaseProvider.Sqlite));
        var (free, looks) = (0L, 0);
        await using var server = await RunningAsync(database, () =>
        {
            Interlocked.Increment(ref looks);
            return Interlocked.Read(ref free);
        });
        await PublishAsync(server, $$"""{ "definitionId": "once", "root": { "id": "s", "type": "Elsa.StartAt", "dateTime": "{{TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(2):O}}", "canStartWorkflow": true } }""");
        await Poll.UntilAsync("it was tried again and again", Limit, () => Task.FromResult(Volatile.Read(ref looks) >= 3));
        (await CountAsync(database)).ShouldBe(0);

        Interlocked.Exchange(ref free, long.MaxValue);

        await Poll.UntilAsync("it was started", Limit, async () => await CountAsync(database) == 1);
        await Poll.UntilAsync("no other start is planned", Limit, async () => (await server.Services.GetRequiredService<StartPlan>().KnownAsync(CancellationToken.None)).Count == 0);
        (await CountAsync(database)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_servers_of_one_database_start_each_time_once()
    {
        var database = await stores.NewAsync(nameof(DatabaseProvider.Postgres));
        await using var one = await RunningAsync(database);
        await using var other = await RunningAsync(database);
        await PublishAsync(one, """{ "definitionId": "often", "version": 1, "root": { "id": "c", "type": "Elsa.Cron", "cronExpression": "* * * * * *", "canStartWorkflow": true } }""");

        await Poll.UntilAsync("three were started", Limit, async () => await CountAsync(database) >= 3);

        await using var db = database.CreateDbContext();
        var seconds = (await db.Instances.Select(row => row.StartedAt).ToListAsync()).ConvertAll(at => at.ToUnixTimeSeconds());
        seconds.ShouldBeUnique();
    }

    private static async Task<RunningServer> RunningAsync(Database database, Func<long>? freeBytes = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Disk(freeBytes ?? (() => long.MaxValue)));
        builder.Services.Configure<DeliveryOptions>(delivery => delivery.PostponeSeconds = 0.2);
        builder.Services.AddWorkflowEngine(database, BuiltInActivities.Catalog(), []);
        builder.Services.AddWorkflowTimers(database, TimeProvider.System);
        var host = builder.Build();
        await using (var db = database.CreateDbContext()) await db.Database.MigrateAsync();
        await host.StartAsync();
        return new(host);
    }

    private static async Task PublishAsync(RunningServer server, string document)
    {
        var problems = new ProblemList();
        var definition = server.Services.GetRequiredService<DefinitionReader>().Read(document, problems);
        definition.ShouldNotBeNull(string.Join('\n', problems.All));
        (await server.Services.GetRequiredService<DefinitionLibrary>().PublishAsync(definition!, CancellationToken.None)).ShouldBeNull();
        await server.Services.GetRequiredService<StartPlan>().RenewAsync(CancellationToken.None);
    }

    private static async Task<int> CountAsync(Database database)
    {
        await using var db = database.CreateDbContext();
        return await db.Instances.CountAsync();
    }

    private sealed record RunningServer(IHost Host) : IAsyncDisposable
    {
        public IServiceProvider Services => Host.Services;

        public async ValueTask DisposeAsync()
        {
            await Host.StopAsync();
            Host.Dispose();
        }
    }
}
