using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Workflow.Engine.Storage.Writing;

/// <summary>
/// Writes rows of the model on one open connection, whose statements it keeps prepared. The change tracker of EF Core would cost more than the
/// database on the way of every burst; table, column and key names still come from the one model.
/// </summary>
internal abstract class RowWriter(WorkflowDb db) : IAsyncDisposable
{
    private DbCommand? counter;

    protected DbConnection Connection { get; } = db.Database.GetDbConnection();

    protected DbTransaction Transaction => db.Database.CurrentTransaction!.GetDbTransaction();

    /// <summary>Inserts the rows whose keys no row has yet.</summary>
    /// <returns>The rows that were not inserted.</returns>
    public abstract Task<IReadOnlyCollection<object>> InsertNewAsync(IReadOnlyList<object> rows, CancellationToken cancel);

    /// <summary>Updates each instance only while the stored one has the revision that was seen.</summary>
    /// <returns>The instances that somebody else has changed.</returns>
    public abstract Task<IReadOnlyCollection<InstanceRow>> UpdateUnchangedAsync(IReadOnlyList<(InstanceRow Row, int Seen)> rows, CancellationToken cancel);

    /// <summary>Deletes, updates and inserts, in this order.</summary>
    public abstract Task WriteAsync(RowChanges changes, CancellationToken cancel);

    /// <summary>Writes the changes and commits the transaction.</summary>
    public virtual async Task CommitAsync(RowChanges changes, IDbContextTransaction transaction, CancellationToken cancel)
    {
        await WriteAsync(changes, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>
    /// Reads a counter that is not going to be changed, 0 when there is none, and what the database calls the transaction, where it can say later what
    /// became of it.
    /// </summary>
    public virtual async Task<(long Counter, string? Transaction)> ReadFirstAsync(string name, CancellationToken cancel)
    {
        counter ??= CounterQuery();
        counter.Parameters[0].Value = name;
        counter.Transaction = Transaction;
        return (await counter.ExecuteScalarAsync(cancel) is long value ? value : 0, null);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (counter is not null) await counter.DisposeAsync();
    }

    protected string CounterSql => $"select \"{nameof(SequenceRow.Value)}\" from {TableOf(typeof(SequenceRow)).Name} where \"{nameof(SequenceRow.Name)}\" = @name";

    protected RowTable TableOf(Type row) => RowTable.Of(db.Model, row);

    protected static string Names(IEnumerable<RowColumn> columns) => string.Join(", ", columns.Select(column => column.Name));

    private DbCommand CounterQuery()
    {
        var command = Connection.CreateCommand();
        command.CommandText = CounterSql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType) = ("@name", System.Data.DbType.String);
        command.Parameters.Add(parameter);
        return command;
    }
}
