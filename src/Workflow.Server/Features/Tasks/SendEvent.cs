using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

/// <param name="Revision">The task's revision after the event.</param>
internal sealed record TaskChanged(int Revision);

internal static class SendEvent
{
    /// <param name="Name">The event name that an Event activity of the task waits for.</param>
    public sealed record Body(string Name, JsonElement? Payload = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("tasks/{id}/events", HandleAsync).Requires(Permission.RaiseTasks).Produces<TaskChanged>().WithSummary("Sends an event to a task that waits for it");

    internal static async Task<IResult> HandleAsync(
        string id, Body body, HttpRequest request, Caller caller, InstanceReader reader, CommandDesk desk, CancellationToken cancel)
    {
        if (!InstanceId.TryParse(id, out var key) || !await reader.SeesTaskAsync(key, caller, cancel)) return ProblemResults.NotFound("a task");
        return await desk.SubmitAsync(
            new(request, caller, body), key, at => new Stimulus.EventReceived(body.Name, body.Payload) { At = at },
            task => Answer.Of(StatusCodes.Status200OK, new TaskChanged(task.Revision)));
    }
}
