using System.Security.Cryptography;
using System.Text;

namespace Workflow.Engine.Storage;

/// <summary>Chains the journal rows of an instance: a row that is changed, removed or put elsewhere breaks every hash after it.</summary>
public static class JournalHash
{
    public const string Algorithm = "SHA-256";

    /// <summary>The hash before the first row.</summary>
    public const string Start = "";

    public static string Of(string previous, JournalRow row)
    {
        var text = string.Join('\n', previous, row.InstanceId, row.Revision, row.At.UtcTicks, row.Stimulus, row.ActorId, row.ActorName, row.HashAlgorithm, row.Facts);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The first revision whose row does not follow from the one before; null when the chain holds.</summary>
    public static int? FirstBreak(IEnumerable<JournalRow> rows)
    {
        var (previous, revision) = (Start, 0);
        foreach (var row in rows)
        {
            if (row.Revision != ++revision || row.Hash != Of(previous, row)) return row.Revision;
            previous = row.Hash;
        }
        return null;
    }
}
