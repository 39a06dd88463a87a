using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage.SqlServer;

/// <summary>A SQL Server database, shared by any number of servers.</summary>
internal sealed partial class SqlServerDatabase : Database
{
    private const int Deadlock = 1205;

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

    protected override bool IsPassing(Exception problem) => problem is SqlException sql && (sql.IsTransient || sql.Number == Deadlock);

    internal override RowWriter WriterFor(WorkflowDb db) => new SingleRowWriter(db);

    [GeneratedRegex(@"FROM \[\w+\] AS \[\w+\]")]
    private static partial Regex TableName();
}
