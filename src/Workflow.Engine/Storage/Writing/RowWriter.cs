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

    public abstract ValueTask DisposeAsync();

    protected RowTable TableOf(Type row) => RowTable.Of(db.Model, row);

    protected static string Names(IEnumerable<RowColumn> columns) => string.Join(", ", columns.Select(column => column.Name));
}
