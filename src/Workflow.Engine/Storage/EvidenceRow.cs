using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>A piece of evidence that an instance refers to. A file without one is an orphan.</summary>
public sealed record EvidenceRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => ((long)WorkItem << 32) | (uint)Position;

    public required int WorkItem { get; init; }

    /// <summary>Among the evidence of its item.</summary>
    public required int Position { get; init; }

    public required string Sha256 { get; init; }
}
