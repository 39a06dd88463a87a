using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Running;

/// <summary>
/// The databases that the store's tests run on: SQLite and a PostgreSQL server of their own always, a SQL Server when <c>WORKFLOW_TEST_SQLSERVER</c>
/// holds the connection string of an empty database.
/// </summary>
public sealed class Stores : IAsyncLifetime
{
    public const string Collection = "stores";

    private const string SqlServerVariable = "WORKFLOW_TEST_SQLSERVER";

    private readonly List<string> folders = [];
    private PostgresServer postgres = null!;

    public static TheoryData<string> All => [.. Enum.GetNames<DatabaseProvider>().Where(name => name != nameof(DatabaseProvider.SqlServer) || SqlServer is not null)];

    private static string? SqlServer => Environment.GetEnvironmentVariable(SqlServerVariable);

    /// <returns>A database of this kind in which nothing is stored.</returns>
    public async Task<Database> NewAsync(string store)
    {
        var provider = Enum.Parse<DatabaseProvider>(store);
        if (provider == DatabaseProvider.Postgres) return Database.Of(provider, await postgres.NewDatabaseAsync());
        if (provider == DatabaseProvider.SqlServer)
        {
            var server = Database.Of(provider, SqlServer!);
            await using var db = server.CreateDbContext();
            await db.Database.EnsureDeletedAsync();
            return server;
        }
        folders.Add(ServerProcess.NewFolder());
        return Database.SqliteFile(Path.Combine(folders[^1], "workflow.db"));
    }

    /// <returns>The connection string of a new database on the PostgreSQL server.</returns>
    public Task<string> NewPostgresAsync() => postgres.NewDatabaseAsync();

    public async Task InitializeAsync() => postgres = await PostgresServer.StartNewAsync();

    public async Task DisposeAsync()
    {
        await postgres.DisposeAsync();
        foreach (var folder in folders) Directory.Delete(folder, recursive: true);
    }
}

[CollectionDefinition(Stores.Collection)]
public sealed class StoresCollection : ICollectionFixture<Stores>;
