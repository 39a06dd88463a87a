using Microsoft.Data.Sqlite;

namespace Workflow.Engine.Storage.Sqlite;

/// <summary>Copies a SQLite file while servers write to it: the copy is the database as it was at one moment, in one file.</summary>
public static class SqliteCopy
{
    /// <summary>SQLite's online backup, in one step: a reader of the log, which holds up no writer.</summary>
    /// <param name="to">An empty file, or none.</param>
    /// <exception cref="UnusableDatabaseException">The copy is not sound, so neither is the database.</exception>
    public static void Write(string from, string to)
    {
        using var source = Open(from, SqliteOpenMode.ReadWrite);
        using var target = Open(to, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(target);
        // As servers keep it. The log is gone when the connection, its only one, is closed.
        Run(target, "pragma journal_mode = wal");
        if (Run(target, "pragma quick_check") is var found and not "ok") throw new UnusableDatabaseException($"{from}: expected a sound database, found: {found}");
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    private static string? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string?)command.ExecuteScalar();
    }
}
