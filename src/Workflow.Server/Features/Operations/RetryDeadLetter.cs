using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Operations;

internal static class RetryDeadLetter
{
    /// <param name="Reason">Kept in the log; one line.</param>
    public sealed record Body(string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("operations/dead-letters/{id}/retry", HandleAsync).Requires(Permission.Operate).Produces<DeadLetterChanged>()
            .WithSummary("Has a dead letter tried again, with all its attempts and under the same id");

    internal static async Task<IResult> HandleAsync(
        string id, Body body, HttpRequest request, Caller caller, DeadLetterDesk desk, DeliveryLoop delivery, TimeProvider time, CancellationToken cancel)
    {
        var answer = await desk.DecideAsync(
            new(id, "retry", body.Reason, NeedsReason: false), new(request, caller, body), (db, effect) => DeadLetters.RetryAsync(db, effect, time.GetUtcNow(), cancel), cancel);
        delivery.Wake();
        return answer;
    }
}
