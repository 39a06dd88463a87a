using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

internal enum ForkJoinMode
{
    WaitAll,
    WaitAny,
}

/// <summary><c>Elsa.Fork</c>: runs its branches side by side until all have completed, or the first.</summary>
public sealed class Fork : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Fork")
    {
        Category = "Control flow",
        Summary = "Runs its branches side by side until all have completed, or the first.",
        ListMember = "branches",
        Inputs = [new("joinMode", "String") { Summary = "Until all branches have completed, or the first; WaitAll without it.", Options = Enum.GetNames<ForkJoinMode>() }],
    };

    public override void Execute(ActivityContext context)
    {
        foreach (var branch in context.Node.Activities) context.Schedule(branch);
        if (context.Node.Activities.IsEmpty) context.Complete();
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        if (Values.ToEnum<ForkJoinMode>(context.Text("joinMode")) == ForkJoinMode.WaitAny || !context.HasActiveChildren) context.Complete();
    }
}

/// <summary><c>Elsa.Parallel</c>: runs its activities side by side until all have completed.</summary>
public sealed class Parallel : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Parallel")
    {
        Category = "Control flow",
        Summary = "Runs its activities side by side until all have completed.",
        ListMember = "activities",
    };

    public override void Execute(ActivityContext context)
    {
        foreach (var branch in context.Node.Activities) context.Schedule(branch);
        if (context.Node.Activities.IsEmpty) context.Complete();
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        if (!context.HasActiveChildren) context.Complete();
    }
}
