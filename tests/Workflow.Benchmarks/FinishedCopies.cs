using Microsoft.EntityFrameworkCore;
using Workflow.Benchmarks.Stores;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Benchmarks;

/// <summary>
/// Fills a database with finished instances by copying rows of instances that the engine has finished, under new ids. Rows and indexes are those that the engine
/// would have written. The ids within the copied states and hashes are still those of the originals, which nobody reads once an instance is finished.
/// </summary>
internal static class FinishedCopies
{
    private const int BatchSize = 10_000;
    private const int Originals = 100;

    /// <summary>The copies were finished at this distance from one another, the last of them now.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    public static async Task MakeAsync(BenchmarkStore store, string connectionString, int count, CancellationToken cancel)
    {
        var (originals, statements) = await ReadAsync(store, connectionString, cancel);
        await using var connection = store.Open(connectionString);
        var first = TimeProvider.System.GetUtcNow() - count * Apart;
        var done = 0;
        foreach (var batch in Enumerable.Range(0, count).Chunk(BatchSize))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            foreach (var statement in statements)
            {
                await using var copy = connection.CreateCommand();
                (copy.CommandText, copy.Transaction, copy.CommandTimeout) = (statement, transaction, 0);
                copy.Parameters.Add(store.IdsParameter([.. batch.Select(index => Guid.CreateVersion7(first + index * Apart))]));
                copy.Parameters.Add(store.IdParameter("@original", originals[done % originals.Count].Value));
                await copy.ExecuteNonQueryAsync(cancel);
            }
            await transaction.CommitAsync(cancel);
            done++;
        }
        await store.SettleAsync(connectionString, cancel);
    }

    private static async Task<(List<InstanceId> Originals, List<string> Statements)> ReadAsync(BenchmarkStore store, string connectionString, CancellationToken cancel)
    {
        await using var db = store.Of(connectionString).CreateDbContext();
        var originals = await db.Instances.Where(row => row.Status == InstanceStatus.Finished).OrderBy(row => row.Id).Select(row => row.Id).Take(Originals).ToListAsync(cancel);
        return (originals, [Copy(db, typeof(InstanceRow), nameof(InstanceRow.Id), store), Copy(db, typeof(JournalRow), nameof(JournalRow.InstanceId), store)]);
    }

    private static string Copy(WorkflowDb db, Type row, string id, BenchmarkStore store)
    {
        var entity = db.Model.FindEntityType(row)!;
        var (table, key) = (entity.GetTableName(), entity.FindProperty(id)!);
        var others = string.Join(", ", entity.GetProperties().Where(property => property != key).Select(property => $"\"{property.GetColumnName()}\""));
        return $"insert into {table} (\"{key.GetColumnName()}\", {others}) select given.id, {others} from {table} stored, {store.GivenIds} where stored.\"{key.GetColumnName()}\" = @original";
    }
}
