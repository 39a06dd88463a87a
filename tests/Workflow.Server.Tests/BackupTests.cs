using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;
using Workflow.Server.Backups;
using Workflow.Server.Hosting;

namespace Workflow.Server.Tests;

/// <summary>A backup is whole or refused, and a refusal changes nothing.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private static readonly string[] Photos = ["one photo", "another photo"];

    private readonly string folder = ServerProcess.NewFolder();

    private string Source => Path.Combine(folder, "source");

    private string File => Path.Combine(folder, "backup.zip");

    private string Target => Path.Combine(folder, "target");

    public async Task InitializeAsync()
    {
        await FillAsync(Source, "of the backup");
        var evidence = new EvidenceStore(Path.Combine(Source, "evidence"));
        foreach (var photo in Photos)
        {
            using var staged = (await evidence.StageAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(photo)), "upload", _ => 100, CancellationToken.None))!;
            staged.Keep();
        }
        await System.IO.File.WriteAllTextAsync(Path.Combine(Source, "evidence", "under-way.part"), "half");
        await Backup.TakeAsync(Path.Combine(Source, "workflow.db"), Path.Combine(Source, "evidence"), File, CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_backup_is_one_file_for_its_owner_only_and_comes_back_as_it_was()
    {
        var (manifest, aside) = await RestoreAsync();

        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).ShouldBe(["source", "backup.zip", "target"], ignoreOrder: true);
        if (!OperatingSystem.IsWindows()) System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (manifest.Parts.Count, aside).ShouldBe((3, null));
        (await MarkAsync(Target)).ShouldBe("of the backup");
        var files = Directory.EnumerateFiles(Path.Combine(Target, "evidence"), "*", SearchOption.AllDirectories).Select(System.IO.File.ReadAllText);
        files.ShouldBe(Photos, ignoreOrder: true);
    }

    [Fact]
    public async Task Each_damaged_or_missing_part_is_told_by_name_and_nothing_is_restored()
    {
        foreach (var name in (await ReadNamesAsync()).Except([BackupManifest.Name]))
        {
            (await DamageAsync(zip => Replace(zip, name, "something else"))).ShouldStartWith($"the backup is damaged: {name}: expected ");
            (await DamageAsync(zip => zip.GetEntry(name)!.Delete())).ShouldBe($"the backup is damaged: {name}: expected it in the backup, found none");
        }
        (await DamageAsync(zip => zip.GetEntry(BackupManifest.Name)!.Delete())).ShouldContain("manifest.json: expected it, found none");
        (await DamageAsync(zip => Replace(zip, BackupManifest.Name, "{ \"format\": 1"))).ShouldContain("manifest.json: expected a manifest, found what cannot be read");
        (await DamageAsync(zip => Replace(zip, BackupManifest.Name, """{ "format": 2, "version": "9", "takenAt": "2026-10-03T00:00:00Z", "parts": [] }"""))).ShouldContain("expected format 1, found 2");
        (await DamageAsync(zip => Replace(zip, BackupManifest.Name, """{ "format": 1, "version": "9", "takenAt": "2026-10-03T00:00:00Z", "parts": [ { "name": "../stolen", "sizeBytes": 1, "sha256": "00" } ] }""")))
            .ShouldContain("../stolen: expected a database or a piece of evidence");
        (await DamageAsync(zip => Replace(zip, "evidence/../../stolen", "x"))).ShouldContain("expected a part that the manifest lists");
    }

    [Fact]
    public async Task A_file_that_is_cut_or_no_backup_at_all_is_refused()
    {
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        foreach (var bytes in new[] { whole[..^30], whole[..(whole.Length / 2)], "no backup"u8.ToArray(), [] })
        {
            await System.IO.File.WriteAllBytesAsync(File, bytes);
            (await Should.ThrowAsync<UnusableBackupException>(() => RestoreAsync())).Message.ShouldContain("expected a backup that 'workflow backup' has made");
            ShouldHoldNothing();
        }
    }

    [Fact]
    public async Task A_byte_that_has_changed_in_the_database_is_noticed_or_means_the_same()
    {
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        await RestoreAsync();
        var stored = Path.Combine(Target, "workflow.db");
        var original = await System.IO.File.ReadAllBytesAsync(stored);
        // The database is the first part; after its bytes comes the head of the next, with times that nobody reads.
        var (end, refused, tries) = (whole.AsSpan().IndexOf("evidence/"u8) - 64, 0, 0);
        for (var at = 100; at < end; at += end / 40, tries++)
        {
            if (Directory.Exists(Target)) Directory.Delete(Target, recursive: true);
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x10;
            await System.IO.File.WriteAllBytesAsync(File, changed);
            try
            {
                await RestoreAsync();
                // Zeros copied from elsewhere are zeros.
                (await System.IO.File.ReadAllBytesAsync(stored)).ShouldBe(original);
            }
            catch (UnusableBackupException)
            {
                refused++;
                ShouldHoldNothing();
            }
        }
        refused.ShouldBeGreaterThan(tries / 2);
    }

    [Fact]
    public async Task A_folder_that_holds_a_database_is_left_alone_unless_it_is_to_be_moved_aside()
    {
        await FillAsync(Target, "was there before");

        (await Should.ThrowAsync<UnusableBackupException>(() => RestoreAsync())).Message.ShouldContain("--force");
        (await MarkAsync(Target)).ShouldBe("was there before");
        var (_, aside) = await RestoreAsync(force: true);

        (await MarkAsync(Target)).ShouldBe("of the backup");
        (await MarkAsync(aside!)).ShouldBe("was there before");
    }

    [Fact]
    public async Task A_server_and_a_restore_keep_each_other_off_a_database()
    {
        await FillAsync(Target, "served");
        var database = Database.SqliteFile(Path.Combine(Target, "workflow.db"));
        using (DatabaseLock.Share(database))
        using (DatabaseLock.Share(database))
            (await Should.ThrowAsync<UnusableBackupException>(() => RestoreAsync(force: true))).Message.ShouldContain("expected no server that runs on it");
        (await MarkAsync(Target)).ShouldBe("served");

        using (DatabaseLock.Alone(database.File!))
            Should.Throw<UnusableDatabaseException>(() => DatabaseLock.Share(database)).Message.ShouldContain("nobody restores");
        await RestoreAsync(force: true);
        (await MarkAsync(Target)).ShouldBe("of the backup");
    }

    [Fact]
    public async Task A_backup_neither_replaces_a_file_nor_takes_damaged_evidence_nor_makes_a_database()
    {
        Task TakeAsync(string source, string name) => Backup.TakeAsync(Path.Combine(source, "workflow.db"), Path.Combine(source, "evidence"), Path.Combine(folder, name), CancellationToken.None);

        (await Should.ThrowAsync<UnusableBackupException>(() => TakeAsync(Source, "backup.zip"))).Message.ShouldContain("expected a file that is not there yet");
        (await Should.ThrowAsync<UnusableBackupException>(() => TakeAsync(Target, "second.zip"))).Message.ShouldContain("expected a database at");
        var piece = Directory.EnumerateFiles(Path.Combine(Source, "evidence"), "*", SearchOption.AllDirectories).First(path => !path.EndsWith(".part", StringComparison.Ordinal));
        await System.IO.File.AppendAllTextAsync(piece, "!");
        (await Should.ThrowAsync<UnusableBackupException>(() => TakeAsync(Source, "third.zip"))).Message.ShouldStartWith($"{piece}: expected the content");

        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).ShouldBe(["source", "backup.zip"], ignoreOrder: true);
    }

    private Task<(BackupManifest Manifest, string? Aside)> RestoreAsync(bool force = false) =>
        Restore.RunAsync(File, new(Path.Combine(Target, "workflow.db"), Path.Combine(Target, "evidence"), force), CancellationToken.None);

    private async Task<IReadOnlyList<string>> ReadNamesAsync()
    {
        await using var zip = await ZipFile.OpenReadAsync(File);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    /// <returns>Why the damaged backup is refused.</returns>
    private async Task<string> DamageAsync(Action<ZipArchive> damage)
    {
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        using (var zip = ZipFile.Open(File, ZipArchiveMode.Update)) damage(zip);
        var message = (await Should.ThrowAsync<UnusableBackupException>(() => RestoreAsync())).Message;
        ShouldHoldNothing();
        await System.IO.File.WriteAllBytesAsync(File, whole);
        return message;
    }

    private static void Replace(ZipArchive zip, string name, string content)
    {
        zip.GetEntry(name)?.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(content);
    }

    /// <summary>The folder that the restore made has gone with it.</summary>
    private void ShouldHoldNothing() => Directory.Exists(Target).ShouldBeFalse();

    /// <summary>A database with a row that can be told from others.</summary>
    private static async Task FillAsync(string folder, string mark)
    {
        Directory.CreateDirectory(folder);
        var database = Database.SqliteFile(Path.Combine(folder, "workflow.db"));
        await Tables.MigrateAsync(database, CancellationToken.None);
        await using (var db = database.CreateDbContext())
        {
            db.Sequences.Add(new() { Name = mark, Value = 1 });
            await db.SaveChangesAsync();
        }
        // Connections that stay open would go on with a file that was moved away.
        SqliteConnection.ClearAllPools();
    }

    private static async Task<string> MarkAsync(string folder)
    {
        try
        {
            await using var db = Database.SqliteFile(Path.Combine(folder, "workflow.db")).CreateDbContext();
            return (await db.Sequences.Where(row => row.Value == 1).Select(row => row.Name).ToListAsync()).ShouldHaveSingleItem();
        }
        finally
        {
            SqliteConnection.ClearAllPools();
        }
    }
}
