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
        Inputs = [new("condition", "Object") { Summary = "Read before each round; holds when it is true, \"true\" or a number other than 0." }],
        ChildPorts = ["body"],
    };

    protected override void Advance(ActivityContext context)
    {
        if (HasBody(context) && Values.IsTrue(context.Input("condition"))) Round(context, null, null);
        else context.Complete();
    }
}
