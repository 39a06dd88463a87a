using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

internal static class CompleteWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Outcome">One of the item's outcomes.</param>
    /// <param name="Values">The filled form.</param>
    public sealed record Body(int Revision, string Outcome, JsonElement? Values = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/completion", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Completes a claimed item with an outcome");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(
            id, new(request, caller, body), (number, at) => new Stimulus.WorkItemCompleted(number, body.Revision, body.Outcome, body.Values) { At = at }, cancel);
}
