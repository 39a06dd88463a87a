using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Features.JointWork;

namespace Workflow.Server.Features.Tasks;

/// <param name="NextDue">When the task is due next.</param>
internal sealed record PriorityView(Priority Priority, DateTimeOffset? NextDue, int Revision);

/// <summary>By a supervisor or the duty officer; the targets by priority count anew from the clocks' original starts.</summary>
internal static class ChangePriority
{
    public sealed record Body(Priority Priority, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("tasks/{id}/priority", HandleAsync).HonoursIfMatch().Requires(Permission.ReadTasks).Produces<PriorityView>().WithSummary("Makes a task urgent or normal, with a reason");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, TaskDesk desk, CancellationToken cancel) => desk.SubmitAsync(
        id, new(request, caller, body), [desk.CheckText("/reason", body.Reason)], at => new Stimulus.PriorityChanged(body.Priority, body.Reason.Trim()) { At = at },
        task => Answer.Of(StatusCodes.Status200OK, new PriorityView(task.Task!.Priority, task.Clocks.Where(clock => clock.State == ClockState.Running).Min(clock => clock.Due), task.Revision)), cancel);
}
