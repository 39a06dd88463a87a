using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>退单: an offered item is another team's. After two declines the arbiter rules.</summary>
internal static class DeclineWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="ProposedTeam">Id of the team whose it is; one of the receivers.</param>
    public sealed record Body(int Revision, string Reason, string ProposedTeam);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/decline", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Declines an offered item and says whose it is");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason)], (number, at) => new Stimulus.WorkItemDeclined(number, body.Revision, body.Reason, body.ProposedTeam) { At = at }, cancel);
}
