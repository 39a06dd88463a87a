using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Workflow.Engine.Storage.Sqlite;

/// <summary>The model on SQLite; a type of its own so that its migrations are its own.</summary>
public sealed class SqliteWorkflowDb(DbContextOptions<SqliteWorkflowDb> options) : WorkflowDb(options);

/// <summary>Used by the EF Core tools when a migration is written.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteWorkflowDb>
{
    public SqliteWorkflowDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteWorkflowDb>().UseWorkflowSqlite("design.db").Options);
}
