using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage.Sqlite;

/// <summary>The model on SQLite; a type of its own so that its migrations are its own.</summary>
public sealed class SqliteWorkflowDb(DbContextOptions<SqliteWorkflowDb> options) : WorkflowDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<InstanceId>().HaveConversion<BytesConverter>();
    }

    /// <summary>Half as long as text, and in an order that follows the time in the id.</summary>
    private sealed class BytesConverter() : ValueConverter<InstanceId, byte[]>(id => id.Value.ToByteArray(true), bytes => new InstanceId(new Guid(bytes, true)));
}

/// <summary>Used by the EF Core tools when a migration is written.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteWorkflowDb>
{
    public SqliteWorkflowDb CreateDbContext(string[] args) => (SqliteWorkflowDb)new SqliteDatabase("Data Source=design.db").CreateDbContext();
}
