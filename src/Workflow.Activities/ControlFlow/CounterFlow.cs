using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary>
/// The counter-based mode of a flowchart.
/// <para>
/// Every completed activity marks its outgoing flows as visited, and as followed when the flow's port is among the outcomes. An activity with
/// forward inbound flows is decided when each of them has been visited more often than it has: it runs when one was followed, otherwise it is
/// <em>skipped</em>, and the skip travels on (dead-path elimination). A <c>FlowJoin</c> may ask for all of them or for the first; for the first,
/// whatever still runs on a way to it is cancelled, which counts as a visit without an outcome, so that a loop finds all counters even.
/// In a task such a join runs once for all arrivals of a round; elsewhere, as in Elsa, a branch that is cancelled while the join is queued makes it run again.
/// A backward flow starts its target at once; one that bypasses its target faults, because a join behind the target could then wait for ever.
/// </para>
/// </summary>
internal sealed class CounterFlow
{
    private readonly ActivityContext context;
    private readonly FlowCounters counters;
    private readonly FlowVisits visits;
    private readonly FlowGraph graph;

    private CounterFlow(ActivityContext context)
    {
        this.context = context;
        graph = FlowGraph.Of(context.Node);
        counters = new(context);
        visits = new(counters, graph);
    }

    /// <summary>Goes on from a child that has completed.</summary>
    public static void Leave(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        var flow = new CounterFlow(context);
        try
        {
            flow.Leave(child, outcomes);
        }
        finally
        {
            flow.counters.Save();
        }
    }

    /// <summary>Ends whatever still runs on a way to a node.</summary>
    public static void CancelAncestors(ActivityContext context, Node node)
    {
        var flow = new CounterFlow(context);
        flow.CancelAncestors(node);
        flow.counters.Save();
    }

    /// <summary>
    /// The flows that a join still waits for although something has arrived at it: a loop before it has told it of a round that went another way, so that it was
    /// decided before the branch came.
    /// </summary>
    public static IReadOnlyList<string> Awaited(ActivityContext context)
    {
        var flow = new CounterFlow(context);
        var (graph, visits) = (flow.graph, flow.visits);
        var joins = Enumerable.Range(0, graph.Flowchart.Flows.Length)
            .Where(arrived => graph.IsJoining(arrived) && visits.IsAhead(arrived) && visits.WasFollowed(arrived)).Select(graph.TargetOf).Distinct()
            .Where(target => target.Type is not FlowJoin || FlowJoin.ModeOf(target) != FlowJoinMode.WaitAny);
        return [.. joins.SelectMany(target => graph.ForwardInbound(target)).Where(inbound => !visits.IsAhead(inbound)).Select(inbound => graph.Keys[inbound])];
    }

    /// <summary>Runs an activity again as over a backward flow; what follows from it has never been visited.</summary>
    public static void GoBack(ActivityContext context, Node to, IReadOnlySet<string> behind)
    {
        var flow = new CounterFlow(context);
        foreach (var forgotten in behind) flow.visits.Forget(flow.graph.ById[forgotten]);
        flow.visits.MarkBackwardEntry(to);
        flow.counters.Save();
        context.Schedule(to);
    }

    private void Leave(Node source, ImmutableArray<string> outcomes)
    {
        if (!visits.TakeBackwardEntry(source)) visits.Visit(source);
        // Depth first on a stack of its own: a dead path may be longer than the thread's.
        var open = new Stack<(int Flow, bool IsFollowed)>();
        Push(source, outcomes);
        while (open.TryPop(out var next))
        {
            if (graph.IsBackward(next.Flow))
            {
                if (next.IsFollowed) EnterBackward(next.Flow);
                continue;
            }
            visits.VisitFlow(next.Flow, next.IsFollowed);
            if (!Arrive(next.Flow, next.IsFollowed)) continue;
            var skipped = graph.TargetOf(next.Flow);
            visits.Visit(skipped);
            Push(skipped, []);
        }

        void Push(Node from, ImmutableArray<string> ports)
        {
            var outbound = graph.Outbound(from);
            for (var index = outbound.Length - 1; index >= 0; index--) open.Push((outbound[index], ports.Contains(graph.Flowchart.Flows[outbound[index]].Port)));
        }
    }

    private void EnterBackward(int flow)
    {
        var (source, target) = (graph.SourceOf(flow), graph.TargetOf(flow));
        if (graph.BypassesTarget(flow))
            throw new ActivityFaultException($"backward flow: expected every way to '{source.ActivityId}' to go through '{target.ActivityId}', found one that does not", source.Id);
        visits.MarkBackwardEntry(target);
        context.Schedule(target);
    }

    /// <summary>Decides about the target of a flow that has just been visited: it starts, goes on waiting, or is skipped (true).</summary>
    private bool Arrive(int flow, bool followed)
    {
        var target = graph.TargetOf(flow);
        var mode = target.Type is FlowJoin ? FlowJoin.ModeOf(target) : FlowJoinMode.WaitAllActive;
        // Alone, or from where the start does not lead: nothing else is waited for.
        if (!graph.IsJoining(flow))
        {
            if (followed) context.Schedule(target);
            if (followed && mode == FlowJoinMode.WaitAny) CancelAncestors(target);
            return !followed;
        }
        var inbound = graph.ForwardInbound(target);
        if (mode == FlowJoinMode.WaitAny && (followed || (!context.Definition.IsTask && inbound.Any(visits.WasFollowed))))
        {
            if (!visits.IsAhead(flow) || visits.IsTaken(target) || context.IsQueued(target.Id)) return false;
            if (context.Definition.IsTask) visits.Take(target);
            context.Schedule(target);
            CancelAncestors(target);
            return false;
        }
        if (visits.IsTaken(target) || !visits.AreAllAhead(target)) return false;

        var run = mode == FlowJoinMode.WaitAll ? inbound.All(visits.WasFollowed) : inbound.Any(visits.WasFollowed);
        if (run) context.Schedule(target);
        return !run;
    }

    private void CancelAncestors(Node join)
    {
        foreach (var ancestor in context.ActiveChildren.Where(active => active != join.Id && graph.IsAncestor(active, join.Id)))
            while (context.IsActive(ancestor))
            {
                context.CancelChild(ancestor);
                Leave(graph.ById[ancestor], []);
            }
    }
}
