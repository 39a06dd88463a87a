namespace Workflow.Engine.Instances;

/// <summary>Seeds for the scripts of a burst: the same when the burst is applied again, another for every other evaluation.</summary>
internal sealed class BurstSeeds(WorkflowInstance before)
{
    private int given;

    public ulong Next()
    {
        var hash = 14695981039346656037UL;
        foreach (var part in before.Id.Value.ToByteArray().Concat(BitConverter.GetBytes(before.Revision)).Concat(BitConverter.GetBytes(++given)))
            hash = (hash ^ part) * 1099511628211UL;
        return hash;
    }
}
