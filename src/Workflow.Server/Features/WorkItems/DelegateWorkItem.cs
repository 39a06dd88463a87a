using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>委派: somebody else of the team works on it, and it comes back.</summary>
internal static class DelegateWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Person">User id.</param>
    public sealed record Body(int Revision, string Person, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/delegation", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Has somebody else of the team work on a claimed item");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/note", body.Note, isRequired: false)], (number, at) => new Stimulus.WorkItemDelegated(number, body.Revision, body.Person, body.Note) { At = at }, cancel);
}
