using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary><c>Elsa.FlowDecision</c>: goes on at <c>True</c> or at <c>False</c>.</summary>
public sealed class FlowDecision : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.FlowDecision")
    {
        Category = "Control flow",
        Summary = "Goes on at True or at False.",
        Inputs = [new("condition", "Boolean") { IsTolerant = true, Summary = "Holds when it is true, \"true\" or a number other than 0." }],
    };

    public override IReadOnlyList<string> Outcomes(Node node) => ["True", "False"];

    public override void Execute(ActivityContext context) => context.Complete(Values.IsTrue(context.Input("condition")) ? "True" : "False");
}
