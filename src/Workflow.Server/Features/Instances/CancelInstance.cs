using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

internal static class CancelInstance
{
    public sealed record Body(string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("instances/{id}/cancel", HandleAsync).HonoursIfMatch().Requires(Permission.Operate).Produces<InstanceChanged>()
            .WithSummary("Ends an instance; a task goes to its post-evaluation instead");

    internal static async Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, InstanceDesk desk, CancellationToken cancel) =>
        desk.Refuse(body.Reason, isRequired: true) is { } problem
            ? ProblemResults.Invalid([problem])
            : await desk.SubmitAsync(id, new(request, caller, body), at => new Stimulus.Cancelled(body.Reason.Trim()) { At = at }, cancel);
}
