using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary>
/// <c>Elsa.Flowchart</c>: activities joined by flows, in one of Elsa's two modes, <see cref="CounterFlow"/> (the default) or <see cref="TokenFlow"/>.
/// A terminal activity such as <c>End</c> completes it at once; otherwise it is complete when nothing runs or is queued and it has no fault of its own.
/// </summary>
public sealed class Flowchart : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Flowchart")
    {
        Category = "Control flow",
        Summary = "Activities joined by connections.",
        ListMember = "activities",
        HasConnections = true,
    };

    public override void Execute(ActivityContext context)
    {
        var graph = FlowGraph.Of(context.Node);
        if (context.TriggerNode is { } trigger && graph.ById.TryGetValue(trigger, out var triggered)) context.Schedule(triggered);
        else if (graph.Start is { } start) context.Schedule(start);
        else context.Complete();
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        if (child.Type.Descriptor.IsTerminal)
        {
            context.Complete();
            return;
        }
        var mode = ModeOf(context);
        if (mode == FlowchartMode.TokenBased) TokenFlow.Leave(context, child, outcomes);
        else CounterFlow.Leave(context, child, outcomes);
        if (context.HasActiveChildren || context.IsFaulted) return;
        if (mode == FlowchartMode.TokenBased && TokenFlow.IsHeld(context)) return;
        // Elsa forgets such an arrival; a task would leave out whatever follows from it.
        if (mode == FlowchartMode.CounterBased && context.Definition.IsTask) Demand(CounterFlow.Awaited(context));
        context.Complete();
    }

    public override bool MayReturn(Node node, Node from, Node to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return FlowGraph.Of(node).Behind(to.Id)?.Contains(from.Id) == true;
    }

    public override void Return(ActivityContext context, Node from, Node to)
    {
        var behind = FlowGraph.Of(context.Node).Behind(to.Id)!;
        foreach (var child in behind.Append(to.Id))
            while (context.IsActive(child)) context.CancelChild(child);
        BeginWith(context, to);
    }

    public override bool MayBeginWith(Node node, Node child)
    {
        ArgumentNullException.ThrowIfNull(child);
        return FlowGraph.Of(node).Behind(child.Id) is not null;
    }

    public override void BeginWith(ActivityContext context, Node child)
    {
        ArgumentNullException.ThrowIfNull(child);
        var behind = FlowGraph.Of(context.Node).Behind(child.Id)!;
        if (ModeOf(context) == FlowchartMode.TokenBased) TokenFlow.GoBack(context, child, behind);
        else CounterFlow.GoBack(context, child, behind);
    }

    public override bool Signalled(ActivityContext context, Signal signal)
    {
        if (signal is not JoinReached { Join: var join } || join.Parent != context.Node) return false;
        if (ModeOf(context) == FlowchartMode.TokenBased) TokenFlow.CancelAncestors(context, join);
        else CounterFlow.CancelAncestors(context, join);
        return true;
    }

    /// <summary>In the token-based mode late arrivals may be all that is left; then the flowchart is complete. A merge that waits for a path that nobody took is an incident.</summary>
    public override void Stalled(ActivityContext context)
    {
        if (ModeOf(context) == FlowchartMode.TokenBased) Demand(TokenFlow.Awaited(context));
        context.Complete();
    }

    public override void Check(Node node, DefinitionCheck check) => JoinRules.Check(node, FlowchartModes.Of(node.Json) ?? check.Definition.FlowchartMode, check);

    /// <summary>Round by round a flow may get further ahead of its target, without end; beyond the second time that changes nothing.</summary>
    public override int Significant(string counter, int count) => FlowVisits.IsLead(counter) || TokenFlow.IsCounter(counter) ? Math.Min(count, 2) : count;

    private static void Demand(IReadOnlyList<string> awaited)
    {
        if (awaited.Count > 0) throw ActivityContext.Fault($"expected an arrival over {string.Join(", ", awaited)}, found nothing that can still come that way");
    }

    private static FlowchartMode ModeOf(ActivityContext context) =>
        context.Node.Derive(static node => new OwnMode(FlowchartModes.Of(node.Json))).Mode ?? context.Definition.FlowchartMode;

    /// <param name="Mode">Null when the flowchart runs as its workflow does.</param>
    private sealed record OwnMode(FlowchartMode? Mode);
}
