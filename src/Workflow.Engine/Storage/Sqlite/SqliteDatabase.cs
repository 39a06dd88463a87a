using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Quartz;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage.Sqlite;

/// <summary>A SQLite file, opened so that a commit is on disk when it returns.</summary>
internal sealed class SqliteDatabase : Database
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    /// <summary>Endings of the database's files: itself, its log, the log's index.</summary>
    private static readonly string[] Files = ["", "-wal", "-shm"];

    private readonly string connectionString;
    private readonly PooledDbContextFactory<SqliteWorkflowDb> contexts;

    public SqliteDatabase(string connectionString)
    {
        this.connectionString = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        var builder = new DbContextOptionsBuilder<SqliteWorkflowDb>();
        Configure(builder, "__WorkflowMigrations");
        contexts = new(builder.Options);
    }

    public override bool IsShared => false;

    public override string? File => Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override WorkflowDb CreateDbContext() => contexts.CreateDbContext();

    public override void Configure(DbContextOptionsBuilder builder, string migrationsTable)
    {
        builder.UseSqlite(connectionString, sqlite => sqlite.MigrationsHistoryTable(migrationsTable));
        builder.AddInterceptors(new DurablePragmas());
    }

    /// <summary>The file has no clock but this machine's.</summary>
    public override Task<DateTimeOffset> NowAsync(CancellationToken cancel) => Task.FromResult(TimeProvider.System.GetUtcNow());

    protected override bool IsPassing(Exception problem) => problem is SqliteException { SqliteErrorCode: Busy or Locked };

    protected override bool IsRefused(Exception problem) => problem is SqliteException { SqliteErrorCode: TooBig or Constraint or Mismatch };

    /// <summary>The full-text index of the migration <c>Lists</c>, which triggers keep beside the table. Grams are hexadecimal, so none of them is syntax.</summary>
    internal override GramMatch Matching(IReadOnlyList<string> grams, IReadOnlyList<string> areas, int most)
    {
        var query = string.Join(" AND ", [.. grams, .. areas.Count > 0 ? [$"({string.Join(" OR ", areas)})"] : Array.Empty<string>()]);
        return new(
            $"select * from task_texts where \"Id\" in (select rowid from task_grams where task_grams match {query})",
            $"select count(*) as \"Value\" from (select 1 from task_grams where task_grams match {query} limit {most})");
    }

    internal override void KeepSchedule(IPersistentStoreBuilder store) => store.UseSqlite(SqliteFactory.Instance, connectionString);

    public override Task<long> SizeBytesAsync(CancellationToken cancel)
    {
        return Task.FromResult(Files.Select(end => new FileInfo(File + end)).Where(part => part.Exists).Sum(part => part.Length));
    }

    internal override RowWriter WriterFor(WorkflowDb db) => new SingleRowWriter(db);

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
