using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Workflow.Engine.Storage.Sqlite;

/// <summary>How SQLite has to be opened so that a commit is on disk when it returns.</summary>
public static class SqliteSetup
{
    public static DbContextOptionsBuilder<TContext> UseWorkflowSqlite<TContext>(this DbContextOptionsBuilder<TContext> builder, string file)
        where TContext : DbContext
    {
        UseWorkflowSqlite((DbContextOptionsBuilder)builder, file, "__WorkflowMigrations");
        return builder;
    }

    /// <param name="migrationsTable">Each context keeps the list of its migrations in a table of its own.</param>
    public static void UseWorkflowSqlite(this DbContextOptionsBuilder builder, string file, string migrationsTable)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 };
        builder.UseSqlite(connection.ToString(), sqlite => sqlite.MigrationsHistoryTable(migrationsTable));
        builder.AddInterceptors(new DurablePragmas());
    }

    /// <summary>
    /// WAL lets readers go on beside the one writer. FULL syncs the log at every commit: NORMAL would lose the last commits when the
    /// power fails, and a 2xx would have been a lie.
    /// </summary>
    private sealed class DurablePragmas : DbConnectionInterceptor
    {
        private const string Pragmas = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 30000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
