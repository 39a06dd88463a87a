using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage.Bursts;

/// <summary>An instance as it was last stored by this server.</summary>
internal sealed record StoredInstance(WorkflowInstance State, byte[] JournalHash, int Bytes)
{
    /// <summary>What even a small instance takes as objects, beside what its stored bytes tell.</summary>
    private const int Overhead = 2048;

    public int Cost => Bytes + Overhead;
}

/// <summary>
/// Instances that this server wrote lately, so that a burst need not read what the last one wrote. It may be behind: another server may have changed
/// an instance since. The revision finds that out when the next burst is written, and what is kept here is then forgotten.
/// Used by the commit queue alone, one batch at a time.
/// </summary>
/// <param name="capacity">Bytes of stored states and 2 KB each; those that were not used for longest go first.</param>
internal sealed class InstanceCache(long capacity)
{
    private readonly Dictionary<InstanceId, LinkedListNode<StoredInstance>> known = [];
    private readonly LinkedList<StoredInstance> byUse = [];
    private long bytes;

    public StoredInstance? Find(InstanceId id)
    {
        if (!known.TryGetValue(id, out var node)) return null;
        byUse.Remove(node);
        byUse.AddFirst(node);
        return node.Value;
    }

    /// <summary>What has ended is not kept: nothing more is expected to happen to it.</summary>
    public void Keep(StoredInstance instance)
    {
        Forget(instance.State.Id);
        if (instance.State.EndedAt is not null) return;
        known[instance.State.Id] = byUse.AddFirst(instance);
        bytes += instance.Cost;
        while (bytes > capacity) Forget(byUse.Last!.Value.State.Id);
    }

    public void Forget(InstanceId id)
    {
        if (!known.Remove(id, out var node)) return;
        byUse.Remove(node);
        bytes -= node.Value.Cost;
    }
}
