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

/// <summary>The engine as the server runs it, on a SQLite file, without HTTP and without the job that fires timers.</summary>
internal sealed class EngineInProcess : IAsyncDisposable
{
    private readonly IHost host;

    private EngineInProcess(IHost host) => this.host = host;

    public CommitQueue Queue => host.Services.GetRequiredService<CommitQueue>();

    private IDbContextFactory<WorkflowDb> Databases => host.Services.GetRequiredService<IDbContextFactory<WorkflowDb>>();

    public static async Task<EngineInProcess> StartAsync(string file, WorkflowDefinition definition, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddWorkflowEngine(Database.SqliteFile(file), BuiltInActivities.Catalog(), []);
        var engine = new EngineInProcess(builder.Build());
        await using (var db = await engine.Databases.CreateDbContextAsync(cancel)) await db.Database.MigrateAsync(cancel);
        if (await engine.host.Services.GetRequiredService<DefinitionLibrary>().PublishAsync(definition, cancel) is { } refused)
            throw new InvalidOperationException(refused.ToString());
        await engine.host.StartAsync(cancel);
        return engine;
    }

    /// <summary>The pages of the database with everything that is committed, also what still lies in the log.</summary>
    public async Task<long> SizeBytesAsync(CancellationToken cancel)
    {
        await using var db = await Databases.CreateDbContextAsync(cancel);
        return await db.Database.SqlQueryRaw<long>("select page_count * page_size as Value from pragma_page_count(), pragma_page_size()").SingleAsync(cancel);
    }

    /// <returns>What is wrong; null when this many instances are stored, all are finished and no timer or wait is left over.</returns>
    public async Task<string?> CheckAsync(int instances, CancellationToken cancel)
    {
        await using var db = await Databases.CreateDbContextAsync(cancel);
        var finished = await db.Instances.CountAsync(row => row.Status == InstanceStatus.Finished, cancel);
        var stored = await db.Instances.CountAsync(cancel);
        var (timers, waits) = (await db.Timers.CountAsync(cancel), await db.Bookmarks.CountAsync(cancel));
        return (finished, stored, timers, waits) == (instances, instances, 0, 0)
            ? null
            : $"expected {instances} finished instances and nothing waiting, found {finished} finished of {stored}, {timers} timers and {waits} waits";
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
