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
    private readonly Keys keys = graph.Flowchart.Derive(static flowchart => new Keys(FlowGraph.Of(flowchart)));

    /// <summary>The flow has been visited oftener than its target.</summary>
    public bool IsAhead(int flow) => counters.Of(keys.Lead[flow]) > 0;

    public bool AreAllAhead(string activity) => counters.Of("n:" + activity) == graph.ForwardInbound(activity).Length;

    /// <summary>The last visit followed the flow.</summary>
    public bool WasFollowed(int flow) => counters.Of(keys.Followed[flow]) == 1;

    public void Visit(string activity)
    {
        foreach (var flow in graph.ForwardInbound(activity))
            if (graph.IsJoining(flow)) Move(flow, -1);
        if (IsTaken(activity)) counters.Set("t:" + activity, 0);
    }

    public void VisitFlow(int flow, bool followed)
    {
        if (!graph.IsJoining(flow)) return;
        counters.Set(keys.Followed[flow], followed ? 1 : 0);
        Move(flow, 1);
    }

    /// <summary>A join that the first arrival has taken and that has not completed yet.</summary>
    public bool IsTaken(string activity) => IsJoin(activity) && counters.Of("t:" + activity) == 1;

    public void Take(string activity) => counters.Set("t:" + activity, 1);

    public void MarkBackwardEntry(string activity)
    {
        if (IsJoin(activity)) counters.Set("b:" + activity, 1);
    }

    /// <summary>True once when the activity was entered by a backward flow: that visit does not count.</summary>
    public bool TakeBackwardEntry(string activity)
    {
        if (!IsJoin(activity) || counters.Of("b:" + activity) == 0) return false;
        counters.Set("b:" + activity, 0);
        return true;
    }

    private void Move(int flow, int by)
    {
        var target = graph.TargetOf(flow);
        var wasAhead = IsAhead(flow);
        counters.Add(keys.Lead[flow], by);
        var isAhead = IsAhead(flow);
        if (isAhead != wasAhead) counters.Add("n:" + target.Id, by);
        // Nobody asks how a flow was visited that is not ahead, but a join for the first: as in Elsa it sees the last visits of all of them.
        if (!isAhead && !(target.Type is FlowJoin && FlowJoin.ModeOf(target) == FlowJoinMode.WaitAny)) counters.Set(keys.Followed[flow], 0);
    }

    private bool IsJoin(string activity) => graph.ForwardInbound(activity).Length > 1;

    /// <summary>Names of the counters of each flow: by how much it is ahead, and whether its last visit followed it.</summary>
    private sealed class Keys(FlowGraph graph)
    {
        public ImmutableArray<string> Lead { get; } = [.. graph.Keys.Select(key => "c:" + key)];

        public ImmutableArray<string> Followed { get; } = [.. graph.Keys.Select(key => "f:" + key)];
    }
}
