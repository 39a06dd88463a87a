using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage;

/// <summary>What an import did.</summary>
public sealed record SubjectChanges(int Added, int Updated, int Removed);

/// <summary>The registry of subjects.</summary>
public sealed class SubjectStore(Database database)
{
    /// <summary>Puts subjects into the registry, by set, in the transaction of the context.</summary>
    /// <param name="subjects">Each key once.</param>
    /// <param name="replaces">Whether subjects that are not among them go. Tasks keep the key that they were raised with.</param>
    public async Task<SubjectChanges> WriteAsync(WorkflowDb db, IReadOnlyList<SubjectRow> subjects, bool replaces, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(subjects);
        var changes = new RowChanges();
        var removed = 0;
        if (replaces)
        {
            var keys = subjects.Select(subject => subject.Key).ToHashSet(StringComparer.Ordinal);
            await foreach (var row in db.Subjects.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
            {
                if (keys.Contains(row.Key)) continue;
                changes.Delete(row);
                removed++;
            }
        }
        await using var writer = database.WriterFor(db);
        var known = await writer.InsertNewAsync(subjects, cancel);
        foreach (var row in known) changes.Update(row);
        await writer.WriteAsync(changes, cancel);
        return new(subjects.Count - known.Count, known.Count, removed);
    }
}
