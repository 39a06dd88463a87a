using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Workflow.Engine.Storage;

namespace Workflow.Server.Access;

/// <summary>Who may sign in. The person behind an account is the organisation's member with the same id.</summary>
internal sealed class Account : IdentityUser;

/// <summary>
/// Accounts, roles and the keys that protect cookies, in the same database as the engine's tables but in a context of their own:
/// ASP.NET Core Identity needs the web framework, which the engine does without.
/// </summary>
internal abstract class AccessDb(DbContextOptions options) : IdentityDbContext<Account, IdentityRole, string>(options), IDataProtectionKeyContext
{
    /// <summary>Three of them together can be indexed by every provider.</summary>
    private const int KeyLength = 128;

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public static AccessDb Open(Database database) => database.Provider switch
    {
        DatabaseProvider.Sqlite => new SqliteAccessDb(Options<SqliteAccessDb>(database)),
        DatabaseProvider.Postgres => new PostgresAccessDb(Options<PostgresAccessDb>(database)),
        _ => new SqlServerAccessDb(Options<SqlServerAccessDb>(database)),
    };

    /// <summary>On the connection of the engine's context, so that both can work in one transaction.</summary>
    public static AccessDb Beside(WorkflowDb db)
    {
        var connection = db.Database.GetDbConnection();
        AccessDb access = db switch
        {
            Engine.Storage.Sqlite.SqliteWorkflowDb => new SqliteAccessDb(new DbContextOptionsBuilder<SqliteAccessDb>().UseSqlite(connection).Options),
            Engine.Storage.Postgres.PostgresWorkflowDb => new PostgresAccessDb(new DbContextOptionsBuilder<PostgresAccessDb>().UseNpgsql(connection).Options),
            _ => new SqlServerAccessDb(new DbContextOptionsBuilder<SqlServerAccessDb>().UseSqlServer(connection).Options),
        };
        return access;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var key in builder.Model.GetEntityTypes().SelectMany(entity => entity.FindPrimaryKey()?.Properties ?? []).Where(property => property.ClrType == typeof(string)))
            key.SetMaxLength(KeyLength);
    }

    private static DbContextOptions<T> Options<T>(Database database)
        where T : DbContext
    {
        var builder = new DbContextOptionsBuilder<T>();
        database.Configure(builder, "__AccessMigrations");
        return builder.Options;
    }
}

/// <summary>One type a provider, so that each has its own migrations.</summary>
internal sealed class SqliteAccessDb(DbContextOptions<SqliteAccessDb> options) : AccessDb(options);

internal sealed class PostgresAccessDb(DbContextOptions<PostgresAccessDb> options) : AccessDb(options);

internal sealed class SqlServerAccessDb(DbContextOptions<SqlServerAccessDb> options) : AccessDb(options);

/// <summary>Used by the EF Core tools when a migration is written.</summary>
internal sealed class AccessDesignTimeFactory : IDesignTimeDbContextFactory<SqliteAccessDb>, IDesignTimeDbContextFactory<PostgresAccessDb>, IDesignTimeDbContextFactory<SqlServerAccessDb>
{
    SqliteAccessDb IDesignTimeDbContextFactory<SqliteAccessDb>.CreateDbContext(string[] args) => (SqliteAccessDb)Open(DatabaseProvider.Sqlite, "Data Source=design.db");

    PostgresAccessDb IDesignTimeDbContextFactory<PostgresAccessDb>.CreateDbContext(string[] args) => (PostgresAccessDb)Open(DatabaseProvider.Postgres, "Host=127.0.0.1");

    SqlServerAccessDb IDesignTimeDbContextFactory<SqlServerAccessDb>.CreateDbContext(string[] args) => (SqlServerAccessDb)Open(DatabaseProvider.SqlServer, "Server=127.0.0.1");

    private static AccessDb Open(DatabaseProvider provider, string connectionString) => AccessDb.Open(Database.Of(provider, connectionString));
}
