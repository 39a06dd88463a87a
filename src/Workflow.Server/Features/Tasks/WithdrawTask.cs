using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Features.Instances;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

/// <summary>撤回: by who raised the task, while nobody has claimed anything of it.</summary>
internal static class WithdrawTask
{
    public sealed record Body(string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("tasks/{id}/withdrawal", HandleAsync).HonoursIfMatch().Requires(Permission.RaiseTasks).Produces<InstanceChanged>()
            .WithSummary("Takes a task back that nobody has begun with; it goes to its post-evaluation");

    internal static async Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, InstanceDesk desk, CancellationToken cancel) =>
        desk.Refuse(body.Reason, isRequired: true) is { } problem
            ? ProblemResults.Invalid([problem])
            : await desk.SubmitAsync(id, new(request, caller, body), at => new Stimulus.TaskWithdrawn(body.Reason.Trim()) { At = at }, cancel);
}
