using System.Text.Json;
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
        Category = "Loops",
        Summary = "Runs its body for each item, one after another.",
        Inputs = [new("items", "Object") { Samples = SampleLists, Summary = "A list, or a text that holds one as JSON." }],
        Provides = ["CurrentValue", "CurrentIndex"],
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
        if (next >= items.GetArrayLength() || !HasBody(context.Node))
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
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.ParallelForEach")
    {
        Category = "Loops",
        Summary = "Runs its body for all items side by side.",
        Inputs = [new("items", "Object") { Samples = SampleLists, Summary = "A list, or a text that holds one as JSON." }],
        Provides = ["CurrentValue", "CurrentIndex"],
        ChildPorts = ["body"],
    };

    public override void Execute(ActivityContext context)
    {
        if (!HasBody(context.Node)) throw ActivityContext.Fault("port 'body': expected an activity, found none");
        if (!IsText(context.Node))
            foreach (var (index, item) in Items(context).Index()) Round(context, item, index);
        Advance(context);
    }

    protected override void Advance(ActivityContext context)
    {
        if (!context.HasActiveChildren) context.Complete();
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (IsText(node))
            check.Problems.Warn($"{node.Pointer}/items", "a list in the document, or JavaScript that gives one", "JSON as text, over which Elsa's ParallelForEach runs nothing, and so do we");
    }

    /// <summary>Elsa iterates a list that JavaScript gives, but nothing when the list is the text of a Literal or Object expression.</summary>
    private static bool IsText(Node node) => node.Plain("items")?.Member("expression")?.Member("value") is { ValueKind: JsonValueKind.String } && node.Literal("items") is not null;
}
