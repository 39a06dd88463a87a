using Workflow.Engine.Definitions;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;

namespace Workflow.Engine.Running;

/// <summary>Starts the instance that an activity asked for. Its id is derived from the effect, so a second attempt finds it there.</summary>
internal sealed class StartChildHandler(CommitQueue queue, DefinitionLibrary definitions, TimeProvider time) : IEffectHandler<StartChild>
{
    public async Task<object?> HandleAsync(StartChild effect, EffectId id, CancellationToken cancel)
    {
        var definition = await FindAsync(effect, cancel);
        var input = effect.Input.RemoveRange(effect.Input.Keys.Except(definition.Inputs.Select(declared => declared.Name)));
        var result = await queue.SubmitAsync(new(
            effect.Child, new Stimulus.Started(effect.Child, input, effect.Task)
            {
                At = time.GetUtcNow(), By = effect.By, Parent = effect.Parent, CorrelationId = effect.CorrelationId, Generation = effect.Generation,
            })
        {
            Definition = definition.Id,
            IsPromised = true,
        });
        if (result.Refusal is not { Reason: not Reason.AlreadyStarted } why) return null;
        if (why.IsPassing) throw new EffectPostponedException(why.Describe());
        throw new EffectRefusedException($"workflow '{effect.DefinitionId}' was not started: {why.Describe()}");
    }

    private async Task<WorkflowDefinition> FindAsync(StartChild effect, CancellationToken cancel)
    {
        var name = effect.Version is null ? $"'{effect.DefinitionId}'" : $"'{effect.DefinitionId}' version {effect.Version}";
        return await definitions.FindToStartAsync(effect.DefinitionId, effect.Version, cancel) switch
        {
            { Refusal: { } why } => throw new EffectRefusedException(why.Describe()),
            { Definition.IsTask: true } when effect.Task is null => throw new EffectRefusedException($"expected a workflow that is no task, found {name}: a task needs a place and a subject"),
            { Definition.IsTask: false } when effect.Task is not null => throw new EffectRefusedException($"expected a task definition, found {name}"),
            var start => start.Definition!,
        };
    }
}

/// <summary>Tells a waiting parent how its child ended.</summary>
internal sealed class TellParentHandler(CommitQueue queue, TimeProvider time) : IEffectHandler<TellParent>
{
    public async Task<object?> HandleAsync(TellParent effect, EffectId id, CancellationToken cancel)
    {
        var result = await queue.SubmitAsync(new(effect.Parent.Instance, new Stimulus.ChildEnded(effect.Parent.Effect, effect.Result) { At = time.GetUtcNow(), By = effect.By, Generation = effect.Generation }));
        // A parent that has ended, or that waits no more, has nothing to hear.
        return result.Refusal is { } why && (why.IsPassing || why.Reason == Reason.InstanceFaulted) ? throw new EffectPostponedException(why.Describe()) : null;
    }
}

/// <summary>Tells one task what another has to say. A task that is closed has nothing to hear, but whoever counts on its end hears that it has ended.</summary>
internal sealed class TellTaskHandler(CommitQueue queue, TimeProvider time) : IEffectHandler<TellTask>
{
    public async Task<object?> HandleAsync(TellTask effect, EffectId id, CancellationToken cancel)
    {
        var refusal = await TellAsync(effect.To, effect.Message, effect.By);
        if (refusal is { Reason: Reason.TaskClosed } && effect.Message is TaskMessage.OrderGiven given) refusal = await TellAsync(given.Order, new TaskMessage.CoveredEnded(effect.To), effect.By);
        return refusal switch
        {
            null or { Reason: Reason.TaskClosed } => null,
            { IsPassing: true } or { Reason: Reason.InstanceFaulted } => throw new EffectPostponedException(refusal.Describe()),
            // Its start may still be under way.
            _ => throw new InvalidOperationException(refusal.Describe()),
        };
    }

    private async Task<Rejection?> TellAsync(InstanceId to, TaskMessage message, Actor? by) =>
        (await queue.SubmitAsync(new(to, new Stimulus.TaskTold(message) { At = time.GetUtcNow(), By = by }))).Refusal;
}

/// <summary>Tells an event to every instance that waits for it, and starts what it starts.</summary>
internal sealed class PublishEventHandler(EventPublisher publisher) : IEffectHandler<PublishedEvent>
{
    public async Task<object?> HandleAsync(PublishedEvent effect, EffectId id, CancellationToken cancel)
    {
        var reached = await publisher.PublishAsync(effect, id, null, cancel);
        return reached.Missed is { } why ? throw new EffectPostponedException(why.Describe()) : reached;
    }
}
