using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary>
/// How often the activities and flows of one running flowchart have been visited; kept in the counters of its token. Only activities with several
/// forward flows are counted, and the flows to them: where one flow arrives there is nothing to compare, so a long line needs no counters at all.
/// Changes are collected and recorded as one fact by <see cref="Save"/>.
/// </summary>
internal sealed class FlowVisits(ActivityContext context, FlowGraph graph)
{
    private readonly Dictionary<string, int> changed = [];

    public int Of(string activity) => Count("a:" + activity);

    public int Of(int flow) => Count("c:" + graph.Keys[flow]);

    public bool WasFollowed(int flow) => Count("f:" + graph.Keys[flow]) == 1;

    public void Visit(string activity)
    {
        if (!IsCounted(activity)) return;
        changed["a:" + activity] = Of(activity) + 1;
        if (IsTaken(activity)) changed["t:" + activity] = 0;
    }

    public void VisitFlow(int flow, bool followed)
    {
        if (!IsCounted(graph.Flowchart.Flows[flow].Target)) return;
        changed["c:" + graph.Keys[flow]] = Of(flow) + 1;
        changed["f:" + graph.Keys[flow]] = followed ? 1 : 0;
    }

    /// <summary>A join that the first arrival has taken and that has not completed yet.</summary>
    public bool IsTaken(string activity) => Count("t:" + activity) == 1;

    public void Take(string activity) => changed["t:" + activity] = 1;

    public void MarkBackwardEntry(string activity)
    {
        if (IsCounted(activity)) changed["b:" + activity] = 1;
    }

    /// <summary>True once when the activity was entered by a backward flow: that visit does not count.</summary>
    public bool TakeBackwardEntry(string activity)
    {
        if (!IsCounted(activity) || Count("b:" + activity) == 0) return false;
        changed["b:" + activity] = 0;
        return true;
    }

    public void Save()
    {
        if (changed.Count > 0) context.SetCounts(changed);
    }

    private bool IsCounted(string activity) => graph.ForwardInbound(activity).Length > 1;

    private int Count(string key) => changed.TryGetValue(key, out var value) ? value : context.Count(key);
}
