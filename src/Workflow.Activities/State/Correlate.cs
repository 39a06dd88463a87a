using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.State;

/// <summary><c>Elsa.Correlate</c>: gives the instance the id by which events from outside find it.</summary>
public sealed class Correlate : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Correlate")
    {
        Category = "Values",
        Summary = "Gives the instance the id by which events from outside find it.",
        Inputs = [new("correlationId", "String") { Summary = "The id, such as the number of an order." }],
    };

    public override void Execute(ActivityContext context)
    {
        context.CorrelationId = context.Text("correlationId");
        context.Complete();
    }
}

/// <summary><c>Elsa.SetName</c>: gives the instance a name for people.</summary>
public sealed class SetName : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.SetName")
    {
        Category = "Values",
        Summary = "Gives the instance a name for people.",
        Inputs = [new("value", "String") { Summary = "The name." }],
    };

    public override void Execute(ActivityContext context)
    {
        context.InstanceName = context.Text("value");
        context.Complete();
    }
}
