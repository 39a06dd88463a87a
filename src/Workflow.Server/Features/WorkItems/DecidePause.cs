using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

internal static class DecidePause
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    public sealed record Body(int Revision, bool Approved, string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/suspension/decision", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>()
            .WithSummary("Decides about a pause that another person has asked for; approved, the clocks have stood still since the request");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason, isRequired: false)], (number, at) => new Stimulus.PauseDecided(number, body.Revision, body.Approved, body.Reason) { At = at }, cancel);
}
