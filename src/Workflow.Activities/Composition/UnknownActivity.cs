using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Composition;

/// <summary>Stands for an activity type that is not known here. Its JSON is kept; running it is a fault.</summary>
internal sealed class UnknownActivity(string typeName) : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new(typeName) { IsOpen = true };

    public override bool HasFixedOutcomes(Node node) => false;

    public override void Execute(ActivityContext context) => throw ActivityContext.Fault($"activity type '{typeName}': expected a type that this engine runs, found one that it does not know");
}
