using Microsoft.EntityFrameworkCore;

namespace Workflow.Engine.Storage;

/// <summary>Counts the changes of what servers keep in memory, so that each knows when to read it again.</summary>
internal static class Revision
{
    /// <summary>In the transaction of the change; a first row is saved with it.</summary>
    public static async Task RaiseAsync(WorkflowDb db, string name, CancellationToken cancel)
    {
        if (await db.Sequences.Where(row => row.Name == name).ExecuteUpdateAsync(set => set.SetProperty(row => row.Value, row => row.Value + 1), cancel) == 0)
            db.Add(new SequenceRow { Name = name, Value = 1 });
    }
}
