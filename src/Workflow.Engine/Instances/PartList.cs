using System.Runtime.InteropServices;

namespace Workflow.Engine.Instances;

/// <summary>A part of an instance. Parts get ascending numbers as they begin, so a list of them lies in the order of their numbers.</summary>
public interface IPart
{
    int Id { get; }
}

/// <summary>Parts of an instance while a burst changes them.</summary>
public sealed class PartList<T>(IEnumerable<T> parts) : List<T>(parts)
    where T : class, IPart
{
    internal ReadOnlySpan<T> Span => CollectionsMarshal.AsSpan(this);

    public T? Find(int id) => IndexOf(id) is var index and >= 0 ? this[index] : null;

    /// <returns>Negative when it is not there.</returns>
    public int IndexOf(int id) => Parts.IndexOf(Span, id);

    public T? Remove(int id)
    {
        if (IndexOf(id) is not (var index and >= 0)) return null;
        var removed = this[index];
        RemoveAt(index);
        return removed;
    }

    /// <summary>What has a higher number, as everything has that a token holds: it began later.</summary>
    internal ReadOnlySpan<T> After(int id)
    {
        var index = IndexOf(id);
        return Span[(index < 0 ? ~index : index + 1)..];
    }
}

internal static class Parts
{
    /// <returns>The complement of where it would stand when it is not there.</returns>
    public static int IndexOf<T>(ReadOnlySpan<T> parts, int id)
        where T : class, IPart
    {
        var (low, high) = (0, parts.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = parts[middle].Id;
            if (found == id) return middle;
            if (found < id) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    /// <summary>For ids that come in an order like that of the parts: looks first where the last one was, and behind it.</summary>
    public static int IndexOf<T>(ReadOnlySpan<T> parts, int id, int last)
        where T : class, IPart
    {
        for (var near = Math.Max(last, 0); near <= last + 1 && near < parts.Length; near++)
            if (parts[near].Id == id) return near;
        return IndexOf(parts, id);
    }
}
