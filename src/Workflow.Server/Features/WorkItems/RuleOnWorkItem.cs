using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>权属裁定: final, and followed by later tasks of the same kind and area.</summary>
internal static class RuleOnWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Team">Id of the team whose it is; one of the receivers.</param>
    public sealed record Body(int Revision, string Team, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/ruling", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Rules whose an item is that two teams have declined");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason)], (number, at) => new Stimulus.WorkItemRuled(number, body.Revision, body.Team, body.Reason) { At = at }, cancel);
}
