using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary>
/// <c>Elsa.Flowchart</c> in its counter-based mode.
/// <para>
/// Every completed activity marks its outgoing flows as visited, and as followed when the flow's port is among the outcomes. An activity with
/// forward inbound flows is decided when each of them has been visited more often than it has: it runs when one was followed, otherwise it is
/// <em>skipped</em>, and the skip travels on (dead-path elimination). A <c>FlowJoin</c> may ask for all of them or for the first.
/// A backward flow starts its target at once. The flowchart is complete when no child runs or is queued.
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
        if (!visits.TakeBackwardEntry(child.Id)) visits.Visit(child.Id);
        Follow(context, visits, child.Id, outcomes);
        if (!context.HasActiveChildren) context.Complete();
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        var mode = node.Plain("customProperties")?.Text("Flowchart:ExecutionMode") ?? check.Definition.Document.Member("customProperties")?.Text("Flowchart:ExecutionMode");
        if (mode is not (null or "Default" or "CounterBased"))
            check.Error($"{node.Pointer}/customProperties", "flowchart mode CounterBased, the only one that this version runs", $"'{mode}'");
    }

    private static void Follow(ActivityContext context, FlowVisits visits, string source, ImmutableArray<string> outcomes)
    {
        var graph = FlowGraph.Of(context.Node);
        foreach (var index in graph.Outbound(source))
        {
            var flow = graph.Flowchart.Flows[index];
            var followed = outcomes.Contains(flow.Port);
            if (graph.IsBackward(index))
            {
                if (followed) EnterBackward(context, visits, graph.ById[flow.Target]);
                continue;
            }
            visits.VisitFlow(index, followed);
            Arrive(context, visits, graph, index, followed);
        }
    }

    private static void EnterBackward(ActivityContext context, FlowVisits visits, Node target)
    {
        visits.MarkBackwardEntry(target.Id);
        context.Schedule(target);
    }

    private static void Arrive(ActivityContext context, FlowVisits visits, FlowGraph graph, int flow, bool followed)
    {
        var target = graph.ById[graph.Flowchart.Flows[flow].Target];
        var mode = target.Type is FlowJoin ? FlowJoin.ModeOf(target) : FlowJoinMode.WaitAllActive;
        if (mode == FlowJoinMode.WaitAny && followed)
        {
            if (visits.Of(flow) <= visits.Of(target.Id) || visits.IsTaken(target.Id)) return;
            foreach (var ancestor in graph.Ancestors(target.Id)) context.CancelChild(ancestor);
            visits.Take(target.Id);
            context.Schedule(target);
            return;
        }
        var inbound = graph.ForwardInbound(target.Id);
        if (visits.IsTaken(target.Id) || inbound.Any(index => visits.Of(index) <= visits.Of(target.Id))) return;

        var run = mode == FlowJoinMode.WaitAll ? inbound.All(visits.WasFollowed) : inbound.Any(visits.WasFollowed);
        if (run) context.Schedule(target);
        else
        {
            visits.Visit(target.Id);
            Follow(context, visits, target.Id, []);
        }
    }
}
