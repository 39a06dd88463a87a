using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Workflow.Engine.Storage;

namespace Workflow.Benchmarks.Stores;

internal sealed class SqliteStore(string parent) : BenchmarkStore(parent)
{
    private int databases;

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override string FloorTable => "create table rows (id integer primary key, body blob not null)";

    public override string GivenIds => "(select unhex(value) as id from json_each(@ids)) as given";

    public override Task<string> NewDatabaseAsync(CancellationToken cancel) =>
        Task.FromResult(new SqliteConnectionStringBuilder { DataSource = File($"workflow-{++databases}.db") }.ToString());

    public override DbConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 30000;";
        command.ExecuteNonQuery();
        return connection;
    }

    public override DbParameter IdsParameter(IReadOnlyList<Guid> ids) =>
        new SqliteParameter("@ids", JsonSerializer.Serialize(ids.Select(id => id.ToString("N"))));

    public override DbParameter IdParameter(string name, Guid id) => new SqliteParameter(name, id.ToByteArray(bigEndian: true));

    public override async Task<long> SizeBytesAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = Open(connectionString);
        return Convert.ToInt64(await ExecuteAsync(connection, "select page_count * page_size from pragma_page_count(), pragma_page_size()", cancel), CultureInfo.InvariantCulture);
    }

    public override async Task SettleAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = Open(connectionString);
        await ExecuteAsync(connection, "pragma wal_checkpoint(truncate)", cancel);
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return base.DisposeAsync();
    }
}
