using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Proof;

/// <summary>Stands in the place of the closed loop while one stage is proved: keeps the instance where the stage has ended.</summary>
internal sealed class StageHold : Activity
{
    /// <summary>Kind of the wait that begins when the stage has ended.</summary>
    public const string Ended = "stage-ended";

    private const int Root = 1;
    private const int Stage = 2;
    private const int Incident = 3;

    public override ActivityDescriptor Descriptor { get; } = new(WorkflowDefinition.ClosedLoopType);

    public override bool IsStructural => true;

    /// <summary>The definition with this root.</summary>
    public static WorkflowDefinition Around(WorkflowDefinition definition)
    {
        var loop = definition.Root;
        var root = new Node { Id = loop.Id, ActivityId = loop.ActivityId, Name = loop.Name, Type = new StageHold(), Pointer = loop.Pointer, Json = loop.Json };
        return new()
        {
            Id = definition.Id,
            Name = definition.Name,
            Root = root,
            Nodes = definition.Nodes.Values.Select(node => node == loop ? root : node).ToFrozenDictionary(node => node.Id),
            Inputs = definition.Inputs,
            Outputs = definition.Outputs,
            Variables = definition.Variables,
            Forms = definition.Forms,
            ContinuesWithIncidents = definition.ContinuesWithIncidents,
            FlowchartMode = definition.FlowchartMode,
            Document = definition.Document,
        };
    }

    /// <summary>A task that is about to begin a stage, and the stimulus by which it does: a person has the stage tried again.</summary>
    public static (WorkflowInstance Before, Stimulus Begin) Before(WorkflowDefinition definition, Node stage, DateTimeOffset at)
    {
        var before = new WorkflowInstance(new(Guid.Empty), definition.Id)
        {
            Revision = 1,
            LastNumber = Incident,
            StartedAt = at,
            UpdatedAt = at,
            Tokens = [new(Root, definition.Root.Id, null), new(Stage, stage.Id, Root) { IsFaulted = true }],
            Incidents = [new(Incident, Stage, stage.Id, "", at)],
            Task = new("", definition.Name, ProofWorld.Place, Priority.Normal, [], []),
        };
        return (before, new Stimulus.IncidentDecided(Incident, IncidentDecision.Retry, null, null) { At = at });
    }

    public override void Execute(ActivityContext context) => throw new InvariantBrokenException("a stage is proved by itself");

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes) => context.Wait(Ended, child.Id);
}
