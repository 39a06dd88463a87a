using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Operations;

internal static class DiscardDeadLetter
{
    /// <param name="Reason">Kept in the log; one line.</param>
    public sealed record Body(string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("operations/dead-letters/{id}/discard", HandleAsync).Requires(Permission.Operate).Produces<DeadLetterChanged>()
            .WithSummary("Removes a dead letter: what it was to do will not be done");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, DeadLetterDesk desk, CancellationToken cancel) =>
        desk.DecideAsync(
            new(id, "discard", body.Reason, NeedsReason: true), new(request, caller, body), (db, effect) => DeadLetters.DiscardAsync(db, effect, cancel), cancel);
}
