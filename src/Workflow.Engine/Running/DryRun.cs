using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Bursts;

namespace Workflow.Engine.Running;

/// <summary>Decides a stimulus as the commit queue would now, and stores nothing.</summary>
public sealed class DryRun(IDbContextFactory<WorkflowDb> databases, DefinitionLibrary definitions, WorldLibrary worlds, StoredShapes shapes)
{
    /// <returns>Null when there is no such instance.</returns>
    public async Task<(WorkflowInstance Before, Step Step)?> TryAsync(InstanceId id, Stimulus stimulus, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var stored = await db.Instances.AsNoTracking().Where(row => row.Id == id).Select(row => new { row.State, row.Schema }).FirstOrDefaultAsync(cancel);
        if (stored is null) return null;
        var before = shapes.Read<WorkflowInstance>(StoredShapes.State, stored.State, stored.Schema);
        if (await definitions.FindAsync(before.Definition, cancel) is not { } definition)
            return (before, new Step.Rejected(new(Reason.DefinitionUnknown, "a published version", before.Definition.ToString())));
        var world = (await worlds.LoadAsync(db, cancel)) with { MigrationTarget = await definitions.FindTargetAsync(before.Definition, stimulus, cancel) };
        var loads = new PeopleLoads();
        while (true)
            try
            {
                return (before, Transition.Apply(definition, before, stimulus, world with { Loads = loads.Known }));
            }
            catch (LoadsNeededException needed)
            {
                await loads.ReadAsync(db, needed.People, [], cancel);
            }
    }
}
