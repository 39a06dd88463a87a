using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Activities;
using Workflow.Engine;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Tests.Running;

/// <summary>The engine on a real database, on a clock that the test moves. Effects are done when the test says so.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly Database database;
    private IHost host = null!;

    private EngineHost(Database database) => this.database = database;

    public ManualTime Time { get; private init; } = new();

    /// <summary>What this host knows of stored shapes; another number makes it a server of another version.</summary>
    public StoredShapes Shapes { get; init; } = StoredShapes.Current;

    /// <summary>What the handler of <see cref="Ask"/> does; set by the test.</summary>
    public Func<Ask, EffectId, CancellationToken, Task<object?>> Answer { get; set; } = (_, _, _) => Task.FromResult<object?>(null);

    /// <summary>How people are told of offered items, and who carries it; nobody is without it. Counts from the next start on.</summary>
    public (LadderBook Ladders, IReadOnlyList<EffectHandling> Carriers)? Notices { get; set; }

    /// <summary>Every call of the handler of <see cref="Ask"/>.</summary>
    public List<(string Text, EffectId Id)> Asked { get; } = [];

    /// <summary>What the engine takes to be free on its disk.</summary>
    public long FreeBytes { get; set; } = long.MaxValue;

    public T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public CommitQueue Queue => host.Services.GetRequiredService<CommitQueue>();

    public EngineMeter EngineMeter => host.Services.GetRequiredService<EngineMeter>();

    public System.Diagnostics.Metrics.Meter Meter => EngineMeter.Meter;

    public CommitStatistics Statistics => host.Services.GetRequiredService<CommitStatistics>();

    public static async Task<EngineHost> StartAsync(Database database, params string[] definitions)
    {
        var engine = new EngineHost(database);
        await engine.RestartAsync();
        await engine.PublishAsync(definitions);
        return engine;
    }

    /// <summary>A server of another version beside others, on the same clock.</summary>
    public static async Task<EngineHost> StartAsync(Database database, ManualTime time, StoredShapes shapes)
    {
        var engine = new EngineHost(database) { Time = time, Shapes = shapes };
        await engine.RestartAsync();
        return engine;
    }

    /// <summary>Ends whatever runs and starts again on the same database.</summary>
    public async Task RestartAsync(Action<DeliveryOptions>? options = null, InstanceLimits? limits = null)
    {
        if (host is not null) await StopAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(new Disk(() => FreeBytes));
        builder.Services.AddWorkflowEngine(database, BuiltInActivities.Catalog(new AskActivity(), new HardStop(), new Escape()), [BusinessCalendar.Continuous], ladders: Notices?.Ladders);
        foreach (var carrier in Notices?.Carriers ?? []) builder.Services.AddSingleton(carrier);
        builder.Services.AddSingleton(Shapes);
        builder.Services.AddSingleton(EffectHandling.Of(new AskHandler(this)));
        builder.Services.Configure(options ?? (_ => { }));
        builder.Services.Configure<CommitQueueOptions>(queue => queue.RetryPauseMs = 10);
        if (limits is not null) builder.Services.AddSingleton(Options.Create(limits));
        host = builder.Build();
        await using (var db = Open()) await db.Database.MigrateAsync();
        await host.StartAsync();
    }

    public WorkflowDb Open() => host.Services.GetRequiredService<IDbContextFactory<WorkflowDb>>().CreateDbContext();

    public async Task PublishAsync(params string[] definitions)
    {
        var documents = new WorkflowDocuments([.. definitions.Select(text => JsonElement.Parse(text.Replace('\'', '"')))]);
        foreach (var text in definitions)
        {
            var problems = new ProblemList();
            var definition = host.Services.GetRequiredService<DefinitionReader>().With(documents.Find).Read(text.Replace('\'', '"'), problems);
            definition.ShouldNotBeNull(string.Join('\n', problems.All));
            (await host.Services.GetRequiredService<DefinitionLibrary>().PublishAsync(definition!, CancellationToken.None)).ShouldBeNull();
        }
    }

    public async Task<InstanceId> BeginAsync(string definitionId, string? correlationId = null, int version = 1)
    {
        var id = new InstanceId(Guid.CreateVersion7(Time.GetUtcNow()));
        await ApplyAsync(id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = Time.GetUtcNow(), CorrelationId = correlationId }, new(definitionId, version));
        return id;
    }

    public async Task<Step.Advanced> ApplyAsync(InstanceId id, Stimulus stimulus, DefinitionVersion? start = null) =>
        (await SubmitAsync(id, stimulus, start)).ShouldBeOfType<CommandResult.Applied>().Step.ShouldBeOfType<Step.Advanced>();

    public Task<CommandResult> SubmitAsync(InstanceId id, Stimulus stimulus, DefinitionVersion? start = null) => Queue.SubmitAsync(new(id, stimulus) { Definition = start });

    /// <summary>Timers that this host would fire now.</summary>
    public Task<IReadOnlyList<TimerRow>> TakeDueTimersAsync() => host.Services.GetRequiredService<Timers>().TakeDueAsync(Time.Now, Time.Now, 100, CancellationToken.None);

    public Task<DateTimeOffset?> NextTimerAsync() => host.Services.GetRequiredService<Timers>().NextDueAsync(Time.Now.AddYears(-1), CancellationToken.None);

    public Task<DateTimeOffset?> NextEffectAsync() => host.Services.GetRequiredService<Outbox>().NextAsync([], CancellationToken.None);

    /// <summary>Does what is due now, and what becomes due by it.</summary>
    public Task DeliverAsync(CancellationToken cancel = default) => host.Services.GetRequiredService<DeliveryLoop>().DeliverDueAsync(cancel);

    public Task<EventReception> PublishEventAsync(PublishedEvent published, EffectId id) =>
        host.Services.GetRequiredService<EventPublisher>().PublishAsync(published, id, null, CancellationToken.None);

    public async Task<WorkflowInstance> ReadAsync(InstanceId id)
    {
        await using var db = Open();
        return StoredJson.Read<WorkflowInstance>((await db.Instances.SingleAsync(row => row.Id == id)).State);
    }

    public async Task<IReadOnlyList<WorkflowInstance>> OfAsync(string definitionId)
    {
        await using var db = Open();
        return [.. (await db.Instances.Where(row => row.DefinitionId == definitionId).OrderBy(row => row.StartedAt).ToListAsync()).Select(row => StoredJson.Read<WorkflowInstance>(row.State))];
    }

    public async Task<IReadOnlyList<OutboxRow>> OutboxAsync()
    {
        await using var db = Open();
        return await db.Outbox.AsNoTracking().OrderBy(row => row.InstanceId).ThenBy(row => row.Number).ToListAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StopAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private sealed class AskHandler(EngineHost engine) : IEffectHandler<Ask>
    {
        public Task<object?> HandleAsync(Ask effect, EffectId id, CancellationToken cancel)
        {
            lock (engine.Asked) engine.Asked.Add((effect.Text, id));
            return engine.Answer(effect, id, cancel);
        }
    }
}

/// <summary>A clock that stands still until the test moves it.</summary>
internal sealed class ManualTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 9, 14, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

[Effect("test-ask")]
internal sealed record Ask(string Text);

/// <summary>Asks outside and waits for the answer; with <c>posts</c> it does not wait.</summary>
internal sealed class AskActivity : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Test.Ask") { Inputs = [new("text", "String"), new("posts", "Boolean")], Outputs = ["result"] };

    public override void Execute(ActivityContext context)
    {
        var ask = new Ask(context.Text("text") ?? "");
        if (context.Input("posts") is null) context.Request(ask);
        else
        {
            context.Post(ask);
            context.Complete();
        }
    }

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        context.SetOutput("result", ((Resumption.FromEffect)resumption).Result);
        context.Complete();
    }
}

/// <summary>Waits for the event <c>go</c>, and then breaks off as a script that does not end.</summary>
internal sealed class HardStop : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Test.HardStop");

    public override void Execute(ActivityContext context) => context.Wait(BookmarkKind.Event, "go");

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        if ((resumption as Resumption.FromBookmark)?.Payload is null) throw new Engine.Expressions.HardStopException("the script did not end within 1 s");
        context.Complete();
    }
}
