using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>
/// What a node does when it runs. Pure: no clock, no I/O, no fields that change; everything it needs is in the context and everything it
/// wants to remember or to have done goes through the context. Built-in activities and those of others use this same contract.
/// </summary>
public abstract class Activity : ActivityType
{
    /// <summary>The token has arrived. Complete, wait, schedule children or open a work item.</summary>
    public abstract void Execute(ActivityContext context);

    /// <summary>A child that this activity scheduled has completed.</summary>
    public virtual void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) => context.Complete([.. outcomes]);

    /// <summary>A child was cancelled by a person. Unless told otherwise, as if it had completed without an outcome.</summary>
    public virtual void ChildCancelled(ActivityContext context, Node child) => ChildCompleted(context, child, []);

    /// <summary>What this activity waited for has come.</summary>
    public virtual void Resumed(ActivityContext context, Resumption resumption) => context.Complete();

    /// <summary>An effect that this activity waits for was given up. Unless told otherwise that is a fault.</summary>
    public virtual void EffectFailed(ActivityContext context, int effect, string message) => throw ActivityContext.Fault(message);

    /// <summary>Nothing will ever move this activity: no child runs and it waits for nothing. Called where stalls are repaired, see <see cref="World.RepairsStalls"/>.</summary>
    public virtual void Stalled(ActivityContext context) => throw ActivityContext.Fault("expected something that this activity waits for, found nothing that can come");

    /// <summary>Whether what runs since an earlier child can be ended so that this one runs again. <paramref name="from"/> runs now.</summary>
    public virtual bool MayReturn(Node node, Node from, Node to) => false;

    /// <summary>A person goes back to an earlier child, see <see cref="MayReturn"/>: ends what follows from it and runs it again.</summary>
    public virtual void Return(ActivityContext context, Node from, Node to) => throw new NotSupportedException($"{Descriptor.Type} says of no child that it may be returned to");

    /// <summary>Whether this activity can begin with a child instead of its beginning: nothing behind the child waits for what would have come before it.</summary>
    public virtual bool MayBeginWith(Node node, Node child) => false;

    /// <summary>The token has arrived because a person goes back to this child or to something inside it, see <see cref="MayBeginWith"/>.</summary>
    public virtual void BeginWith(ActivityContext context, Node child) => Execute(context);

    /// <summary>True for a part of the closed loop itself, which a person can neither schedule nor cancel.</summary>
    public virtual bool IsStructural => false;

    /// <summary>A signal from an activity below. Return true when it is dealt with; otherwise it goes on upwards.</summary>
    public virtual bool Signalled(ActivityContext context, Signal signal) => false;
}

/// <summary>Something an activity tells the containers around it.</summary>
public abstract record Signal;

/// <summary>A person cancels the instance; a stage hears of it and goes to post-evaluation.</summary>
public sealed record Cancellation(string Reason, Person? By) : Signal;

/// <summary>A person sends the task back to an earlier stage; the stage that runs hears of it.</summary>
public sealed record StageReturn(StageName To, string? Reason) : Signal;

/// <summary>A value of the task's subject has come in. Every activity that runs hears of it.</summary>
public sealed record Reading(double Value) : Signal;

public abstract record Resumption
{
    private Resumption()
    {
    }

    public sealed record FromBookmark(Bookmark Bookmark, JsonElement? Payload) : Resumption;

    /// <param name="Effect">The number that <see cref="ActivityContext.Request{T}"/> gave.</param>
    public sealed record FromEffect(int Effect, JsonElement? Result) : Resumption;

    public sealed record FromChild(ChildResult Child) : Resumption;

    /// <param name="Parts">Every signer's item but those of signers who were removed.</param>
    public sealed record FromJointSign(SignDecision Decision, IReadOnlyList<WorkItem> Parts) : Resumption;

    public sealed record FromWorkItem(WorkItem Item, WorkItemState.Done Result) : Resumption;
}

/// <summary>An activity cannot go on. Becomes an incident with this message.</summary>
/// <param name="node">The id of the node that the incident names when it is not the activity's own.</param>
public sealed class ActivityFaultException(string message, string? node = null) : Exception(message)
{
    public string? Node => node;
}
