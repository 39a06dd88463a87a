using System.Collections.Immutable;
using Workflow.Engine.Definitions;

namespace Workflow.Activities.ControlFlow;

/// <summary>
/// How much oftener than its target each flow of one running flowchart has been visited: that is all that decides whether the target may run. Where one
/// flow arrives there is nothing to compare, so only flows that are brought together are counted; and as a counter that is 0 is not kept, a join that has
/// run leaves nothing behind, however many there are.
/// </summary>
internal sealed class FlowVisits(FlowCounters counters, FlowGraph graph)
{
    private readonly CountedFlows flows = graph.Flowchart.Derive(static flowchart => new CountedFlows(FlowGraph.Of(flowchart)));

    /// <summary>The flow has been visited oftener than its target.</summary>
    public bool IsAhead(int flow) => counters.Of(flows.Of(flow).Lead) > 0;

    public bool AreAllAhead(Node activity) => counters.Of("n:" + activity.Id) == graph.ForwardInbound(activity).Length;

    /// <summary>The last visit followed the flow.</summary>
    public bool WasFollowed(int flow) => counters.Of(flows.Of(flow).Followed) == 1;

    public void Visit(Node activity)
    {
        if (!IsJoin(activity)) return;
        foreach (var flow in graph.ForwardInbound(activity)) Move(flow, -1);
        if (IsTaken(activity)) counters.Set("t:" + activity.Id, 0);
    }

    public void VisitFlow(int flow, bool followed)
    {
        if (!graph.IsJoining(flow)) return;
        counters.Set(flows.Of(flow).Followed, followed ? 1 : 0);
        Move(flow, 1);
    }

    /// <summary>A join that the first arrival has taken and that has not completed yet.</summary>
    public bool IsTaken(Node activity) => counters.Of("t:" + activity.Id) == 1;

    public void Take(Node activity) => counters.Set("t:" + activity.Id, 1);

    public void MarkBackwardEntry(Node activity)
    {
        if (IsJoin(activity)) counters.Set("b:" + activity.Id, 1);
    }

    /// <summary>True once when the activity was entered by a backward flow: that visit does not count.</summary>
    public bool TakeBackwardEntry(Node activity)
    {
        if (!IsJoin(activity) || counters.Of("b:" + activity.Id) == 0) return false;
        counters.Set("b:" + activity.Id, 0);
        return true;
    }

    /// <summary>Whether a counter says how much oftener than its target a flow has been visited.</summary>
    public static bool IsLead(string counter) => counter.StartsWith(LeadOf(""), StringComparison.Ordinal);

    private static string LeadOf(string flow) => "c:" + flow;

    /// <summary>As if neither the activity nor a flow to it had ever been visited.</summary>
    public void Forget(Node activity)
    {
        foreach (var flow in graph.ForwardInbound(activity))
        {
            counters.Set(flows.Of(flow).Lead, 0);
            counters.Set(flows.Of(flow).Followed, 0);
        }
        foreach (var counter in (ReadOnlySpan<string>)["n:", "t:", "b:"]) counters.Set(counter + activity.Id, 0);
    }

    private void Move(int flow, int by)
    {
        var counted = flows.Of(flow);
        var lead = counters.Of(counted.Lead) + by;
        counters.Set(counted.Lead, lead);
        // From 0 to 1 the flow comes to be ahead, from 1 to 0 it no longer is.
        if (lead == (by + 1) / 2) counters.Add(counted.Ahead, by);
        if (lead <= 0 && !counted.KeepsLastVisit) counters.Set(counted.Followed, 0);
    }

    private bool IsJoin(Node activity) => graph.ForwardInbound(activity).Length > 1;

    /// <param name="Lead">The counter of how much oftener than its target the flow has been visited.</param>
    /// <param name="Followed">The counter that is 1 when the last visit followed the flow.</param>
    /// <param name="Ahead">The counter of the flows to the same target that are ahead.</param>
    /// <param name="KeepsLastVisit">Nobody asks how a flow was visited that is not ahead, but a join for the first: as in Elsa it sees the last visits of all of them.</param>
    private sealed record CountedFlow(string Lead, string Followed, string Ahead, bool KeepsLastVisit);

    /// <summary>Built once per flowchart.</summary>
    private sealed class CountedFlows(FlowGraph graph)
    {
        private readonly ImmutableArray<CountedFlow> all = [.. graph.Keys.Select((key, flow) => Name(key, graph.TargetOf(flow)))];

        public CountedFlow Of(int flow) => all[flow];

        private static CountedFlow Name(string key, Node target) =>
            new(LeadOf(key), "f:" + key, "n:" + target.Id, target.Type is FlowJoin && FlowJoin.ModeOf(target) == FlowJoinMode.WaitAny);
    }
}
