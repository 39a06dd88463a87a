using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>退回: back to an earlier step of the stage, or to an earlier stage.</summary>
internal static class ReturnWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="To">The key of one of the item's <c>returnTargets</c>.</param>
    public sealed record Body(int Revision, string To, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/return", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Sends the task back to an earlier step");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason)], (number, at) => new Stimulus.WorkItemReturned(number, body.Revision, body.To, body.Reason) { At = at }, cancel);
}
