using System.Collections.Immutable;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Instances;

/// <summary>An instance that will start.</summary>
internal sealed record InstanceDispatched(string Id);

/// <summary>
/// A start that nobody waits for. It is on disk as an effect of the outbox before it is answered, and is started by whichever server takes it: once,
/// because its id is in the effect. The inputs are checked first; what is refused afterwards is a dead letter.
/// </summary>
internal static class DispatchInstance
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("instances/dispatch", HandleAsync).Requires(Permission.RunWorkflows).Produces<InstanceDispatched>(StatusCodes.Status202Accepted)
            .WithSummary("Has a workflow started that is no task, and answers before it is; the instance is there soon after");

    internal static async Task<IResult> HandleAsync(
        StartRequest body, HttpRequest request, Caller caller, CommandDesk desk, DefinitionLibrary library, DeliveryLoop delivery, DiskSpace disk, StoredShapes shapes,
        CancellationToken cancel)
    {
        var ask = new Ask(request, caller, body);
        var (definition, refused) = await body.ResolveAsync(library, cancel);
        if ((refused ?? disk.RefuseStart()) is { } why) return await desk.RefuseAsync(ask, why, cancel);
        var inputs = (body.Inputs ?? []).ToImmutableDictionary();
        if (Transition.InputProblems(definition!, inputs) is { Count: > 0 } problems)
            return await desk.RefuseAsync(ask, Rejection.InputsDoNotFit(problems), cancel);
        var result = await desk.WriteAsync(ask, (db, now) =>
        {
            var id = new InstanceId(Guid.CreateVersion7(now));
            db.Outbox.Add(RowOf(new(id, definition!.Id.DefinitionId, definition.Id.Version, inputs, body.CorrelationId, null) { By = caller.Actor }, shapes.Number, now));
            return Task.FromResult(Answer.Of(StatusCodes.Status202Accepted, new InstanceDispatched(id.ToString()), $"/api/v1/instances/{id}"));
        }, cancel);
        delivery.Wake();
        return result;
    }

    private static OutboxRow RowOf(StartChild start, int schema, DateTimeOffset now) => new()
    {
        InstanceId = start.Child,
        Number = 0,
        Kind = EffectAttribute.NameOf(typeof(StartChild)),
        Schema = schema,
        Payload = InstanceJson.Write(start),
        State = OutboxState.Pending,
        Attempts = 0,
        NextAt = now,
        Epoch = 0,
        ClaimedUntil = null,
        CreatedAt = now,
        LastError = null,
        Result = null,
    };
}
