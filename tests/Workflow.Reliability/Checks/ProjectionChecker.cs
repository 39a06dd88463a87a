using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Reliability.Checks;

/// <summary>The rows for waits, timers, lists and reports are exactly those that the states give.</summary>
internal static class ProjectionChecker
{
    public static async Task<IReadOnlyList<string>> CheckAsync(WorkflowDb db, IReadOnlyList<WorkflowInstance> states, IReadOnlyList<TaskRow> tasks)
    {
        var names = tasks.ToDictionary(task => task.InstanceId, task => task.DefinitionName);
        var needed = states.SelectMany(state => Projection.Rows(state, names.GetValueOrDefault(state.Id, ""))).ToLookup(row => row.GetType());
        return
        [
            .. Compare(needed, await db.Bookmarks.AsNoTracking().ToListAsync()),
            .. Compare(needed, await db.Timers.AsNoTracking().ToListAsync()),
            .. Compare(needed, await db.Clocks.AsNoTracking().ToListAsync()),
            .. Compare(needed, await db.WorkItems.AsNoTracking().ToListAsync()),
            .. Compare(needed, await db.Incidents.AsNoTracking().ToListAsync()),
            .. Compare(needed, tasks),
        ];
    }

    private static IEnumerable<string> Compare<TRow>(ILookup<Type, IInstancePart> needed, IReadOnlyCollection<TRow> stored) where TRow : IInstancePart
    {
        var ofStates = needed[typeof(TRow)].Cast<TRow>().ToList();
        return [.. ofStates.Except(stored).Select(row => $"{row} is missing"), .. stored.Except(ofStates).Select(row => $"{row} belongs to nothing")];
    }
}
