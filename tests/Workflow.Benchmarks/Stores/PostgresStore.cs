using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;

namespace Workflow.Benchmarks.Stores;

/// <summary>Databases of the run's own on a PostgreSQL server, which is the run's own too unless one was named.</summary>
internal sealed class PostgresStore : BenchmarkStore
{
    private readonly List<string> databases = [];
    private PostgresServer? server;
    private string connectionString = "";

    private PostgresStore(string parent) : base(parent)
    {
    }

    public override DatabaseProvider Provider => DatabaseProvider.Postgres;

    public override string FloorTable => "create table rows (id bigint generated always as identity primary key, body bytea not null)";

    public override string GivenIds => "unnest(@ids) as given(id)";

    public static async Task<BenchmarkStore> StartAsync(StoreSettings settings)
    {
        var store = new PostgresStore(settings.Folder);
        try
        {
            if (settings.Connection is null) store.server = await PostgresServer.StartNewAsync(store.NewFolder("postgres"));
            store.connectionString = settings.Connection ?? await store.server!.NewDatabaseAsync();
            // Refuses a server whose commits would not be on disk.
            await store.Of(store.connectionString).CheckAsync(CancellationToken.None);
            return store;
        }
        catch (Exception problem)
        {
            await store.DisposeAsync();
            if (problem is DbException or ArgumentException or UnusableDatabaseException) throw new UnusableStoreException($"--connection: expected a PostgreSQL server, found: {problem.Message}", problem);
            throw;
        }
    }

    public override async Task<string> NewDatabaseAsync(CancellationToken cancel)
    {
        var name = $"workflow_bench_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await using var connection = Open(connectionString);
        await ExecuteAsync(connection, $"create database {name}", cancel);
        databases.Add(name);
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ToString();
    }

    public override DbConnection Open(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public override DbParameter IdsParameter(IReadOnlyList<Guid> ids) => new NpgsqlParameter("@ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = ids.ToArray() };

    public override DbParameter IdParameter(string name, Guid id) => new NpgsqlParameter(name, id);

    public override async Task<long> SizeBytesAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = Open(connectionString);
        await ExecuteAsync(connection, "checkpoint", cancel);
        return Convert.ToInt64(await ExecuteAsync(connection, "select pg_database_size(current_database())", cancel), CultureInfo.InvariantCulture);
    }

    public override async Task SettleAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = Open(connectionString);
        await ExecuteAsync(connection, "vacuum analyze", cancel);
        await ExecuteAsync(connection, "checkpoint", cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null) await server.DisposeAsync();
        else await DropAsync();
        await base.DisposeAsync();
    }

    private async Task DropAsync()
    {
        if (databases.Count == 0) return;
        await using var connection = Open(connectionString);
        foreach (var name in databases) await ExecuteAsync(connection, $"drop database {name} with (force)", CancellationToken.None);
    }
}
