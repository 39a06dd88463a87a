using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Operations;

/// <param name="Id">Of the effect: the instance and a number in it.</param>
/// <param name="DefinitionId">Null while the instance is not there: its start was dispatched and given up.</param>
/// <param name="Kind">The kind of effect, such as <c>start-child</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastError">What the last attempt failed with.</param>
internal sealed record DeadLetterCard(string Id, string InstanceId, string? DefinitionId, string Kind, int Attempts, string? LastError, DateTimeOffset CreatedAt);

internal sealed record DeadLetterPage(IReadOnlyList<DeadLetterCard> Items, string? Next);

internal static class ListDeadLetters
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("operations/dead-letters", HandleAsync).Requires(Permission.Operate).Produces<DeadLetterPage>()
            .WithSummary("Effects that were given up while nobody waited for them, latest first");

    internal static async Task<IResult> HandleAsync(string? cursor, int? limit, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 3, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = reader.Open();
        var rows = DeadLetters.Of(db);
        if (page.Place is var (at, id, number))
            rows = rows.Where(row => row.CreatedAt < at || (row.CreatedAt == at && (row.InstanceId < id || (row.InstanceId == id && row.Number < number))));
        var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.InstanceId).ThenByDescending(row => row.Number).Take(page.Limit + 1)
            .Select(row => new
            {
                row.InstanceId, row.Number, row.Kind, row.Attempts, row.LastError, row.CreatedAt,
                Definition = db.Instances.Where(instance => instance.Id == row.InstanceId).Select(instance => instance.DefinitionId).FirstOrDefault(),
            }).ToListAsync(cancel);
        var items = found.Take(page.Limit).Select(row => new DeadLetterCard(
            new EffectId(row.InstanceId, row.Number).ToString(), row.InstanceId.ToString(), row.Definition, row.Kind, row.Attempts, row.LastError, row.CreatedAt)).ToList();
        if (found.Count <= page.Limit) return Results.Ok(new DeadLetterPage(items, null));
        var end = found[page.Limit - 1];
        return Results.Ok(new DeadLetterPage(items, Page.Cursor(end.CreatedAt, end.InstanceId.ToString(), end.Number)));
    }
}
