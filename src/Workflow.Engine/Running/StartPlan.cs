using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Running;

/// <summary>One start by time that is to come.</summary>
/// <param name="Due">In the engine's time.</param>
internal sealed record PlannedStart(DefinitionVersion Definition, string Node, DateTimeOffset Due)
{
    public const string Group = "starts";

    public TriggerKey Key => new($"{Definition.DefinitionId}/{Node}", Group);

    public static PlannedStart Read(JobDataMap data) => new(
        new(data.GetString("definition")!, int.Parse(data.GetString("version")!, CultureInfo.InvariantCulture)), data.GetString("node")!,
        new(long.Parse(data.GetString("due")!, CultureInfo.InvariantCulture), TimeSpan.Zero));

    public void WriteTo(JobDataMap data)
    {
        data["definition"] = Definition.DefinitionId;
        data["version"] = Definition.Version.ToString(CultureInfo.InvariantCulture);
        data["node"] = Node;
        data["due"] = Due.UtcTicks.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>
/// Keeps one Quartz trigger for each activity of a newest published version, no task's, that starts its workflow by time: Timer, Cron, StartAt. The
/// triggers lie in the database, so what was missed while no server ran starts at once, each once, and servers that share it take turns.
/// </summary>
public sealed class StartPlan(
    [FromKeyedServices(StartPlan.Scheduler)] ISchedulerFactory schedulers, DefinitionLibrary definitions, TimeProvider time, ILogger<StartPlan> log) : IHostedService, IDisposable
{
    /// <summary>Name of the scheduler: of its own, because its triggers are kept in the database.</summary>
    public const string Scheduler = "workflow-starts";

    public static readonly JobKey Job = new("start-by-time");

    private readonly SemaphoreSlim gate = new(1, 1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        definitions.LatestChanged += Renew;
        await RenewAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        definitions.LatestChanged -= Renew;
        return Task.CompletedTask;
    }

    public void Dispose() => gate.Dispose();

    /// <summary>Makes the triggers those of the versions that are published now. One whose version has not changed goes on as it is.</summary>
    public async Task RenewAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            await MakeTriggersAsync(cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The starts that are to come, by their triggers.</summary>
    internal async Task<Dictionary<TriggerKey, PlannedStart>> KnownAsync(CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var known = new Dictionary<TriggerKey, PlannedStart>();
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.GroupEquals(PlannedStart.Group), cancel))
            if (await scheduler.GetTrigger(key, cancel) is { } trigger) known[key] = PlannedStart.Read(trigger.JobDataMap);
        return known;
    }

    private async Task MakeTriggersAsync(CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var known = await KnownAsync(cancel);
        var now = time.GetUtcNow();
        foreach (var definition in await definitions.LatestAsync(cancel))
            foreach (var node in definition.IsTask ? [] : definition.Nodes.Values.Where(node => node.CanStart))
            {
                var key = new PlannedStart(definition.Id, node.Id, now).Key;
                if (known.Remove(key, out var planned) && planned.Definition == definition.Id) continue;
                if (node.Type.StartsNext(node, now) is { } due) await PlanAsync(new(definition.Id, node.Id, due), cancel);
                else if (planned is not null) await scheduler.UnscheduleJob(key, cancel);
            }
        foreach (var gone in known.Keys) await scheduler.UnscheduleJob(gone, cancel);
    }

    /// <param name="retry">True: it was due before, and is tried again at this time.</param>
    internal async Task PlanAsync(PlannedStart start, CancellationToken cancel, DateTimeOffset? retry = null)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var data = new JobDataMap();
        start.WriteTo(data);
        var wait = DemoClock.RealSpan(time, (retry ?? start.Due) - time.GetUtcNow());
        var at = time is DemoClock ? TimeProvider.System.GetUtcNow() + wait : retry ?? start.Due;
        var trigger = TriggerBuilder.Create().WithIdentity(start.Key).ForJob(Job).UsingJobData(data).StartAt(at).Build();
        if (await scheduler.RescheduleJob(start.Key, trigger, cancel) is null) await scheduler.ScheduleJob(trigger, cancellationToken: cancel);
    }

    private void Renew() => _ = RenewOrLogAsync();

    /// <summary>As <see cref="RenewAsync"/>; a failure is nobody else's, so it is only logged.</summary>
    public async Task RenewOrLogAsync()
    {
        try
        {
            await RenewAsync(CancellationToken.None);
        }
        catch (Exception problem)
        {
            log.LogError(problem, "The starts by time could not be planned; the next publication, or the next start of the server, tries again");
        }
    }
}
