using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Running;

/// <summary>
/// Starts a workflow whose time has come and plans its next time. The instance's id follows from the definition, the activity and the due time, so a
/// job that is done again after a crash finds it there.
/// </summary>
public sealed class StartByTimeJob(
    CommitQueue queue, DefinitionLibrary definitions, StartPlan plan, TimeProvider time, IOptions<DeliveryOptions> options, ILogger<StartByTimeJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var start = PlannedStart.Read(context.MergedJobDataMap);
        var now = time.GetUtcNow();
        if (now < start.Due)
        {
            await plan.PlanAsync(start, cancellationToken);
            return;
        }
        try
        {
            await StartAndPlanNextAsync(start, now, cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // This trigger is used up: without another there would be no start any more.
            log.LogError(problem, "{Definition} was not started by {Activity}; it is tried again", start.Definition, start.Node);
            await plan.PlanAsync(start, cancellationToken, now + TimeSpan.FromSeconds(options.Value.PostponeSeconds));
        }
    }

    private async Task StartAndPlanNextAsync(PlannedStart start, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (definition, _) = await definitions.FindToStartAsync(start.Definition.DefinitionId, null, cancellationToken);
        if (definition?.Id != start.Definition || !definition.Nodes.TryGetValue(start.Node, out var node))
        {
            // Published or retracted meanwhile, and perhaps this trigger was planned over the newer one's.
            await plan.RenewAsync(cancellationToken);
            return;
        }
        if (await StartAsync(start, now)) log.LogInformation("{Definition} was started by {Activity}, due at {Due:O}", start.Definition, start.Node, start.Due);
        else
        {
            await plan.PlanAsync(start, cancellationToken, now + TimeSpan.FromSeconds(options.Value.PostponeSeconds));
            return;
        }
        // What was missed meanwhile has been made up for by this one start.
        var next = node.Type.StartsNext(node, start.Due);
        if (next <= now) next = node.Type.StartsNext(node, now);
        if (next is { } due) await plan.PlanAsync(start with { Due = due }, cancellationToken);
    }

    /// <returns>False when it has to be tried again.</returns>
    private async Task<bool> StartAsync(PlannedStart start, DateTimeOffset now)
    {
        var id = InstanceId.From($"{start.Definition.DefinitionId}/{start.Node}@{start.Due.UtcTicks}");
        try
        {
            var result = await queue.SubmitAsync(new(id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = now, Trigger = new(start.Node, null) })
            {
                Definition = start.Definition,
            });
            if (result.Refusal is not { Reason: not Reason.AlreadyStarted } why) return true;
            log.LogWarning("{Definition} was not started by {Activity}: {Problem}", start.Definition, start.Node, why.Describe());
            return !why.IsPassing;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogError(problem, "{Definition} was not started by {Activity}; it is tried again", start.Definition, start.Node);
            return false;
        }
    }
}
