using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>转办: the receiver has to claim it.</summary>
internal static class TransferWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Team">Id of the team that gets it; null for the person's.</param>
    /// <param name="Person">User id of who gets it; null for the whole team.</param>
    public sealed record Body(int Revision, string? Team = null, string? Person = null, string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/transfer", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>().WithSummary("Gives an item to another team or person");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason, isRequired: false)], (number, at) => new Stimulus.WorkItemTransferred(number, body.Revision, body.Team, body.Person, body.Reason) { At = at }, cancel);
}
