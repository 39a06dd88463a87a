using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Workflow.Engine.Storage;

/// <summary>Chains the journal rows of an instance: a row that is changed, removed or put elsewhere breaks every hash after it.</summary>
public static class JournalHash
{
    public const string Algorithm = "SHA-256";

    /// <summary>The hash before the first row.</summary>
    public static readonly byte[] Start = [];

    public static byte[] Of(byte[] previous, JournalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, previous);
        foreach (var text in (ReadOnlySpan<string?>)[row.InstanceId.ToString(), row.Stimulus, row.ActorId, row.ActorName, row.ActorAddress, row.HashAlgorithm])
            Add(hash, text is null ? null : Encoding.UTF8.GetBytes(text));
        Add(hash, Number(row.Revision));
        Add(hash, Number(row.At.UtcTicks));
        Add(hash, Number(row.Schema));
        Add(hash, row.Facts);
        return hash.GetHashAndReset();
    }

    /// <summary>The first revision whose row does not follow from the one before, or is missing; null when the chain holds.</summary>
    /// <param name="rows">Every row of one instance, in order.</param>
    /// <param name="end">The hash that the instance keeps of its last row.</param>
    public static int? FirstBreak(IEnumerable<JournalRow> rows, byte[] end)
    {
        var (previous, revision) = (Start, 0);
        foreach (var row in rows)
        {
            if (row.Revision != ++revision || !row.Hash.AsSpan().SequenceEqual(Of(previous, row))) return row.Revision;
            previous = row.Hash;
        }
        return previous.AsSpan().SequenceEqual(end) ? null : revision + 1;
    }

    /// <summary>With its length, so that nothing can move from one column to the next; a column that is null has none.</summary>
    private static void Add(IncrementalHash hash, byte[]? column)
    {
        hash.AppendData(Number(column?.Length ?? -1));
        if (column is not null) hash.AppendData(column);
    }

    private static byte[] Number(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
