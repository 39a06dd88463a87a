using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>The world as this server gives it to decisions, the same whether they are stored or only tried.</summary>
public sealed class WorldLibrary(CalendarLibrary calendars, OrganisationLibrary organisation)
{
    /// <param name="db">The context of the burst, so that the world is as its transaction sees it.</param>
    public async Task<World> LoadAsync(WorkflowDb db, CancellationToken cancel) => new(calendars.Calendars, await organisation.LoadAsync(db, cancel));
}
