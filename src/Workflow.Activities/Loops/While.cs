using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Loops;

/// <summary><c>Elsa.While</c>: runs its body as long as the condition holds.</summary>
public sealed class While : Loop
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.While")
    {
        Category = "Loops",
        Summary = "Runs its body as long as the condition holds.",
        Inputs = [new("condition", "Boolean") { IsTolerant = true, Summary = "Read before each round; holds when it is true, \"true\" or a number other than 0." }],
        ChildPorts = ["body"],
    };

    public override void Check(Node node, DefinitionCheck check)
    {
        base.Check(node, check);
        if (HasBody(node) && Values.IsTrue(node.Literal("condition")) && !EndsOrWaits(node.Ports["body"]))
            check.Warn(node.Inputs["condition"].Pointer, "a condition that can change, or a Break or a wait in the body", "one that always holds");
    }

    /// <summary>Whether what runs in the body can wait or stop, or break this loop and not only one inside it.</summary>
    private static bool EndsOrWaits(Node node, bool isOwn = true) =>
        (isOwn && node.Type is Break) || node.Type.Descriptor.IsExit || node.Type.CanWait(node) || node.Children.Any(child => EndsOrWaits(child, isOwn && node.Type is not Loop));

    protected override void Advance(ActivityContext context)
    {
        if (HasBody(context.Node) && Values.IsTrue(context.Input("condition"))) Round(context, null, null);
        else context.Complete();
    }
}
