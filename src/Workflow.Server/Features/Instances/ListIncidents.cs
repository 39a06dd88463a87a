using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Instances;

/// <param name="TaskNumber">The number and subject of the task that it belongs to; null for an instance that is no task.</param>
internal sealed record IncidentCard(
    string InstanceId, int Number, string DefinitionId, string ActivityId, string Message, DateTimeOffset At, bool IsOpen, string? TaskNumber, string? TaskSubject);

internal sealed record IncidentPage(IReadOnlyList<IncidentCard> Items, string? Next);

internal static class ListIncidents
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("incidents", HandleAsync).Requires(Permission.Operate).Produces<IncidentPage>().WithSummary("Incidents of all instances, latest first; open ones unless told otherwise");

    /// <param name="open"><c>false</c> for those that were decided.</param>
    internal static async Task<IResult> HandleAsync(
        bool? open, string? cursor, int? limit, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 3, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = reader.Open();
        var rows = db.Incidents.AsNoTracking().Where(incident => incident.IsOpen == (open ?? true));
        if (page.Place is var (at, id, number))
            rows = rows.Where(row => row.At < at || (row.At == at && (row.InstanceId < id || (row.InstanceId == id && row.Number < number))));
        var items = await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.InstanceId).ThenByDescending(row => row.Number).Take(page.Limit + 1)
            .Select(row => new IncidentCard(
                row.InstanceId.ToString(), row.Number, row.DefinitionId, row.Node, row.Message, row.At, row.IsOpen,
                db.Tasks.Where(task => task.InstanceId == row.InstanceId).Select(task => task.Number).FirstOrDefault(),
                db.Tasks.Where(task => task.InstanceId == row.InstanceId).Select(task => task.Subject).FirstOrDefault())).ToListAsync(cancel);
        if (items.Count <= page.Limit) return Results.Ok(new IncidentPage(items, null));
        items.RemoveAt(page.Limit);
        var end = items[^1];
        return Results.Ok(new IncidentPage(items, Page.Cursor(end.At, end.InstanceId, end.Number)));
    }
}
