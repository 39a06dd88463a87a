using System.Globalization;
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
        string?[] columns =
        [
            previous, row.InstanceId, row.Revision.ToString(CultureInfo.InvariantCulture), row.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
            row.Stimulus, row.ActorId, row.ActorName, row.HashAlgorithm, row.Facts,
        ];
        // With their lengths, so that no text can move from one column to the next.
        var text = string.Join('\n', columns.Select(column => column is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{column.Length}:{column}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The first revision whose row does not follow from the one before, or is missing; null when the chain holds.</summary>
    /// <param name="rows">Every row of one instance, in order.</param>
    /// <param name="end">The hash that the instance keeps of its last row.</param>
    public static int? FirstBreak(IEnumerable<JournalRow> rows, string end)
    {
        var (previous, revision) = (Start, 0);
        foreach (var row in rows)
        {
            if (row.Revision != ++revision || row.Hash != Of(previous, row)) return row.Revision;
            previous = row.Hash;
        }
        return previous == end ? null : revision + 1;
    }
}
