using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>减签: the signer whose item this is does not sign any more.</summary>
internal static class RemoveSigner
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    public sealed record Body(int Revision, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/signer-removal", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>().WithSummary("Removes from a joint sign the signer whose item this is");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason)], (number, at) => new Stimulus.SignerRemoved(number, body.Revision, body.Reason) { At = at }, cancel);
}
