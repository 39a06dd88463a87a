using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary>
/// <c>Elsa.Flowchart</c> in its counter-based mode.
/// <para>
/// Every completed activity marks its outgoing flows as visited, and as followed when the flow's port is among the outcomes. An activity with
/// forward inbound flows is decided when each of them has been visited more often than it has: it runs when one was followed, otherwise it is
/// <em>skipped</em>, and the skip travels on (dead-path elimination). A <c>FlowJoin</c> may ask for all of them or for the first; for the first,
/// whatever still runs on a way to it is cancelled, which counts as a visit without an outcome, so that a loop finds all counters even.
/// A backward flow starts its target at once; one that bypasses its target faults, because a join behind the target could then wait for ever.
/// The flowchart is complete when no child runs or is queued and it has no fault of its own.
/// </para>
/// </summary>
public sealed class Flowchart : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Flowchart") { HasActivities = true, HasConnections = true };

    public override void Execute(ActivityContext context)
    {
        if (FlowGraph.Of(context.Node).Start is { } start) context.Schedule(start);
        else context.Complete();
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        var visits = new FlowVisits(context);
        // Branches that were queued when the join was taken have begun since.
        if (FlowJoin.TakesFirst(child)) CancelAncestors(context, visits, child.Id);
        Leave(context, visits, child.Id, outcomes);
        if (!context.HasActiveChildren && !context.IsFaulted) context.Complete();
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        var mode = node.Plain("customProperties")?.Text("Flowchart:ExecutionMode") ?? check.Definition.Document.Member("customProperties")?.Text("Flowchart:ExecutionMode");
        if (mode is not (null or "Default" or "CounterBased"))
            check.Error($"{node.Pointer}/customProperties", "flowchart mode CounterBased, the only one that this version runs", $"'{mode}'");
    }

    private static void Leave(ActivityContext context, FlowVisits visits, string source, ImmutableArray<string> outcomes)
    {
        if (!visits.TakeBackwardEntry(source)) visits.Visit(source);
        Follow(context, visits, source, outcomes);
    }

    private static void Follow(ActivityContext context, FlowVisits visits, string source, ImmutableArray<string> outcomes)
    {
        var graph = FlowGraph.Of(context.Node);
        // Depth first on a stack of its own: a dead path may be longer than the thread's.
        var open = new Stack<(int Flow, bool IsFollowed)>();
        Push(source, outcomes);
        while (open.TryPop(out var next))
        {
            var target = graph.Flowchart.Flows[next.Flow].Target;
            if (graph.IsBackward(next.Flow))
            {
                if (next.IsFollowed) EnterBackward(context, visits, graph, next.Flow);
                continue;
            }
            visits.VisitFlow(next.Flow, next.IsFollowed);
            if (!Arrive(context, visits, graph, next.Flow, next.IsFollowed)) continue;
            visits.Visit(target);
            Push(target, []);
        }

        void Push(string from, ImmutableArray<string> ports)
        {
            foreach (var flow in graph.Outbound(from).Reverse()) open.Push((flow, ports.Contains(graph.Flowchart.Flows[flow].Port)));
        }
    }

    private static void EnterBackward(ActivityContext context, FlowVisits visits, FlowGraph graph, int index)
    {
        var flow = graph.Flowchart.Flows[index];
        if (graph.BypassesTarget(index))
            throw new ActivityFaultException($"backward flow to '{flow.Target}': expected every way to '{flow.Source}' to go through '{flow.Target}', found one that does not", flow.Source);
        visits.MarkBackwardEntry(flow.Target);
        context.Schedule(graph.ById[flow.Target]);
    }

    /// <summary>Decides about the target of a flow that has just been visited: it starts, goes on waiting, or is skipped (true).</summary>
    private static bool Arrive(ActivityContext context, FlowVisits visits, FlowGraph graph, int flow, bool followed)
    {
        var target = graph.ById[graph.Flowchart.Flows[flow].Target];
        var mode = target.Type is FlowJoin ? FlowJoin.ModeOf(target) : FlowJoinMode.WaitAllActive;
        if (followed && mode == FlowJoinMode.WaitAny)
        {
            if (visits.Of(flow) <= visits.Of(target.Id) || visits.IsTaken(target.Id)) return false;
            visits.Take(target.Id);
            context.Schedule(target);
            CancelAncestors(context, visits, target.Id);
            return false;
        }
        var inbound = graph.ForwardInbound(target.Id);
        if (visits.IsTaken(target.Id) || inbound.Any(index => visits.Of(index) <= visits.Of(target.Id))) return false;

        var run = mode == FlowJoinMode.WaitAll ? inbound.All(visits.WasFollowed) : inbound.Any(visits.WasFollowed);
        if (run) context.Schedule(target);
        return !run;
    }

    private static void CancelAncestors(ActivityContext context, FlowVisits visits, string join)
    {
        foreach (var ancestor in FlowGraph.Of(context.Node).Ancestors(join))
            while (context.IsActive(ancestor))
            {
                context.CancelChild(ancestor);
                Leave(context, visits, ancestor, []);
            }
    }
}
