using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>An activity that is to begin in this burst.</summary>
internal readonly record struct Queued(Node Node, int? Parent, ImmutableDictionary<string, JsonElement>? Variables, bool IsDetached = false);

/// <summary>What is to begin, first in, first out. Knows how much of it is queued under each token, so that one under which nothing is costs nothing.</summary>
internal sealed class BurstQueue
{
    private readonly Dictionary<int, int> under = [];
    private Queue<Queued> queue = new();

    public int Count => queue.Count;

    public IEnumerable<Queued> All => queue;

    public bool HasAny(int parent) => under.ContainsKey(parent);

    public bool Contains(int parent, string node)
    {
        if (!HasAny(parent)) return false;
        foreach (var entry in queue)
            if (entry.Parent == parent && entry.Node.Id == node) return true;
        return false;
    }

    public void Add(Queued entry)
    {
        queue.Enqueue(entry);
        if (entry.Parent is { } parent) CollectionsMarshal.GetValueRefOrAddDefault(under, parent, out _)++;
    }

    public bool TryTake(out Queued entry)
    {
        if (!queue.TryDequeue(out entry)) return false;
        if (entry.Parent is { } parent && --CollectionsMarshal.GetValueRefOrNullRef(under, parent) == 0) under.Remove(parent);
        return true;
    }

    public void Clear()
    {
        queue.Clear();
        under.Clear();
    }

    /// <summary>Drops what is queued under a token.</summary>
    public void Drop(int parent)
    {
        if (under.Remove(parent)) queue = new(queue.Where(entry => entry.Parent != parent));
    }

    /// <summary>Lets what is queued under a token run on without it.</summary>
    public void Detach(int parent)
    {
        if (under.Remove(parent)) queue = new(queue.Select(entry => entry.Parent == parent ? entry with { Parent = null, IsDetached = true } : entry));
    }
}
