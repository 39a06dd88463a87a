using System.Data.Common;
using Workflow.Engine.Storage;

namespace Workflow.Benchmarks.Stores;

/// <param name="Name">One of <see cref="BenchmarkStore.Names"/>.</param>
/// <param name="Connection">A PostgreSQL server on which databases may be made; without it one is started for the run.</param>
/// <param name="Folder">Where everything that the run stores lies.</param>
internal sealed record StoreSettings(string Name, string? Connection, string Folder);

/// <summary>What a run measures on: it makes databases, for the engine and for the bare driver, and leaves nothing behind.</summary>
internal abstract class BenchmarkStore(string parent) : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    public static readonly string[] Names = [Sqlite, Postgres];

    private readonly TemporaryFolder folder = new(parent);

    public abstract DatabaseProvider Provider { get; }

    public string Name => Provider == DatabaseProvider.Sqlite ? Sqlite : Postgres;

    /// <summary>
    /// Connections of the floor for so many callers. The engine writes SQLite by one connection however many call, and more of them would only wait for one
    /// another's locks: one is the higher floor.
    /// </summary>
    public int FloorConnections(int callers) => Provider == DatabaseProvider.Sqlite ? 1 : callers;

    /// <summary>Makes the table <c>rows</c> of the floor: a number that counts by itself, and a <c>body</c> of bytes.</summary>
    public abstract string FloorTable { get; }

    /// <summary>A row for each of <c>@ids</c>, named <c>given</c>, with the column <c>id</c> as instances have it.</summary>
    public abstract string GivenIds { get; }

    public static async Task<BenchmarkStore> OpenAsync(StoreSettings settings) => settings.Name switch
    {
        Sqlite => new SqliteStore(settings.Folder),
        Postgres => await PostgresStore.StartAsync(settings),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Name, $"expected {string.Join(" or ", Names)}"),
    };

    /// <returns>The connection string of a new, empty database.</returns>
    public abstract Task<string> NewDatabaseAsync(CancellationToken cancel);

    public Database Of(string connectionString) => Database.Of(Provider, connectionString);

    /// <summary>A connection of the bare driver, opened as the engine opens its own: a commit is on disk when it returns.</summary>
    public abstract DbConnection Open(string connectionString);

    /// <summary>The parameter of <see cref="GivenIds"/>.</summary>
    public abstract DbParameter IdsParameter(IReadOnlyList<Guid> ids);

    /// <summary>The id of an instance as its column has it.</summary>
    public abstract DbParameter IdParameter(string name, Guid id);

    /// <summary>What the database takes on disk with everything that is committed, but for the log.</summary>
    public abstract Task<long> SizeBytesAsync(string connectionString, CancellationToken cancel);

    /// <summary>Does now what the database would do some time later, after much was written at once.</summary>
    public abstract Task SettleAsync(string connectionString, CancellationToken cancel);

    public string NewFolder(string name) => folder.Sub(name);

    public virtual ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    protected string File(string name) => folder.File(name);

    public static async Task<object?> ExecuteAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync(cancel);
    }
}
