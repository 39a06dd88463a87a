using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Quartz;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage.SqlServer;

/// <summary>A SQL Server database, shared by any number of servers.</summary>
internal sealed partial class SqlServerDatabase : Database
{
    private const int Deadlock = 1205;
    private const int NullValue = 515;
    private const int BrokenRule = 547;
    private const int SameIndex = 2601;
    private const int SameKey = 2627;
    private const int TooLongHere = 2628;
    private const int OutOfRange = 8115;
    private const int TooLong = 8152;

    private readonly string connectionString;
    private readonly PooledDbContextFactory<SqlServerWorkflowDb> contexts;

    public SqlServerDatabase(string connectionString)
    {
        this.connectionString = new SqlConnectionStringBuilder(connectionString) { ApplicationName = "workflow" }.ToString();
        var builder = new DbContextOptionsBuilder<SqlServerWorkflowDb>();
        Configure(builder, "__WorkflowMigrations");
        contexts = new(builder.Options);
    }

    public override bool IsShared => true;

    public override DatabaseProvider Provider => DatabaseProvider.SqlServer;

    public override WorkflowDb CreateDbContext() => contexts.CreateDbContext();

    public override void Configure(DbContextOptionsBuilder builder, string migrationsTable)
    {
        builder.UseSqlServer(connectionString, server => server.MigrationsHistoryTable(migrationsTable));
        builder.AddInterceptors(new Locking.Interceptor((sql, skips) => TableName().Replace(sql, $"$0 WITH (UPDLOCK, ROWLOCK{(skips ? ", READPAST" : "")})", 1)));
    }

    /// <summary>A database with delayed durability answers before the log is on disk.</summary>
    public override async Task CheckAsync(CancellationToken cancel)
    {
        await using var db = CreateDbContext();
        var durability = await db.Database.SqlQuery<string>($"select delayed_durability_desc as Value from sys.databases where database_id = db_id()").SingleAsync(cancel);
        if (durability == "FORCED") throw new UnusableDatabaseException($"SQL Server option DELAYED_DURABILITY: expected DISABLED or ALLOWED, found {durability}: a task that was answered could be lost");
    }

    /// <summary>The lock is the session's: it ends with the connection, also when this process is killed.</summary>
    public override async Task<IAsyncDisposable> AloneAsync(string name, CancellationToken cancel)
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = new SqlCommand("exec sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Session'", connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("@name", $"workflow {name}");
        await command.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public override async Task<DateTimeOffset> NowAsync(CancellationToken cancel)
    {
        await using var db = CreateDbContext();
        return new(await db.Database.SqlQuery<DateTime>($"select sysutcdatetime() as Value").SingleAsync(cancel), TimeSpan.Zero);
    }

    public override async Task<long> SizeBytesAsync(CancellationToken cancel)
    {
        const int pageBytes = 8192;
        await using var db = CreateDbContext();
        return await db.Database.SqlQuery<long>($"select sum(cast(size as bigint)) * {pageBytes} as Value from sys.database_files").SingleAsync(cancel);
    }

    protected override bool IsPassing(Exception problem) => problem is SqlException sql && (sql.IsTransient || sql.Number == Deadlock);

    protected override bool IsRefused(Exception problem) => problem is SqlException { Number: NullValue or BrokenRule or SameKey or SameIndex or TooLong or TooLongHere or OutOfRange };

    internal override void KeepSchedule(IPersistentStoreBuilder store) => store.UseSqlServer(SqlClientFactory.Instance, connectionString);

    internal override RowWriter WriterFor(WorkflowDb db) => new SingleRowWriter(db);

    [GeneratedRegex(@"FROM \[\w+\] AS \[\w+\]")]
    private static partial Regex TableName();
}
