using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Definitions;

/// <summary>Names one immutable version of a definition.</summary>
public sealed record DefinitionVersion(string DefinitionId, int Version)
{
    public override string ToString() => $"{DefinitionId} v{Version}";
}

public sealed record DefinitionInput(string Name, string TypeName, string? DisplayName, bool IsRequired);

/// <summary>One published version, compiled: nodes by id, forms, variables. Immutable and shared by all instances.</summary>
public sealed class WorkflowDefinition
{
    /// <summary>Type name of the root that makes a definition a task definition.</summary>
    public const string ClosedLoopType = "Workflow.ClosedLoop";

    public required DefinitionVersion Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required Node Root { get; init; }

    public required FrozenDictionary<string, Node> Nodes { get; init; }

    public ImmutableArray<DefinitionInput> Inputs { get; init; } = [];

    /// <summary>Names of the values that the workflow gives back.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    public ImmutableArray<Variable> Variables { get; init; } = [];

    /// <summary>Names or ids of all variables that some activity sets; one that nobody declares becomes a variable of the workflow.</summary>
    public IReadOnlySet<string> VariablesSet => field ??= Nodes.Values.SelectMany(node => node.Type.VariablesSet(node)).ToHashSet();

    /// <summary>Ids of the containers with variables that are kept in memory only.</summary>
    public IReadOnlySet<string> MemoryOnlyNodes =>
        field ??= Nodes.Values.Where(node => node.Variables.Any(variable => variable.IsMemoryOnly)).Select(node => node.Id).ToHashSet();

    /// <summary>The outputs of all activities, for which scripts have functions.</summary>
    public IReadOnlyCollection<ScriptOutput> ScriptOutputs =>
        field ??= [.. Nodes.Values.SelectMany(node => node.Type.Descriptor.Outputs.Select(output => new ScriptOutput(node.ActivityId, node.Name, output)))];

    /// <summary>Forms by name (<c>customProperties.forms</c>), pinned with the version.</summary>
    public ImmutableDictionary<string, FormSchema> Forms { get; init; } = ImmutableDictionary<string, FormSchema>.Empty;

    /// <summary>Elsa's option: <c>ContinueWithIncidentsStrategy</c> lets other branches go on after a fault.</summary>
    public bool ContinuesWithIncidents { get; init; }

    /// <summary>How its flowcharts run unless one says otherwise.</summary>
    public FlowchartMode FlowchartMode { get; init; }

    /// <summary>The document as it was written.</summary>
    public required JsonElement Document { get; init; }

    /// <summary>The documents of the workflows that it uses as activities, as they were when it was read. A published version keeps them.</summary>
    public ImmutableArray<JsonElement> Used { get; init; } = [];

    /// <summary>A task definition: its instances are tasks, with a number, stages, work items and SLA clocks.</summary>
    public bool IsTask => string.Equals(Root.Type.Descriptor.Type, ClosedLoopType, StringComparison.OrdinalIgnoreCase);
}
