using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Hosting;

/// <summary>The tables of the engine and of the accounts, in one database.</summary>
internal static class Tables
{
    /// <param name="folder">The data folder, in which the SQLite file lies.</param>
    public static Database DatabaseOf(DatabaseOptions options, string folder)
    {
        if (options.ConnectionString is { } connectionString) return Database.Of(options.Provider, connectionString);
        return options.Provider == DatabaseProvider.Sqlite
            ? Database.SqliteFile(Path.Combine(folder, "workflow.db"))
            : throw new UnusableSettingException($"Database:ConnectionString: expected one for {options.Provider}, found none");
    }

    /// <summary>Brings the tables to what this build needs. Servers that start together take turns.</summary>
    public static async Task MigrateAsync(Database database, CancellationToken cancel)
    {
        await using var engine = database.CreateDbContext();
        await using var access = AccessDb.Open(database);
        await engine.Database.MigrateAsync(cancel);
        await access.Database.MigrateAsync(cancel);
    }

    /// <summary>Throws when the database lacks a migration of this build.</summary>
    public static async Task CheckAsync(Database database, CancellationToken cancel)
    {
        await using var engine = database.CreateDbContext();
        await using var access = AccessDb.Open(database);
        var missing = (await engine.Database.GetPendingMigrationsAsync(cancel)).Concat(await access.Database.GetPendingMigrationsAsync(cancel)).ToList();
        if (missing.Count > 0) throw new UnusableDatabaseException($"expected a database that 'workflow migrate' has brought up to date, found that it lacks {string.Join(", ", missing)}");
    }

    /// <summary>The migrations as SQL that does only what is missing, for a database that is changed by hand.</summary>
    public static string Script(Database database)
    {
        using var engine = database.CreateDbContext();
        using var access = AccessDb.Open(database);
        return string.Join('\n', new[] { engine.Database, access.Database }
            .Select(tables => tables.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent)));
    }
}
