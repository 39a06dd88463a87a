using System.Diagnostics;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions.Scripting;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Running;

/// <summary>The world as this server gives it to decisions, the same whether they are stored or only tried.</summary>
public sealed class WorldLibrary(
    CalendarLibrary calendars, OrganisationLibrary organisation, LadderBook ladders, PauseCatalog pauses, IOptions<ScriptOptions> options, IOptions<InstanceLimits> limits)
{
    private readonly ScriptSandbox scripts = new(options.Value.Limits, () => Deadline(TimeSpan.FromMilliseconds(options.Value.HardStopMs)));

    /// <param name="db">The context of the burst, so that the world is as its transaction sees it.</param>
    public async Task<World> LoadAsync(WorkflowDb db, CancellationToken cancel, long? organisationRevision = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        var revision = organisationRevision ?? await OrganisationStore.RevisionAsync(db, cancel);
        var (inForce, changes) = await calendars.LoadAsync(db, revision, cancel);
        return new(inForce, await organisation.LoadAsync(db, revision, cancel)) { Scripts = scripts, Limits = limits.Value, Pauses = pauses, Changes = changes, Ladders = ladders, RepairsStalls = true };
    }

    /// <summary>The safety net below the counted limits: real time, whatever clock the engine runs on.</summary>
    private static Func<bool> Deadline(TimeSpan allowed)
    {
        var start = Stopwatch.GetTimestamp();
        return () => Stopwatch.GetElapsedTime(start) > allowed;
    }
}
