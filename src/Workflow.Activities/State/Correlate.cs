using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.State;

/// <summary><c>Elsa.Correlate</c>: gives the instance the id by which events from outside find it.</summary>
public sealed class Correlate : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Correlate") { Inputs = [new("correlationId", "String")] };

    public override void Execute(ActivityContext context)
    {
        context.CorrelationId = context.Text("correlationId");
        context.Complete();
    }
}

/// <summary><c>Elsa.SetName</c>: gives the instance a name for people.</summary>
public sealed class SetName : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.SetName") { Inputs = [new("value", "String")] };

    public override void Execute(ActivityContext context)
    {
        context.InstanceName = context.Text("value");
        context.Complete();
    }
}
