using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>加签: more signers beside those of a joint sign.</summary>
internal static class AddSigners
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Signers">Each a team or a person.</param>
    public sealed record Body(int Revision, IReadOnlyList<SignerName> Signers, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/signers", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>().WithSummary("Adds signers to the joint sign that an item is a part of");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason)], (number, at) => new Stimulus.SignersAdded(number, body.Revision, [.. body.Signers.Select(signer => signer ?? new())], body.Reason) { At = at }, cancel);
}
