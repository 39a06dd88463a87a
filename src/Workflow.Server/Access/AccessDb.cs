using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Workflow.Engine.Storage.Sqlite;

namespace Workflow.Server.Access;

/// <summary>Who may sign in. The person behind an account is the organisation's member with the same id.</summary>
internal sealed class Account : IdentityUser;

/// <summary>
/// Accounts, roles and the keys that protect cookies, in the same database as the engine's tables but in a context of their own:
/// ASP.NET Core Identity needs the web framework, which the engine does without.
/// </summary>
internal sealed class AccessDb(DbContextOptions<AccessDb> options) : IdentityDbContext<Account, IdentityRole, string>(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public static void Configure(DbContextOptionsBuilder builder, string databaseFile) =>
        builder.UseWorkflowSqlite(databaseFile, migrationsTable: "__AccessMigrations");
}

/// <summary>Used by the EF Core tools when a migration is written.</summary>
internal sealed class AccessDesignTimeFactory : IDesignTimeDbContextFactory<AccessDb>
{
    public AccessDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<AccessDb>();
        AccessDb.Configure(builder, "design.db");
        return new(builder.Options);
    }
}
