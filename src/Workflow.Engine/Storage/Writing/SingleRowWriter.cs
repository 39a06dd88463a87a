using System.Data.Common;

namespace Workflow.Engine.Storage.Writing;

/// <summary>One prepared statement a row: what is fastest where the database lies in the process, and what every driver can do.</summary>
internal sealed class SingleRowWriter(WorkflowDb db) : RowWriter(db)
{
    private readonly Dictionary<(Type, string), Statement> statements = [];

    public override async Task<IReadOnlyCollection<object>> InsertNewAsync(IReadOnlyList<object> rows, CancellationToken cancel)
    {
        var known = new List<object>();
        foreach (var row in rows)
            if (await ExecuteAsync(row, "insert-new", InsertNew, cancel) == 0) known.Add(row);
        return known;
    }

    public override async Task<IReadOnlyCollection<InstanceRow>> UpdateUnchangedAsync(IReadOnlyList<(InstanceRow Row, int Seen)> rows, CancellationToken cancel)
    {
        var changed = new List<InstanceRow>();
        foreach (var (row, seen) in rows)
            if (await ExecuteAsync(row, "update-unchanged", table => Update(table, $" and \"{nameof(InstanceRow.Revision)}\" = @seen"), cancel, seen) == 0) changed.Add(row);
        return changed;
    }

    public override async Task WriteAsync(RowChanges changes, CancellationToken cancel)
    {
        foreach (var row in changes.Deleted.Values.SelectMany(rows => rows)) await ExecuteAsync(row, "delete", Delete, cancel);
        foreach (var row in changes.Updated.Values.SelectMany(rows => rows)) await ExecuteAsync(row, "update", table => Update(table), cancel);
        foreach (var row in changes.Inserted.Values.SelectMany(rows => rows)) await ExecuteAsync(row, "insert", Insert, cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var statement in statements.Values) await statement.Command.DisposeAsync();
        await base.DisposeAsync();
    }

    private static (string, IReadOnlyList<RowColumn>) Insert(RowTable table) =>
        ($"insert into {table.Name} ({Names(table.All)}) values ({Parameters(table.All.Count)})", table.All);

    private static (string, IReadOnlyList<RowColumn>) InsertNew(RowTable table)
    {
        var key = table.Key.Select(column => $"{column.Name} = @p{IndexOf(table.All, column)}");
        return ($"insert into {table.Name} ({Names(table.All)}) select {Parameters(table.All.Count)} where not exists (select 1 from {table.Name} where {string.Join(" and ", key)})", table.All);
    }

    private static (string, IReadOnlyList<RowColumn>) Update(RowTable table, string and = "")
    {
        var values = table.Values.Select((column, index) => $"{column.Name} = @p{index}");
        return ($"update {table.Name} set {string.Join(", ", values)} where {KeyFrom(table, table.Values.Count)}{and}", [.. table.Values, .. table.Key]);
    }

    private static (string, IReadOnlyList<RowColumn>) Delete(RowTable table) => ($"delete from {table.Name} where {KeyFrom(table, 0)}", table.Key);

    private static string KeyFrom(RowTable table, int first) => string.Join(" and ", table.Key.Select((column, index) => $"{column.Name} = @p{first + index}"));

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(0, count).Select(index => $"@p{index}"));

    private static int IndexOf(IReadOnlyList<RowColumn> columns, RowColumn column) => columns.Select(other => other.Name).ToList().IndexOf(column.Name);

    private async Task<int> ExecuteAsync(
        object row, string kind, Func<RowTable, (string Sql, IReadOnlyList<RowColumn> Columns)> build, CancellationToken cancel, int? seen = null)
    {
        if (!statements.TryGetValue((row.GetType(), kind), out var statement))
        {
            var (sql, columns) = build(TableOf(row.GetType()));
            statements[(row.GetType(), kind)] = statement = new(Prepare(sql, columns, seen is not null), columns);
        }
        var (command, values) = (statement.Command, statement.Columns);
        for (var index = 0; index < values.Count; index++) command.Parameters[index].Value = values[index].ValueOf(row) ?? DBNull.Value;
        if (seen is { } revision) command.Parameters[^1].Value = revision;
        command.Transaction = Transaction;
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private DbCommand Prepare(string sql, IReadOnlyList<RowColumn> columns, bool isGuarded)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < columns.Count; index++) command.Parameters.Add(columns[index].Mapping.CreateParameter(command, $"@p{index}", null));
        if (!isGuarded) return command;
        var seen = command.CreateParameter();
        seen.ParameterName = "@seen";
        command.Parameters.Add(seen);
        return command;
    }

    private sealed record Statement(DbCommand Command, IReadOnlyList<RowColumn> Columns);
}
