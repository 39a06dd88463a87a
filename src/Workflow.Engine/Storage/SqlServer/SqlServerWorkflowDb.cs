using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Workflow.Engine.Storage.SqlServer;

/// <summary>The model on SQL Server; a type of its own so that its migrations are its own.</summary>
public sealed class SqlServerWorkflowDb(DbContextOptions<SqlServerWorkflowDb> options) : WorkflowDb(options);

/// <summary>Used by the EF Core tools when a migration is written.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerWorkflowDb>
{
    public SqlServerWorkflowDb CreateDbContext(string[] args) => (SqlServerWorkflowDb)new SqlServerDatabase("Server=127.0.0.1").CreateDbContext();
}
