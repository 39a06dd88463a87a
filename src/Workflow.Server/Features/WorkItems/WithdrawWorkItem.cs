using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>撤回: by who completed it, while nobody has claimed what follows.</summary>
internal static class WithdrawWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    public sealed record Body(int Revision, string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/withdrawal", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Takes a completed item back");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason, isRequired: false)], (number, at) => new Stimulus.WorkItemTakenBack(number, body.Revision, body.Reason) { At = at }, cancel);
}
