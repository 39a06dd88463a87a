using Workflow.Engine.Instances;

namespace Workflow.Engine.Running;

/// <summary>What a commit brought for those who wait for work.</summary>
/// <param name="HasEffects">Effects are to be done, or an instance can hear of the end of its effects again.</param>
/// <param name="Due">The earliest time at which something is due; null for none.</param>
/// <param name="IsElsewhere">Another server of this database committed.</param>
public sealed record CommitSignal(bool HasEffects, DateTimeOffset? Due, bool IsElsewhere = false)
{
    /// <summary>The instances as they are now; none are named of a commit elsewhere.</summary>
    public IReadOnlyList<WorkflowInstance> Instances { get; init; } = [];
}

/// <summary>Tells of commits, on this server and, where servers share a database, on the others. Only a shortcut: whoever listens also polls.</summary>
public sealed class CommitSignals
{
    public event Action<CommitSignal>? Raised;

    public void Raise(CommitSignal signal) => Raised?.Invoke(signal);
}
