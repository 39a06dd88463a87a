using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Workflow.Engine.Storage.Writing;

/// <summary>
/// One statement a table, whatever the number of rows: each column is an array. All statements of a call go out together and are answered in one
/// round trip. The driver prepares statements that come again.
/// </summary>
internal sealed class ArrayRowWriter(WorkflowDb db) : RowWriter(db)
{
    public override async Task<IReadOnlyCollection<object>> InsertNewAsync(IReadOnlyList<object> rows, CancellationToken cancel)
    {
        var left = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var group in rows.GroupBy(row => row.GetType()))
        {
            var (table, ofType) = (TableOf(group.Key), group.ToList());
            // The position comes back: which rows were inserted.
            var sql = $"with given as (select * from unnest({Arrays(table.All)}) with ordinality as given({string.Join(", ", table.All.Select(column => column.Name))}, position)), "
                + $"added as (insert into {table.Name} ({Names(table.All)}) select {Names(table.All)} from given order by {Names(table.Key)} on conflict do nothing returning {Names(table.Key)}) "
                + $"select given.position from given left join added using ({Names(table.Key)}) where added.{table.Key[0].Name} is null";
            await foreach (var position in PositionsAsync(sql, table.All, ofType, [], cancel)) left.Add(ofType[position]);
        }
        return left;
    }

    public override async Task<IReadOnlyCollection<InstanceRow>> UpdateUnchangedAsync(IReadOnlyList<(InstanceRow Row, int Seen)> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return [];
        var table = TableOf(typeof(InstanceRow));
        IReadOnlyList<RowColumn> columns = [.. table.Key, .. table.Values];
        var id = table.Key[0].Name;
        // Locked in the order of their ids first, so that two servers cannot wait for one another.
        var sql = $"with given as (select * from unnest({Arrays(columns)}, @p{columns.Count}) with ordinality as given({Names(columns)}, seen, position)), "
            + $"unchanged as (select stored.{id} from {table.Name} stored join given using ({id}) where stored.\"{nameof(InstanceRow.Revision)}\" = given.seen order by stored.{id} for update of stored), "
            + $"written as (update {table.Name} stored set {string.Join(", ", table.Values.Select(column => $"{column.Name} = given.{column.Name}"))} from given join unchanged using ({id}) where stored.{id} = given.{id} returning stored.{id}) "
            + $"select given.position from given left join written using ({id}) where written.{id} is null";
        var changed = new List<InstanceRow>();
        var seen = new NpgsqlParameter { ParameterName = $"p{columns.Count}", Value = rows.Select(row => row.Seen).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
        await foreach (var position in PositionsAsync(sql, columns, [.. rows.Select(row => (object)row.Row)], [seen], cancel)) changed.Add(rows[position].Row);
        return changed;
    }

    public override async Task WriteAsync(RowChanges changes, CancellationToken cancel)
    {
        await using var batch = BatchOf(changes);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>In one round trip. The driver sees that its transaction has ended.</summary>
    public override async Task CommitAsync(RowChanges changes, IDbContextTransaction transaction, CancellationToken cancel)
    {
        await using var batch = BatchOf(changes);
        batch.BatchCommands.Add(new("commit"));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// The planner is kept from reading whole tables: a plan that was made while a table was small is kept while it grows, and every statement here
    /// goes by a key.
    /// </summary>
    public override async Task<(long Counter, string? Transaction)> ReadFirstAsync(string name, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)Connection, (NpgsqlTransaction)Transaction);
        batch.BatchCommands.Add(new("select pg_current_xact_id()::text, set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true)"));
        batch.BatchCommands.Add(new(CounterSql) { Parameters = { new("name", name) } });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var transaction = reader.GetString(0);
        return (await reader.NextResultAsync(cancel) && await reader.ReadAsync(cancel) ? reader.GetInt64(0) : 0, transaction);
    }

    private NpgsqlBatch BatchOf(RowChanges changes)
    {
        var batch = new NpgsqlBatch((NpgsqlConnection)Connection, (NpgsqlTransaction)Transaction);
        foreach (var (type, rows) in changes.Deleted) batch.BatchCommands.Add(Delete(TableOf(type), rows));
        foreach (var (type, rows) in changes.Updated) batch.BatchCommands.Add(Update(TableOf(type), rows));
        foreach (var (type, rows) in changes.Inserted) batch.BatchCommands.Add(Insert(TableOf(type), rows));
        return batch;
    }

    private static NpgsqlBatchCommand Insert(RowTable table, List<object> rows) =>
        Filled(new($"insert into {table.Name} ({Names(table.All)}) select * from unnest({Arrays(table.All)})"), table.All, rows);

    private static NpgsqlBatchCommand Update(RowTable table, List<object> rows)
    {
        IReadOnlyList<RowColumn> columns = [.. table.Key, .. table.Values];
        var set = string.Join(", ", table.Values.Select(column => $"{column.Name} = given.{column.Name}"));
        return Filled(new($"update {table.Name} stored set {set} from unnest({Arrays(columns)}) as given({Names(columns)}) where {SameKey(table)}"), columns, rows);
    }

    private static NpgsqlBatchCommand Delete(RowTable table, List<object> rows) =>
        Filled(new($"delete from {table.Name} stored using unnest({Arrays(table.Key)}) as given({Names(table.Key)}) where {SameKey(table)}"), table.Key, rows);

    private static string SameKey(RowTable table) => string.Join(" and ", table.Key.Select(column => $"stored.{column.Name} = given.{column.Name}"));

    private static string Arrays(IReadOnlyList<RowColumn> columns) => string.Join(", ", columns.Select((column, index) => $"@p{index}::{column.Mapping.StoreType}[]"));

    private static NpgsqlBatchCommand Filled(NpgsqlBatchCommand command, IReadOnlyList<RowColumn> columns, List<object> rows)
    {
        for (var index = 0; index < columns.Count; index++) command.Parameters.Add(ArrayOf(columns[index], rows, index));
        return command;
    }

    private static NpgsqlParameter ArrayOf(RowColumn column, List<object> rows, int index)
    {
        var values = Array.CreateInstance(column.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(column.Type) : column.Type, rows.Count);
        // What a workflow computes may hold U+0000, which PostgreSQL's texts cannot: the state keeps it, the columns that lists are made of do not.
        for (var row = 0; row < rows.Count; row++) values.SetValue(column.ValueOf(rows[row]) is var value && value is string text ? text.Replace('\0', '\uFFFD') : value, row);
        return new() { ParameterName = $"p{index}", Value = values };
    }

    /// <summary>Runs a query that answers with positions, counted from one.</summary>
    private async IAsyncEnumerable<int> PositionsAsync(
        string sql, IReadOnlyList<RowColumn> columns, List<object> rows, NpgsqlParameter[] more, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)Connection, (NpgsqlTransaction)Transaction);
        for (var index = 0; index < columns.Count; index++) command.Parameters.Add(ArrayOf(columns[index], rows, index));
        command.Parameters.AddRange(more);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) yield return checked((int)reader.GetInt64(0) - 1);
    }
}
