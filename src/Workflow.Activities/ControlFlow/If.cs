using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary><c>Elsa.If</c>: runs <c>then</c> or <c>else</c>.</summary>
public sealed class If : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.If")
    {
        Category = "Control flow",
        Summary = "Runs then or else.",
        Inputs = [new("condition", "Boolean") { IsTolerant = true, Summary = "Holds when it is true, \"true\" or a number other than 0." }],
        ChildPorts = ["then", "else"],
        Outputs = ["result"],
    };

    public override void Execute(ActivityContext context)
    {
        var holds = Values.IsTrue(context.Input("condition"));
        context.SetOutput("result", Values.From(holds));
        if (context.Node.Ports.TryGetValue(holds ? "then" : "else", out var branch)) context.Schedule(branch);
        else context.Complete();
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) => context.Complete();
}
