using Workflow.Engine.Storage;

namespace Workflow.Server.Backups;

/// <summary>
/// Keeps servers and a restore of one SQLite file apart: each server shares a lock file beside the database, a restore wants it for itself. The lock is
/// the process's and ends with it, also when it is killed; the file stays.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream? file;

    private DatabaseLock(FileStream? file) => this.file = file;

    /// <summary>For a server. A database on a server of its own needs none: nothing here restores it.</summary>
    public static DatabaseLock Share(Database database)
    {
        if (database.File is not { } path) return new(null);
        try
        {
            return new(new(PathOf(path), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read));
        }
        catch (IOException problem) when (problem is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new UnusableDatabaseException($"{path}: expected a database that nobody restores at the moment, found: {problem.Message}");
        }
    }

    /// <summary>For a restore.</summary>
    public static DatabaseLock Alone(string database)
    {
        try
        {
            return new(new(PathOf(database), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem)
        {
            throw new UnusableBackupException($"{database}: expected no server that runs on it, found one: {problem.Message}");
        }
    }

    public void Dispose() => file?.Dispose();

    private static string PathOf(string database) => database + ".lock";
}
