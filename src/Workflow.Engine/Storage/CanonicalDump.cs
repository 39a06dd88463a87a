using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>
/// Everything that a database holds as lines of JSON, one a row, in the order of tables and keys, states and facts in the open: two databases that hold the same
/// have the same dump. Left out are numbers that a database gives in the order of its transactions, and what only wakes servers and clients.
/// </summary>
public static class CanonicalDump
{
    private static readonly Type[] Passing = [typeof(ChangeRow), typeof(NodeRow)];

    /// <summary>Writes the dump.</summary>
    /// <param name="database">What is read; nothing in it changes.</param>
    /// <param name="to">Gets one line a row.</param>
    /// <param name="cancel">Ends the reading between two rows.</param>
    public static async Task WriteAsync(Database database, TextWriter to, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(to);
        await using var db = database.CreateDbContext();
        await db.Database.OpenConnectionAsync(cancel);
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => !Passing.Contains(entity.ClrType)).OrderBy(entity => entity.GetTableName(), StringComparer.Ordinal))
            await WriteAsync(db, entity, to, cancel);
    }

    private static async Task WriteAsync(WorkflowDb db, IEntityType entity, TextWriter to, CancellationToken cancel)
    {
        var columns = entity.GetProperties().Where(property => property.ValueGenerated != ValueGenerated.OnAdd).Select(property => property.GetColumnName()).Order(StringComparer.Ordinal).ToList();
        var keys = entity.FindPrimaryKey()!.Properties.Where(property => property.ValueGenerated != ValueGenerated.OnAdd).Select(property => property.GetColumnName()).ToList();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        // Names of the model; nothing comes from outside.
#pragma warning disable CA2100
        command.CommandText = $"select {string.Join(", ", columns.Select(Quote))} from {Quote(entity.GetTableName()!)} order by {string.Join(", ", (keys.Count > 0 ? keys : columns).Select(Quote))}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var row = new JsonObject { ["table"] = entity.GetTableName() };
            for (var at = 0; at < columns.Count; at++)
                if (!await reader.IsDBNullAsync(at, cancel)) row[columns[at]] = ValueOf(reader, at);
            await to.WriteLineAsync(row.ToJsonString(InstanceJson.Options));
        }
    }

    private static JsonNode? ValueOf(DbDataReader reader, int at) => reader.GetValue(at) switch
    {
        byte[] bytes => Plain(bytes),
        var value => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>States, facts and effects are JSON, compressed or not; hashes are not.</summary>
    private static JsonNode? Plain(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(StoredJson.ToJson(bytes), documentOptions: new() { MaxDepth = 128 });
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or InvalidDataException)
        {
            return JsonValue.Create(Convert.ToHexStringLower(bytes));
        }
    }

    private static string Quote(string name) => $"\"{name}\"";
}
