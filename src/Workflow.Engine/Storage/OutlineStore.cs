using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Places;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage;

/// <summary>The outlines of areas.</summary>
public sealed class OutlineStore(Database database)
{
    /// <summary>Counts the changes of the outlines, so that nodes know when to read them again.</summary>
    public const string RevisionName = "outlines";

    public async Task<bool> IsEmptyAsync(CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        return !await db.Outlines.AnyAsync(cancel);
    }

    /// <summary>Stores outlines in a transaction of their own.</summary>
    public async Task WriteAsync(IReadOnlyList<Outline> outlines, DateTimeOffset at, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await WriteAsync(db, outlines, at, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Stores outlines in the transaction of the context, which is saved afterwards. Those of other areas stay.</summary>
    /// <returns>How many areas had none before.</returns>
    public async Task<int> WriteAsync(WorkflowDb db, IReadOnlyList<Outline> outlines, DateTimeOffset at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(outlines);
        var rows = outlines.Select(outline => new OutlineRow { AreaCode = outline.AreaCode, Shape = outline.Write(), Change = outline.Change, ImportedAt = at }).ToList();
        await using var writer = database.WriterFor(db);
        var changes = new RowChanges();
        foreach (var known in await writer.InsertNewAsync(rows, cancel)) changes.Update(known);
        await writer.WriteAsync(changes, cancel);
        await Revision.RaiseAsync(db, RevisionName, cancel);
        return rows.Count - (changes.Updated.TryGetValue(typeof(OutlineRow), out var updated) ? updated.Count : 0);
    }
}
