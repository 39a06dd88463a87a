using System.Text.Json;
using Workflow.Engine.Running;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

/// <summary>Whom an event reached: instances that waited for it, and instances that it started.</summary>
internal sealed record EventPublished(IReadOnlyList<string> Resumed, IReadOnlyList<string> Started);

internal static class PublishEvent
{
    /// <param name="CorrelationId">Only instances with this correlation hear it, and those that it starts get it; null for all.</param>
    public sealed record Body(string Name, string? CorrelationId = null, JsonElement? Payload = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("events", HandleAsync).Requires(Permission.RunWorkflows).Produces<EventPublished>()
            .WithSummary("Sends an event to all who wait for it, and starts the workflows that begin with it");

    internal static async Task<IResult> HandleAsync(Body body, HttpRequest request, Caller caller, CommandDesk desk, EventPublisher publisher, CancellationToken cancel)
    {
        if (body.Name.Length == 0) return ProblemResults.Invalid([new("/name", "the name of an event", "nothing")]);
        return await desk.RunAsync(new(request, caller, body), async id =>
        {
            var reached = await publisher.PublishAsync(new(body.Name, body.CorrelationId, null, body.Payload), new(new(id), 0), caller.Actor, cancel);
            if (reached.Missed is { } why) return Answer.Of(why);
            return Answer.Of(StatusCodes.Status200OK, new EventPublished([.. reached.Resumed.Select(instance => instance.ToString())], [.. reached.Started.Select(instance => instance.ToString())]));
        }, cancel);
    }
}
