using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Loops;

/// <summary><c>Elsa.ForEach</c>: runs its body for each item, one after another. The list is read once, at the beginning.</summary>
public sealed class ForEach : Loop
{
    private const string List = "items";
    private const string Next = "next";

    public override ActivityDescriptor Descriptor { get; } = new("Elsa.ForEach")
    {
        Inputs = [new("items", "Object")],
        ChildPorts = ["body"],
        Outputs = ["currentValue"],
    };

    public override void Execute(ActivityContext context)
    {
        context.SetState(List, Items(context));
        Advance(context);
    }

    protected override void Advance(ActivityContext context)
    {
        var items = context.State(List)!.Value;
        var next = context.Count(Next);
        if (next >= items.GetArrayLength() || !HasBody(context))
        {
            context.Complete();
            return;
        }
        context.SetCount(Next, next + 1);
        Round(context, items[next], next);
    }
}

/// <summary><c>Elsa.ParallelForEach</c>: runs its body for all items side by side.</summary>
public sealed class ParallelForEach : Loop
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.ParallelForEach") { Inputs = [new("items", "Object")], ChildPorts = ["body"] };

    public override void Execute(ActivityContext context)
    {
        if (!HasBody(context)) throw ActivityContext.Fault("port 'body': expected an activity, found none");
        foreach (var (index, item) in Items(context).Index()) Round(context, item, index);
        Advance(context);
    }

    protected override void Advance(ActivityContext context)
    {
        if (!context.HasActiveChildren) context.Complete();
    }
}
