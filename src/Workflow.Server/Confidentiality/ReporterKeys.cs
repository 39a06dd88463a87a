using Workflow.Engine.Storage;
using Workflow.Server.Backups;

namespace Workflow.Server.Confidentiality;

/// <summary>
/// The keys of reporters' records, a file each, in a folder that no backup takes. Promise: when <see cref="Erase"/> has returned the key is gone, and with it what it
/// has sealed, in the database and in each of its copies. A key is on disk before its record is.
/// </summary>
internal sealed class ReporterKeys(string folder)
{
    private const string Suffix = ".key";

    public void Keep(Guid record, byte[] wrapped)
    {
        Directory.CreateDirectory(folder);
        using (var file = OwnersFile.Create(PathOf(record), FileMode.CreateNew))
        {
            file.Write(wrapped);
            file.Flush(flushToDisk: true);
        }
        DirectorySync.Flush(folder);
    }

    public byte[]? Find(Guid record) => File.Exists(PathOf(record)) ? File.ReadAllBytes(PathOf(record)) : null;

    public void Erase(Guid record)
    {
        if (!File.Exists(PathOf(record))) return;
        File.Delete(PathOf(record));
        DirectorySync.Flush(folder);
    }

    /// <summary>The records that there are keys of, and when each was made, by the clock of the files.</summary>
    public IEnumerable<(Guid Record, DateTimeOffset At)> Enumerate()
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var path in Directory.EnumerateFiles(folder, $"*{Suffix}"))
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var record)) yield return (record, File.GetLastWriteTimeUtc(path));
    }

    private string PathOf(Guid record) => Path.Combine(folder, $"{record:N}{Suffix}");
}
