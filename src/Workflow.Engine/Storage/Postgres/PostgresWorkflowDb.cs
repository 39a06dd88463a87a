using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Workflow.Engine.Storage.Postgres;

/// <summary>The model on PostgreSQL; a type of its own so that its migrations are its own.</summary>
public sealed class PostgresWorkflowDb(DbContextOptions<PostgresWorkflowDb> options) : WorkflowDb(options);

/// <summary>Used by the EF Core tools when a migration is written.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresWorkflowDb>
{
    public PostgresWorkflowDb CreateDbContext(string[] args) => (PostgresWorkflowDb)new PostgresDatabase("Host=127.0.0.1").CreateDbContext();
}
