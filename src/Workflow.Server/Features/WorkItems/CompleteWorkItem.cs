using System.Security.Claims;
using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

internal static class CompleteWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Outcome">One of the item's outcomes.</param>
    /// <param name="Values">The filled form.</param>
    public sealed record Body(int Revision, string Outcome, JsonElement? Values = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/completion", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Completes a claimed item with an outcome");

    internal static async Task<IResult> HandleAsync(string id, Body body, HttpRequest request, ClaimsPrincipal user, Callers callers, CommandDesk desk, CancellationToken cancel) =>
        !WorkItemId.TryParse(id, out var key) ? ProblemResults.NotFound("a work item")
        : await desk.SubmitAsync(
            new(request, await callers.FindAsync(user, cancel), body), key.Instance,
            at => new Stimulus.WorkItemCompleted(key.Number, body.Revision, body.Outcome, body.Values) { At = at }, task => WorkItemChanged.Of(task, key));
}
