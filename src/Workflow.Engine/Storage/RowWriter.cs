using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Workflow.Engine.Storage;

/// <summary>
/// Writes rows of the model with prepared statements on one open transaction. The change tracker of EF Core would cost more than
/// the database on the way of every burst; table, column and key names still come from the one model.
/// </summary>
internal sealed class RowWriter : IAsyncDisposable
{
    private readonly WorkflowDb db;
    private readonly DbConnection connection;
    private readonly DbTransaction transaction;
    private readonly Dictionary<(Type, string), (DbCommand Command, IReadOnlyList<IProperty> Properties)> statements = [];

    public RowWriter(WorkflowDb db)
    {
        this.db = db;
        connection = db.Database.GetDbConnection();
        transaction = db.Database.CurrentTransaction!.GetDbTransaction();
    }

    public Task InsertAsync(object row, CancellationToken cancel) => ExecuteAsync(row, "insert", Insert, cancel);

    public Task UpdateAsync(object row, CancellationToken cancel) => ExecuteAsync(row, "update", Update, cancel);

    public Task DeleteAsync(object row, CancellationToken cancel) => ExecuteAsync(row, "delete", Delete, cancel);

    /// <summary>Updates an instance only while the stored one has <paramref name="expectedRevision"/>; false when somebody else was first.</summary>
    public async Task<bool> UpdateIfUnchangedAsync(InstanceRow row, int expectedRevision, CancellationToken cancel)
    {
        var (command, properties) = Statement(row, "guarded-update", entity =>
        {
            var (sql, columns) = Update(entity);
            var revision = entity.FindProperty(nameof(InstanceRow.Revision))!;
            return ($"{sql} and {Column(revision)} = @p{columns.Count}", [.. columns, revision]);
        });
        Fill(command, properties, row);
        command.Parameters[^1].Value = expectedRevision;
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>Writes what differs between two sets of rows; rows are the same when their keys are.</summary>
    public async Task WriteDifferenceAsync(IEnumerable<object> before, IEnumerable<object> after, CancellationToken cancel)
    {
        var old = before.ToDictionary(KeyOf);
        foreach (var row in after)
            if (!old.Remove(KeyOf(row), out var was)) await InsertAsync(row, cancel);
            else if (!row.Equals(was)) await UpdateAsync(row, cancel);
        foreach (var gone in old.Values) await DeleteAsync(gone, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (command, _) in statements.Values) await command.DisposeAsync();
    }

    private async Task ExecuteAsync(object row, string kind, Func<IEntityType, (string Sql, IReadOnlyList<IProperty> Properties)> build, CancellationToken cancel)
    {
        var (command, properties) = Statement(row, kind, build);
        Fill(command, properties, row);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private (DbCommand Command, IReadOnlyList<IProperty> Properties) Statement(
        object row, string kind, Func<IEntityType, (string Sql, IReadOnlyList<IProperty> Properties)> build)
    {
        if (statements.TryGetValue((row.GetType(), kind), out var known)) return known;
        var (sql, properties) = build(EntityOf(row));
        return statements[(row.GetType(), kind)] = (Prepare(sql, properties), properties);
    }

    private static void Fill(DbCommand command, IReadOnlyList<IProperty> properties, object row)
    {
        for (var index = 0; index < properties.Count; index++)
            command.Parameters[index].Value = Stored(properties[index], row) ?? DBNull.Value;
    }

    private DbCommand Prepare(string sql, IReadOnlyList<IProperty> properties)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        for (var index = 0; index < properties.Count; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{index}";
            parameter.DbType = properties[index].GetRelationalTypeMapping().DbType ?? DbType.String;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private (string Sql, IReadOnlyList<IProperty> Properties) Insert(IEntityType entity)
    {
        var properties = entity.GetProperties().Where(property => property.ValueGenerated != ValueGenerated.OnAdd).ToList();
        return ($"insert into {Table(entity)} ({string.Join(", ", properties.Select(Column))}) values ({string.Join(", ", properties.Select((_, index) => $"@p{index}"))})", properties);
    }

    private (string Sql, IReadOnlyList<IProperty> Properties) Update(IEntityType entity)
    {
        var keys = entity.FindPrimaryKey()!.Properties;
        var values = entity.GetProperties().Except(keys).ToList();
        var sql = $"update {Table(entity)} set {string.Join(", ", values.Select((property, index) => $"{Column(property)} = @p{index}"))}"
            + $" where {string.Join(" and ", keys.Select((property, index) => $"{Column(property)} = @p{values.Count + index}"))}";
        return (sql, [.. values, .. keys]);
    }

    private (string Sql, IReadOnlyList<IProperty> Properties) Delete(IEntityType entity)
    {
        var keys = entity.FindPrimaryKey()!.Properties;
        return ($"delete from {Table(entity)} where {string.Join(" and ", keys.Select((property, index) => $"{Column(property)} = @p{index}"))}", keys);
    }

    private string KeyOf(object row) =>
        $"{row.GetType().Name}|{string.Join('|', EntityOf(row).FindPrimaryKey()!.Properties.Select(property => Stored(property, row)))}";

    private static object? Stored(IProperty property, object row)
    {
        var value = property.PropertyInfo!.GetValue(row);
        return property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }

    private IEntityType EntityOf(object row) => db.Model.FindEntityType(row.GetType())!;

    private string Table(IEntityType entity) => Quote(entity.GetTableName()!);

    private string Column(IProperty property) => Quote(property.GetColumnName());

    private string Quote(string name) => db.Database.ProviderName!.Contains("SqlServer", StringComparison.Ordinal) ? $"[{name}]" : $"\"{name}\"";
}
