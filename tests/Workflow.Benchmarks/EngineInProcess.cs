using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workflow.Activities;
using Workflow.Engine;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Benchmarks;

/// <summary>The engine as the server runs it, without HTTP.</summary>
internal sealed class EngineInProcess : IAsyncDisposable
{
    private readonly IHost host;
    private readonly TimeProvider time;

    private EngineInProcess(IHost host, TimeProvider time) => (this.host, this.time) = (host, time);

    public CommitSignals Signals => host.Services.GetRequiredService<CommitSignals>();

    public CommitQueue Queue => host.Services.GetRequiredService<CommitQueue>();

    /// <summary>Of an engine that was started with timers.</summary>
    public TimerSchedule Timers => host.Services.GetRequiredService<TimerSchedule>();

    /// <param name="clock">Given one, timers fire, by this clock. Without it they stay as they are.</param>
    public static async Task<EngineInProcess> StartAsync(Database database, WorkflowDefinition definition, CancellationToken cancel, TimeProvider? clock = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddWorkflowEngine(database, BuiltInActivities.Catalog(), []);
        if (clock is not null) builder.Services.AddWorkflowTimers(database, clock);
        var engine = new EngineInProcess(builder.Build(), clock ?? TimeProvider.System);
        await using (var db = engine.Open()) await db.Database.MigrateAsync(cancel);
        if (await engine.host.Services.GetRequiredService<DefinitionLibrary>().PublishAsync(definition, cancel) is { } refused)
            throw new InvalidOperationException(refused.ToString());
        await engine.host.StartAsync(cancel);
        return engine;
    }

    public WorkflowDb Open() => host.Services.GetRequiredService<IDbContextFactory<WorkflowDb>>().CreateDbContext();

    public async Task<InstanceId> StartInstanceAsync(DefinitionVersion definition, ImmutableDictionary<string, JsonElement> inputs)
    {
        var now = time.GetUtcNow();
        var id = new InstanceId(Guid.CreateVersion7(now));
        await ApplyAsync(new(id, new Stimulus.Started(id, inputs, null) { At = now }) { Definition = definition });
        return id;
    }

    public async Task ApplyAsync(Command command)
    {
        var result = await Queue.SubmitAsync(command);
        if (result is not CommandResult.Applied { Step: Step.Advanced }) throw new WrongResultException($"{command.Instance} to go a step forward", $"{result}");
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
