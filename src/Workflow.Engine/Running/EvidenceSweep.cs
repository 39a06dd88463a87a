using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>
/// Removes the files of evidence that nobody refers to: of commands that were refused after the upload, of uploads that were cut off, of instances that were let
/// go without an archive.
/// <para>
/// A file goes only when its bytes are older than the age that is asked for and this server has seen it without a reference for as long. An upload writes its bytes
/// anew before its transaction begins, so a file that a transaction under way refers to is young; one that was freed by a deletion stays long enough
/// for a backup that copied the database before. After a start the time counts anew, so a crash removes nothing.
/// </para>
/// </summary>
public sealed class EvidenceSweep(Database database, EvidenceStore store, ILogger<EvidenceSweep> log)
{
    private const int Batch = 500;

    private readonly Dictionary<string, DateTimeOffset> unreferencedSince = [];

    /// <param name="now">By the clock of the files.</param>
    /// <returns>How many files are gone.</returns>
    public async Task<int> RunAsync(DateTimeOffset now, TimeSpan age, CancellationToken cancel)
    {
        await using var alone = await database.AloneAsync("evidence", cancel);
        store.PutBack();
        var removed = 0;
        var seen = new HashSet<string>();
        foreach (var chunk in store.Enumerate().Chunk(Batch))
        {
            var names = chunk.ToList();
            cancel.ThrowIfCancellationRequested();
            await using var db = database.CreateDbContext();
            var referenced = await db.Evidence.Where(row => names.Contains(row.Sha256)).Select(row => row.Sha256).Distinct().ToListAsync(cancel);
            foreach (var name in names.Except(referenced))
            {
                seen.Add(name);
                unreferencedSince.TryAdd(name, now);
                var before = now - age;
                if (unreferencedSince[name] <= before && store.WrittenAt(name) < before && store.Remove(name, before)) removed++;
            }
        }
        foreach (var name in unreferencedSince.Keys.Except(seen).ToList()) unreferencedSince.Remove(name);
        if (removed > 0) log.LogInformation("{Count} files of evidence that nobody referred to were removed", removed);
        return removed;
    }
}
