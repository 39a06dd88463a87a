using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>Whom an event reached.</summary>
public sealed record EventReception(IReadOnlyList<InstanceId> Resumed, IReadOnlyList<InstanceId> Started)
{
    /// <summary>Why it could not be brought to somebody for now; a repetition under the same id reaches the rest. Null when it reached all.</summary>
    [JsonIgnore]
    public Rejection? Missed { get; init; }
}

/// <summary>
/// Brings an event to every instance that waits for it, and starts an instance of each published workflow that begins with it. Once: a repetition
/// under the same id reaches those that the first try did not, and nobody twice. An instance that takes no stimulus at the moment misses the event.
/// </summary>
public sealed class EventPublisher(CommitQueue queue, DefinitionLibrary definitions, Waits waits, TimeProvider time, ILogger<EventPublisher> log)
{
    private const string Heard = "heard";

    /// <param name="id">Names this event, on every attempt the same.</param>
    public async Task<EventReception> PublishAsync(PublishedEvent published, EffectId id, Actor? by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(published);
        var waiting = published.Only is { } only ? [only] : await waits.InstancesAsync(BookmarkKind.Event, published.Name, published.CorrelationId, cancel);
        var resumed = await Task.WhenAll(waiting.Select(instance => TellAsync(instance, published, id, by)));
        var triggered = published.Only is null ? await definitions.StartedByEventAsync(published.Name, cancel) : [];
        var started = await Task.WhenAll(triggered.Select(start => StartAsync(start.Definition, start.Trigger, published, id, by)));
        return new([.. resumed.Select(one => one.Reached).OfType<InstanceId>()], [.. started.Select(one => one.Reached).OfType<InstanceId>()])
        {
            Missed = resumed.Concat(started).Select(one => one.Missed).FirstOrDefault(why => why is not null),
        };
    }

    private async Task<(InstanceId? Reached, Rejection? Missed)> TellAsync(InstanceId instance, PublishedEvent published, EffectId id, Actor? by)
    {
        var result = await queue.SubmitAsync(new(instance, new Stimulus.EventReceived(published.Name, published.Payload) { At = time.GetUtcNow(), By = by, Generation = published.Generation ?? 0 })
        {
            Key = new("event", BookmarkKind.Event, $"{id}:{instance}", published.Name),
            Answer = applied => applied.Step is Step.Advanced ? Heard : "",
        });
        if (result.Refusal is { IsPassing: true } why) return (null, why);
        return (result is CommandResult.Remembered { Answer: Heard } or CommandResult.Applied { Step: Step.Advanced } ? instance : null, null);
    }

    private async Task<(InstanceId? Reached, Rejection? Missed)> StartAsync(WorkflowDefinition definition, Node trigger, PublishedEvent published, EffectId id, Actor? by)
    {
        var instance = id.Derive(definition.Id.DefinitionId);
        var result = await queue.SubmitAsync(new(
            instance, new Stimulus.Started(instance, ImmutableDictionary<string, JsonElement>.Empty, null)
            {
                At = time.GetUtcNow(), By = by, CorrelationId = published.CorrelationId, Trigger = new(trigger.Id, published.Payload),
                Generation = published.Generation + 1 ?? 0,
            })
        {
            Definition = definition.Id,
            IsPromised = published.Generation is not null,
        });
        if (result.Refusal is not { Reason: not Reason.AlreadyStarted } why) return (instance, null);
        if (why.IsPassing) return (null, why);
        log.LogWarning("Event '{Event}' did not start {Definition}: {Problem}", published.Name, definition.Id, why.Describe());
        return (null, null);
    }
}
