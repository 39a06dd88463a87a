using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>延期.</summary>
internal static class AskExtension
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Amount">As a target is written, such as <c>PT2H</c> or <c>4wh</c>.</param>
    public sealed record Body(int Revision, string Amount, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/extensions", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Asks for more time");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason)], (number, at) => new Stimulus.ExtensionAsked(number, body.Revision, body.Amount, body.Reason) { At = at }, cancel);
}
