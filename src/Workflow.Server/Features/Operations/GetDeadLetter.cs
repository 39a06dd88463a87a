using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Operations;

/// <param name="Payload">What was to be done, as the activity asked for it.</param>
internal sealed record DeadLetterView(
    string Id, string InstanceId, string DefinitionId, string Kind, int Attempts, string? LastError, DateTimeOffset CreatedAt, JsonElement Payload);

internal static class GetDeadLetter
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("operations/dead-letters/{id}", HandleAsync).Requires(Permission.Operate).Produces<DeadLetterView>().WithSummary("One dead letter with what was to be done");

    internal static async Task<IResult> HandleAsync(string id, InstanceReader reader, CancellationToken cancel)
    {
        if (!EffectId.TryParse(id, out var key)) return DeadLetterDesk.Unknown();
        await using var db = reader.Open();
        if (await DeadLetters.Of(db, key).SingleOrDefaultAsync(cancel) is not { } row) return DeadLetterDesk.Unknown();
        var definition = await db.Instances.Where(instance => instance.Id == key.Instance).Select(instance => instance.DefinitionId).FirstOrDefaultAsync(cancel);
        return Results.Ok(new DeadLetterView(
            key.ToString(), key.Instance.ToString(), definition ?? "", row.Kind, row.Attempts, row.LastError, row.CreatedAt, JsonElement.Parse(row.Payload)));
    }
}
