using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Composition;

/// <summary>
/// A workflow that is used as an activity: runs inside the same instance, with its own inputs and variables. Its outputs are the activity's outputs.
/// </summary>
internal sealed class WorkflowActivity(string typeName, UsedWorkflow workflow) : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new(typeName)
    {
        Inputs = [.. workflow.Inputs.Select(input => new InputDescriptor(input.Name, input.TypeName))],
        Outputs = workflow.Outputs,
        PlainMembers = ["workflowDefinitionId", "workflowDefinitionVersionId", "latestAvailablePublishedVersion", "latestAvailablePublishedVersionId"],
    };

    public override UsedWorkflow? UsedWorkflow => workflow;

    public override IReadOnlyList<string> Outcomes(Node node) => workflow.Outcomes;

    public override bool HasFixedOutcomes(Node node) => false;

    public override void Execute(ActivityContext context)
    {
        var inputs = Descriptor.Inputs.Select(input => (input.Name, Value: context.Input(input.Name))).Where(input => input.Value is not null)
            .ToDictionary(input => input.Name, input => input.Value!.Value);
        context.SetState(Engine.Definitions.UsedWorkflow.InputKey, inputs);
        if (context.Node.Ports.TryGetValue(Engine.Definitions.UsedWorkflow.RootPort, out var root)) context.Schedule(root);
        else context.Complete();
    }

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) => End(context, ["Done"]);

    public override bool Signalled(ActivityContext context, Signal signal)
    {
        if (signal is not CompositeEnding ending) return false;
        End(context, ending.Outcomes);
        return true;
    }

    private void End(ActivityContext context, ImmutableArray<string> outcomes)
    {
        foreach (var output in Descriptor.Outputs) context.SetOutput(output, context.State(Engine.Definitions.UsedWorkflow.OutputKey(output)));
        context.Complete([.. outcomes]);
    }
}

/// <summary>Ends the workflow around an activity with outcomes.</summary>
internal sealed record CompositeEnding(ImmutableArray<string> Outcomes) : Signal;
