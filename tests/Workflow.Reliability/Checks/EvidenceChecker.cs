using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Reliability.Checks;

/// <summary>Every piece of evidence that a fact refers to is in its place, whole.</summary>
internal static class EvidenceChecker
{
    /// <returns>How many were referred to, and a line for each that is not as it should be.</returns>
    public static async Task<(int Count, IReadOnlyList<string> Broken)> CheckAsync(Database database, string folder)
    {
        await using var db = database.CreateDbContext();
        var referred = (await db.Journal.AsNoTracking().Where(row => row.Stimulus == nameof(Stimulus.EvidenceAttached)).Select(row => row.Facts).ToListAsync())
            .SelectMany(StoredJson.Read<List<Fact>>).OfType<Fact.ItemEvidenceAttached>().Select(fact => fact.Evidence.Sha256).Distinct().ToList();
        return (referred.Count, [.. referred.Select(hash => (Hash: hash, Found: HashOf(Path.Combine(folder, hash[..2], hash)))).Where(file => file.Found != file.Hash).Select(file => $"evidence {file.Hash}: found {file.Found}")]);
    }

    private static string HashOf(string path)
    {
        if (!File.Exists(path)) return "nothing";
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
