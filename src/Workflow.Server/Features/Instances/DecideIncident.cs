using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

internal static class DecideIncident
{
    /// <param name="Decision"><c>retry</c>: run the activity again; <c>skip</c>: go on as if it had completed; <c>cancel</c>: give it up.</param>
    /// <param name="Outcome">For <c>skip</c>: the outcome to go on with; without it the activity's first. It has to be one that the activity declares or that a connection leads on from; any where neither is the case.</param>
    /// <param name="Reason">Kept with the decision; one line.</param>
    public sealed record Body(IncidentDecision Decision, string? Outcome = null, string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("instances/{id}/incidents/{number:int}/decision", HandleAsync).HonoursIfMatch().Requires(Permission.Operate).Produces<InstanceChanged>().WithSummary("Decides on an open incident");

    internal static async Task<IResult> HandleAsync(string id, int number, Body body, HttpRequest request, Caller caller, InstanceDesk desk, CancellationToken cancel) =>
        desk.Refuse(body.Reason, isRequired: false) is { } problem
            ? ProblemResults.Invalid([problem])
            : await desk.SubmitAsync(id, new(request, caller, body), at => new Stimulus.IncidentDecided(number, body.Decision, body.Outcome, body.Reason?.Trim()) { At = at }, cancel);
}
