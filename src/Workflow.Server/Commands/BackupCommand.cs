using System.CommandLine;
using Workflow.Engine.Storage;
using Workflow.Server.Backups;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary><c>workflow backup</c> and <c>workflow restore</c>: the SQLite file and the evidence of a data folder as one file, and back.</summary>
internal static class BackupCommand
{
    public static Command CreateBackup()
    {
        var (file, data) = (new Argument<string>("file") { Description = "The backup that is written; nothing may be there yet." }, ServeCommand.DataFolder());
        var command = new Command("backup", "Backs up the database and the evidence of a data folder into one file, also while a server runs on it. Only for SQLite.") { file, data };
        command.SetAction((parsed, cancel) => TryAsync("backup", parsed.GetValue(data), async (database, evidence) =>
        {
            var target = Path.GetFullPath(parsed.GetRequiredValue(file));
            var manifest = await Backup.TakeAsync(database, evidence, target, cancel);
            return $"{target}: {Describe(manifest)}";
        }));
        return command;
    }

    public static Command CreateRestore()
    {
        var (file, data) = (new Argument<string>("file") { Description = "What 'workflow backup' has written." }, ServeCommand.DataFolder());
        var force = new Option<bool>("--force") { Description = "Moves the database and the evidence that are there into a folder beside." };
        var command = new Command("restore", "Puts a backup into a data folder on which no server runs. A backup that is damaged changes nothing. Only for SQLite.") { file, data, force };
        command.SetAction((parsed, cancel) => TryAsync("restore", parsed.GetValue(data), async (database, evidence) =>
        {
            var (manifest, aside) = await Restore.RunAsync(Path.GetFullPath(parsed.GetRequiredValue(file)), new(database, evidence, parsed.GetValue(force)), cancel);
            return $"{Path.GetDirectoryName(database)}: {Describe(manifest)}{(aside is null ? "" : $"; what was there: {aside}")}";
        }));
        return command;
    }

    private static string Describe(BackupManifest manifest) =>
        $"the database and {manifest.Parts.Count - 1} pieces of evidence as of {manifest.TakenAt:O}, {manifest.Parts.Sum(part => part.SizeBytes)} bytes";

    private static async Task<int> TryAsync(string name, string? folder, Func<string, string, Task<string>> act)
    {
        try
        {
            var configuration = ServerHost.Configuration();
            var path = ServerHost.DataFolderPath(folder, configuration);
            var database = Tables.DatabaseOf(configuration.GetSection("Database").Get<DatabaseOptions>() ?? new(), path);
            if (database.File is not { } file) throw new UnusableSettingException($"{name}: expected Sqlite in Database:Provider, found {database.Provider}. {WayOf(database.Provider)}");
            await Console.Out.WriteLineAsync(await act(file, new DataFolder(path).Evidence));
            return CommandLine.Done;
        }
        catch (UnusableSettingException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.BadUsage;
        }
        catch (Exception problem) when (problem is UnusableBackupException or UnusableDatabaseException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.FoundWrong;
        }
    }

    private static string WayOf(DatabaseProvider provider) => (provider == DatabaseProvider.Postgres
        ? "Back the database up as PostgreSQL does, 'pg_basebackup -X stream -c fast -D FOLDER' (the whole cluster, with archived WAL to any moment) or 'pg_dump -Fc -f FILE DATABASE'"
        : "Back the database up as SQL Server does, 'BACKUP DATABASE name TO DISK = ...'") + ", and copy the evidence folder after it; see docs/operations.md";
}
