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

    /// <summary>
    /// Part of the name of a migration that takes something from older builds. Every other migration only adds, so that servers of the release before
    /// go on beside it during an upgrade, and may start again.
    /// </summary>
    public const string Breaks = "_Breaks";

    /// <summary>Brings the tables to what this build needs. Servers that start together take turns.</summary>
    /// <returns>Migrations of a newer build that this one can live with.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(Database database, CancellationToken cancel)
    {
        var newer = await NewerAsync(database, cancel);
        await using var engine = database.CreateDbContext();
        await using var access = AccessDb.Open(database);
        await engine.Database.MigrateAsync(cancel);
        await access.Database.MigrateAsync(cancel);
        return newer;
    }

    /// <summary>Throws when the database lacks a migration of this build.</summary>
    /// <returns>As of <see cref="MigrateAsync"/>.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(Database database, CancellationToken cancel)
    {
        var newer = await NewerAsync(database, cancel);
        await using var engine = database.CreateDbContext();
        await using var access = AccessDb.Open(database);
        var missing = (await engine.Database.GetPendingMigrationsAsync(cancel)).Concat(await access.Database.GetPendingMigrationsAsync(cancel)).ToList();
        if (missing.Count > 0) throw new UnusableDatabaseException($"expected a database that 'workflow migrate' has brought up to date, found that it lacks {string.Join(", ", missing)}");
        return newer;
    }

    /// <summary>What a newer build has done to the database. Throws when older ones cannot work with that.</summary>
    private static async Task<IReadOnlyList<string>> NewerAsync(Database database, CancellationToken cancel)
    {
        await using var engine = database.CreateDbContext();
        await using var access = AccessDb.Open(database);
        var newer = new List<string>();
        foreach (var tables in (DatabaseFacade[])[engine.Database, access.Database]) newer.AddRange((await tables.GetAppliedMigrationsAsync(cancel)).Except(tables.GetMigrations()));
        if (newer.Where(migration => migration.Contains(Breaks, StringComparison.Ordinal)).ToList() is { Count: > 0 } breaking)
            throw new UnusableDatabaseException($"expected a database that this version can work with, found migrations of a newer version that took away what it needs: {string.Join(", ", breaking)}");
        return newer;
    }

    /// <summary>The migrations as SQL that does only what is missing, for a database that is changed by hand.</summary>
    public static string Script(Database database)
    {
        using var engine = database.CreateDbContext();
        using var access = AccessDb.Open(database);
        var scripts = new[] { engine.Database, access.Database }.Select(tables => tables.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent));
        // Indexes with a filter need the option, which sqlcmd leaves off.
        return string.Join('\n', database.Provider == DatabaseProvider.SqlServer ? scripts.Prepend("SET QUOTED_IDENTIFIER ON;\nGO\n") : scripts);
    }
}
