using System.Globalization;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary>How often the activities and flows of one running flowchart have been visited; kept in the counters of its token.</summary>
internal readonly struct FlowVisits(ActivityContext context)
{
    public int Of(string activity) => context.Count($"a:{activity}");

    public int Of(int flow) => context.Count(Flow(flow));

    public bool WasFollowed(int flow) => context.Count(Followed(flow)) == 1;

    public void Visit(string activity)
    {
        context.SetCount($"a:{activity}", Of(activity) + 1);
        if (IsTaken(activity)) context.SetCount($"t:{activity}", 0);
    }

    public void VisitFlow(int flow, bool followed)
    {
        context.SetCount(Flow(flow), Of(flow) + 1);
        context.SetCount(Followed(flow), followed ? 1 : 0);
    }

    /// <summary>A join that the first arrival has taken and that has not completed yet.</summary>
    public bool IsTaken(string activity) => context.Count($"t:{activity}") == 1;

    public void Take(string activity) => context.SetCount($"t:{activity}", 1);

    public void MarkBackwardEntry(string activity) => context.SetCount($"b:{activity}", 1);

    /// <summary>True once when the activity was entered by a backward flow: that visit does not count.</summary>
    public bool TakeBackwardEntry(string activity)
    {
        if (context.Count($"b:{activity}") == 0) return false;
        context.SetCount($"b:{activity}", 0);
        return true;
    }

    private static string Flow(int flow) => string.Create(CultureInfo.InvariantCulture, $"c:{flow}");

    private static string Followed(int flow) => string.Create(CultureInfo.InvariantCulture, $"f:{flow}");
}
