using System.Security.Claims;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

/// <param name="Revision">The item's revision after the command.</param>
internal sealed record WorkItemChanged(int Revision)
{
    public static Answer Of(WorkflowInstance task, WorkItemId id) =>
        Answer.Of(StatusCodes.Status200OK, new WorkItemChanged(task.WorkItems.First(item => item.Number == id.Number).Revision));
}

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

    internal static async Task<IResult> ClaimAsync(string id, Body body, HttpRequest request, ClaimsPrincipal user, Callers callers, CommandDesk desk, CancellationToken cancel) =>
        !WorkItemId.TryParse(id, out var key) ? ProblemResults.NotFound("a work item")
        : await desk.SubmitAsync(
            new(request, await callers.FindAsync(user, cancel), body), key.Instance,
            at => new Stimulus.WorkItemClaimed(key.Number, body.Revision) { At = at }, task => WorkItemChanged.Of(task, key));

    internal static async Task<IResult> ReleaseAsync(string id, Body body, HttpRequest request, ClaimsPrincipal user, Callers callers, CommandDesk desk, CancellationToken cancel) =>
        !WorkItemId.TryParse(id, out var key) ? ProblemResults.NotFound("a work item")
        : await desk.SubmitAsync(
            new(request, await callers.FindAsync(user, cancel), body), key.Instance,
            at => new Stimulus.WorkItemReleased(key.Number, body.Revision) { At = at }, task => WorkItemChanged.Of(task, key));
}
