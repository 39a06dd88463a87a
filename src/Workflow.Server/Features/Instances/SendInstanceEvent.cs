using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Instances;

internal static class SendInstanceEvent
{
    /// <param name="Name">The event name that an Event activity of the instance waits for.</param>
    public sealed record Body(string Name, JsonElement? Payload = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("instances/{id}/events", HandleAsync).HonoursIfMatch().Requires(Permission.RunWorkflows).Produces<InstanceChanged>().WithSummary("Sends an event to one instance that waits for it");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, InstanceDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), at => new Stimulus.EventReceived(body.Name, body.Payload) { At = at }, cancel);
}
