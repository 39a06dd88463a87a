using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

internal static class GetTimeline
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("tasks/{id}/timeline", HandleAsync).Requires(Permission.ReadTasks).Produces<TimelinePage>()
            .WithSummary("Who did what when, oldest first; a page holds the entries of 'limit' bursts");

    internal static async Task<IResult> HandleAsync(
        string id, string? cursor, int? limit, Caller caller, InstanceReader reader, DefinitionLibrary library, IOptions<Limits> limits, StoredShapes shapes,
        CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 1, limits.Value, out var problem) is not { } page) return problem!;
        if (!InstanceId.TryParse(id, out var key) || await reader.FindTaskAsync(key, caller, cancel) is not { } task) return ProblemResults.NotFound("a task");

        var after = page.After is [var text] && int.TryParse(text, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
        var definition = await library.FindAsync(task.Definition, cancel);
        await using var db = reader.Open();
        var bursts = await db.Journal.AsNoTracking().Where(row => row.InstanceId == key && row.Revision > after && row.Revision <= task.Revision)
            .OrderBy(row => row.Revision).Take(page.Limit).ToListAsync(cancel);
        var next = bursts.Count == page.Limit && bursts[^1].Revision < task.Revision ? Page.Cursor(bursts[^1].Revision.ToString(CultureInfo.InvariantCulture)) : null;
        return Results.Ok(new TimelinePage([.. bursts.SelectMany(burst => TimelineEntry.Of(burst, shapes, task, definition!))], next));
    }
}
