using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.ClockChanges;

internal static class ListClockChanges
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("clock-changes", ListAsync).Requires(Permission.ReadTasks).Produces<IReadOnlyList<ClockChangeView>>()
            .WithSummary("The last versions of calendars and policies that were proposed or applied, newest first");
        routes.MapGet("clock-changes/{number:int}", GetAsync).Requires(Permission.ReadTasks).Produces<ClockChangeView>().WithSummary("One of them, with its progress");
        routes.MapGet("clock-changes/{number:int}/preview", PreviewAsync).Requires(Permission.ApproveClockChanges).Produces<ClockChangePreview>()
            .WithSummary("What a proposal would do to all open clocks; changes nothing");
    }

    internal static async Task<IResult> ListAsync(Database database, IOptions<Limits> limits, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var rows = await db.ClockChanges.AsNoTracking().OrderByDescending(row => row.Number).Take(limits.Value.MaxPageSize).Select(row => new
        {
            Change = row,
            InForce = db.ClockChanges.Where(other => other.Kind == row.Kind && other.Subject == row.Subject && other.AppliedAt != null)
                .OrderByDescending(other => other.AppliedAt).ThenByDescending(other => other.Number).Select(other => other.Version).FirstOrDefault(),
        }).ToListAsync(cancel);
        var views = new List<ClockChangeView>();
        // Only of one that is being applied something is counted.
        foreach (var row in rows) views.Add(await ClockChangeDesk.ViewAsync(db, row.Change, row.InForce, cancel));
        return Results.Ok(views);
    }

    internal static async Task<IResult> GetAsync(int number, Database database, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        return await FindAsync(db, number, cancel) is { } row ? Results.Ok(await ClockChangeDesk.ViewAsync(db, row, cancel)) : ProblemResults.NotFound("a change of clocks", Reason.ClockChangeUnknown);
    }

    internal static async Task<IResult> PreviewAsync(int number, string? cursor, int? limit, Caller caller, Database database, ClockChangeDesk desk, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 0, limits.Value, out var problem) is not { } page) return problem!;
        if (ClockChangePreview.PageOf(page) is not { } rows) return ProblemResults.Invalid([new("/cursor", "a cursor that this list gave out", cursor!)]);
        await using var db = database.CreateDbContext();
        return await FindAsync(db, number, cancel) is { } row ? Results.Ok(await desk.PreviewAsync(row, rows, caller, cancel)) : ProblemResults.NotFound("a change of clocks", Reason.ClockChangeUnknown);
    }

    private static Task<ClockChangeRow?> FindAsync(WorkflowDb db, int number, CancellationToken cancel) =>
        db.ClockChanges.AsNoTracking().SingleOrDefaultAsync(row => row.Number == number, cancel);
}
