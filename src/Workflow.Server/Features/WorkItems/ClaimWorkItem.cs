using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>Claim and release: the same body, opposite directions.</summary>
internal static class ClaimWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    public sealed record Body(int Revision);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("work-items/{id}/claim", ClaimAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Takes an offered item");
        routes.MapPost("work-items/{id}/release", ReleaseAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Gives a claimed item back to its team");
    }

    internal static Task<IResult> ClaimAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), (number, at) => new Stimulus.WorkItemClaimed(number, body.Revision) { At = at }, cancel);

    internal static Task<IResult> ReleaseAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), (number, at) => new Stimulus.WorkItemReleased(number, body.Revision) { At = at }, cancel);
}
