using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Workflow.Engine.Storage.Writing;

/// <summary>A column of a row as the database takes it.</summary>
/// <param name="Name">Quoted.</param>
/// <param name="Type">Of the values, after the model's conversion.</param>
internal sealed record RowColumn(string Name, Type Type, RelationalTypeMapping Mapping, Func<object, object?> ValueOf);

/// <summary>Table and columns of a row's type, from the one model of EF Core.</summary>
internal sealed class RowTable
{
    private static readonly ConcurrentDictionary<IEntityType, RowTable> Known = new();

    private RowTable(IEntityType entity)
    {
        Name = Quote(entity.GetTableName()!);
        var keys = entity.FindPrimaryKey()!.Properties;
        Key = [.. keys.Select(ColumnOf)];
        Values = [.. entity.GetProperties().Except(keys).Select(ColumnOf)];
        All = [.. entity.GetProperties().Where(property => property.ValueGenerated != ValueGenerated.OnAdd).Select(ColumnOf)];
    }

    public string Name { get; }

    public IReadOnlyList<RowColumn> Key { get; }

    /// <summary>The columns that are no key.</summary>
    public IReadOnlyList<RowColumn> Values { get; }

    /// <summary>What an insert writes: every column whose value the database does not make.</summary>
    public IReadOnlyList<RowColumn> All { get; }

    public static RowTable Of(IModel model, Type row) => Known.GetOrAdd(model.FindEntityType(row)!, entity => new(entity));

    private static RowColumn ColumnOf(IProperty property)
    {
        var (getter, mapping) = (property.GetGetter(), (RelationalTypeMapping)property.GetTypeMapping());
        var converter = mapping.Converter;
        return new(
            Quote(property.GetColumnName()), converter?.ProviderClrType ?? Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType, mapping,
            converter is null ? getter.GetClrValue : row => converter.ConvertToProvider(getter.GetClrValue(row)));
    }

    private static string Quote(string name) => $"\"{name}\"";
}
