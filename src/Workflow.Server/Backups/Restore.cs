using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Backups;

/// <summary>Where a restore goes.</summary>
/// <param name="Database">Path of the SQLite file.</param>
/// <param name="MovesAside">What is there is moved aside; else it is a refusal.</param>
internal sealed record RestoreTarget(string Database, string Evidence, bool MovesAside);

/// <summary>
/// Puts a backup into a data folder. Everything is unpacked beside its place and held against the manifest first; what is damaged changes nothing.
/// Then the evidence takes its place, and last the database: where a crash leaves no database, the restore is done again.
/// </summary>
internal static class Restore
{
    private static readonly string[] DatabaseFiles = ["", "-wal", "-shm"];

    public static async Task<(BackupManifest Manifest, string? Aside)> RunAsync(string backup, RestoreTarget target, CancellationToken cancel)
    {
        if (!File.Exists(backup)) throw new UnusableBackupException($"{backup}: expected a backup, found nothing");
        Refuse(target);
        var folder = Path.GetDirectoryName(Path.GetFullPath(target.Database))!;
        var isNew = !Directory.Exists(folder);
        try
        {
            return await RunAsync(backup, target, Directory.CreateDirectory(folder).FullName, cancel);
        }
        catch when (isNew)
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private static async Task<(BackupManifest Manifest, string? Aside)> RunAsync(string backup, RestoreTarget target, string folder, CancellationToken cancel)
    {
        using var alone = DatabaseLock.Alone(target.Database);
        var staging = Path.Combine(folder, "restore.part");
        if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        try
        {
            var manifest = await UnpackAsync(backup, Directory.CreateDirectory(staging).FullName, cancel);
            var aside = MoveAside(folder, target);
            foreach (var part in manifest.Parts.Where(part => part.Name != BackupManifest.Database)) Place(part, staging, Path.Combine(target.Evidence, part.Name[BackupManifest.EvidenceFolder.Length..]));
            Place(manifest.Parts.Single(part => part.Name == BackupManifest.Database), staging, target.Database);
            return (manifest, aside);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private static void Refuse(RestoreTarget target)
    {
        if (!target.MovesAside && DatabaseFiles.Select(end => target.Database + end).FirstOrDefault(File.Exists) is { } found)
            throw new UnusableBackupException($"expected a data folder without a database, found {found}; --force moves what is there aside");
    }

    private static async Task<BackupManifest> UnpackAsync(string backup, string staging, CancellationToken cancel)
    {
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(backup, cancel);
            var manifest = await ReadManifestAsync(zip, cancel);
            foreach (var part in manifest.Parts) await UnpackAsync(zip, part, staging, cancel);
            if (zip.Entries.Select(entry => entry.FullName).Except([.. manifest.Parts.Select(part => part.Name), BackupManifest.Name]).FirstOrDefault() is { } strange)
                throw Damaged(strange, "a part that the manifest lists", "one that it does not");
            return manifest;
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw new UnusableBackupException($"{backup}: expected a backup that 'workflow backup' has made, found a file that cannot be read as one: {problem.Message}");
        }
    }

    private static async Task<BackupManifest> ReadManifestAsync(ZipArchive zip, CancellationToken cancel)
    {
        if (zip.GetEntry(BackupManifest.Name) is not { } entry) throw Damaged(BackupManifest.Name, "it", "none");
        BackupManifest? manifest;
        try
        {
            await using var stream = await entry.OpenAsync(cancel);
            manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(stream, InstanceJson.Options, cancel);
        }
        catch (Exception problem) when (problem is JsonException or InvalidDataException)
        {
            throw Damaged(BackupManifest.Name, "a manifest", $"what cannot be read: {problem.Message}");
        }
        if (manifest?.Parts is null) throw Damaged(BackupManifest.Name, "a manifest with its parts", "none");
        if (manifest.Format != BackupManifest.CurrentFormat) throw Damaged(BackupManifest.Name, $"format {BackupManifest.CurrentFormat}", $"{manifest.Format}");
        if (manifest.Parts.FirstOrDefault(part => !BackupManifest.IsPartName(part.Name)) is { } strange) throw Damaged(strange.Name, "a database or a piece of evidence", "another name");
        if (manifest.Parts.GroupBy(part => part.Name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw Damaged(twice.Key, "one entry in the manifest", $"{twice.Count()}");
        return manifest.Parts.Any(part => part.Name == BackupManifest.Database) ? manifest : throw Damaged(BackupManifest.Name, BackupManifest.Database, "none");
    }

    private static async Task UnpackAsync(ZipArchive zip, BackupPart part, string staging, CancellationToken cancel)
    {
        if (zip.GetEntry(part.Name) is not { } entry) throw Damaged(part.Name, "it in the backup", "none");
        var path = Path.Combine(staging, part.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = OwnersFile.Create(path, FileMode.CreateNew);
        BackupPart found;
        try
        {
            await using var stream = await entry.OpenAsync(cancel);
            found = await HashedCopy.CopyAsync(part.Name, stream, file, cancel);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(part.Name, "what the manifest says", $"what cannot be unpacked: {problem.Message}");
        }
        if (found != part) throw Damaged(part.Name, $"{part.SizeBytes} bytes with SHA-256 {part.Sha256}", $"{found.SizeBytes} bytes with {found.Sha256}");
        file.Flush(flushToDisk: true);
    }

    /// <returns>The folder that now holds what was there, which is a data folder of its own; null when nothing was.</returns>
    private static string? MoveAside(string folder, RestoreTarget target)
    {
        var files = DatabaseFiles.Select(end => target.Database + end).Where(File.Exists).ToList();
        if (files.Count == 0) return null;
        var now = TimeProvider.System.GetUtcNow();
        var aside = Directory.CreateDirectory(Path.Combine(folder, $"before-restore-{now.ToString("yyyyMMdd-HHmmssfff", CultureInfo.InvariantCulture)}")).FullName;
        foreach (var file in files) File.Move(file, Path.Combine(aside, BackupManifest.Database + file[target.Database.Length..]));
        if (Directory.Exists(target.Evidence)) Directory.Move(target.Evidence, Path.Combine(aside, "evidence"));
        DirectorySync.Flush(aside);
        DirectorySync.Flush(folder);
        return aside;
    }

    private static void Place(BackupPart part, string staging, string path)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        File.Move(Path.Combine(staging, part.Name), path, overwrite: true);
        DirectorySync.Flush(folder);
        DirectorySync.Flush(Path.GetDirectoryName(folder)!);
    }

    private static UnusableBackupException Damaged(string part, string expected, string found) => new($"the backup is damaged: {part}: expected {expected}, found {found}");
}
