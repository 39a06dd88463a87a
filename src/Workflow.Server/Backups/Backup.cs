using System.IO.Compression;
using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Sqlite;
using Workflow.Server.Commands;

namespace Workflow.Server.Backups;

/// <summary>
/// Takes a backup of a SQLite database and its evidence, also while servers work. Promise: the file is there whole or not at all; everything that was
/// answered before it began is in it, and every piece of evidence that its facts refer to.
/// <para>
/// The database is copied first, the evidence after it: a piece of evidence is in its place before the transaction that refers to it begins, and is
/// removed only when nobody has referred to it for hours (Evidence:OrphanHours), so what the copy refers to is there. Evidence that came later is in the backup too, and nobody refers to it yet.
/// </para>
/// </summary>
internal static class Backup
{
    /// <param name="target">A file that is not there yet.</param>
    public static async Task<BackupManifest> TakeAsync(string database, string evidence, string target, CancellationToken cancel)
    {
        if (!File.Exists(database)) throw new UnusableBackupException($"expected a database at {database}, found none");
        if (File.Exists(target)) throw new UnusableBackupException($"{target}: expected a file that is not there yet, found one");
        var (part, copy) = ($"{target}.part", $"{target}.database.part");
        try
        {
            BackupManifest manifest;
            await using (var file = OwnersFile.Create(part))
            {
                var takenAt = TimeProvider.System.GetUtcNow();
                await OwnersFile.Create(copy).DisposeAsync();
                SqliteCopy.Write(database, copy);
                manifest = new(BackupManifest.CurrentFormat, CommandLine.Version, takenAt, await WriteAsync(file, copy, evidence, takenAt, cancel));
                file.Flush(flushToDisk: true);
            }
            File.Move(part, target);
            DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(target))!);
            return manifest;
        }
        finally
        {
            File.Delete(part);
            File.Delete(copy);
        }
    }

    private static async Task<IReadOnlyList<BackupPart>> WriteAsync(FileStream file, string database, string evidence, DateTimeOffset takenAt, CancellationToken cancel)
    {
        await using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        var parts = new List<BackupPart> { await AddAsync(zip, BackupManifest.Database, database, CompressionLevel.Fastest, cancel) };
        if (Directory.Exists(evidence))
            foreach (var path in Directory.EnumerateFiles(evidence, "*", SearchOption.AllDirectories))
                // What is still being received has another name.
                if (BackupManifest.EvidenceFolder + Path.GetRelativePath(evidence, path).Replace('\\', '/') is var name && BackupManifest.IsPartName(name))
                    try
                    {
                        parts.Add(await AddAsync(zip, name, path, CompressionLevel.NoCompression, cancel));
                    }
                    catch (FileNotFoundException)
                    {
                        // Swept meanwhile: nobody has referred to it for hours.
                    }
        await using var stream = await zip.CreateEntry(BackupManifest.Name).OpenAsync(cancel);
        await JsonSerializer.SerializeAsync(stream, new BackupManifest(BackupManifest.CurrentFormat, CommandLine.Version, takenAt, parts), InstanceJson.Options, cancel);
        return parts;
    }

    private static async Task<BackupPart> AddAsync(ZipArchive zip, string name, string path, CompressionLevel level, CancellationToken cancel)
    {
        await using var from = File.OpenRead(path);
        await using var to = await zip.CreateEntry(name, level).OpenAsync(cancel);
        var part = await HashedCopy.CopyAsync(name, from, to, cancel);
        if (name != BackupManifest.Database && name != BackupManifest.EvidencePart(part.Sha256))
            throw new UnusableBackupException($"{path}: expected the content that its name is the hash of, found {part.Sha256}");
        return part;
    }
}
