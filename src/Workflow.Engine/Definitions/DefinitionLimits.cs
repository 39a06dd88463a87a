namespace Workflow.Engine.Definitions;

/// <summary>What a document may be at most. A document beyond a limit is refused with one problem, before it can cost memory or stack.</summary>
public sealed record DefinitionLimits
{
    /// <summary>Size of a document in bytes.</summary>
    public int SizeBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Activities inside one another.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Activities, those of workflows used as activities included.</summary>
    public int Activities { get; init; } = 5_000;

    /// <summary>Connections of one flowchart.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>Workflows inside one another.</summary>
    public int UsedWorkflows { get; init; } = 8;

    /// <summary>States of one stage that its proof looks at; a stage with more is not proven.</summary>
    public int ProofStates { get; init; } = 4_000;

    /// <summary>Activities that run at once in a state that the proof looks at; a stage in which more can pile up is not proven.</summary>
    public int ProofWidth { get; init; } = 250;

    /// <summary>Pieces of evidence of one kind that a work item may ask for.</summary>
    public int EvidencePieces { get; init; } = 50;

    /// <summary>Signers that one step may name.</summary>
    public int Signers { get; init; } = 20;
}
