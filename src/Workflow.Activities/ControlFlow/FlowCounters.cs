using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary>The counters of one running flowchart, in the state of its token. What changes is collected and recorded as one fact by <see cref="Save"/>.</summary>
internal sealed class FlowCounters(ActivityContext context)
{
    private Dictionary<string, int>? changed;

    public int Of(string key) => changed is not null && changed.TryGetValue(key, out var value) ? value : context.Count(key);

    public void Set(string key, int value)
    {
        if (Of(key) != value) (changed ??= [])[key] = value;
    }

    public void Add(string key, int by) => Set(key, Of(key) + by);

    public void Save()
    {
        if (changed is not null) context.SetCounts(changed);
    }
}
