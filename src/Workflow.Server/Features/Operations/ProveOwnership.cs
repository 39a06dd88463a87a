using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Operations;

/// <param name="Shift">Null: in every shift.</param>
internal sealed record OwnershipView(Grid Grid, TeamKind Kind, string? Shift, int Areas, int Owned);

/// <param name="Areas">How many areas it stands for: itself and those below it that nobody owns either.</param>
internal sealed record OwnershipGapView(TeamKind Kind, string? Shift, string AreaCode, string AreaName, string JurisdictionName, int Areas);

internal sealed record OwnershipOverlapView(TeamKind Kind, string? Shift, string AreaCode, string AreaName, string JurisdictionName, IReadOnlyList<string> TeamIds, int Areas);

/// <param name="Holds">Every area has exactly one owner of each kind.</param>
/// <param name="GapCount">How many gaps there are; the first of them are listed.</param>
/// <param name="OverlapCount">How many overlaps there are; the first of them are listed.</param>
/// <param name="WithoutOutline">Jurisdictions that no position can lead to, because they have no outline.</param>
internal sealed record OwnershipReport(
    bool Holds, IReadOnlyList<OwnershipView> Kinds, int GapCount, IReadOnlyList<OwnershipGapView> Gaps,
    int OverlapCount, IReadOnlyList<OwnershipOverlapView> Overlaps, IReadOnlyList<string> WithoutOutline);

internal static class ProveOwnership
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("operations/ownership", HandleAsync).Requires(Permission.Operate).Produces<OwnershipReport>()
            .WithSummary("Whether every area has exactly one owner of each kind of team in each shift; gaps and overlaps");

    internal static async Task<IResult> HandleAsync(IDbContextFactory<WorkflowDb> databases, IOptions<Limits> limits, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var areas = await db.Areas.AsNoTracking().ToListAsync(cancel);
        var covers = await db.TeamAreas.AsNoTracking().Join(db.Teams, cover => cover.TeamId, team => team.Id, (cover, team) => new GridCover(team.Kind, cover.AreaCode, team.Id, cover.Shift == "" ? null : cover.Shift)).ToListAsync(cancel);
        var outlines = await db.Outlines.AsNoTracking().Select(outline => outline.AreaCode).ToListAsync(cancel);
        var (proof, most) = (OwnershipProof.Of(areas, covers), limits.Value.MaxPageSize);
        return Results.Ok(new OwnershipReport(
            proof.Holds, [.. proof.Kinds.Select(kind => new OwnershipView(PlaceDirectory.GridOf(kind.Kind), kind.Kind, kind.Shift, kind.Areas, kind.Owned))],
            proof.Gaps.Length, [.. proof.Gaps.Take(most).Select(gap => new OwnershipGapView(gap.Kind, gap.Shift, gap.Area.Code, gap.Area.Name, gap.Area.JurisdictionName, gap.Areas))],
            proof.Overlaps.Length,
            [.. proof.Overlaps.Take(most).Select(overlap => new OwnershipOverlapView(overlap.Kind, overlap.Shift, overlap.Area.Code, overlap.Area.Name, overlap.Area.JurisdictionName, overlap.TeamIds, overlap.Areas))],
            [.. areas.Where(area => area.Kind == AreaKind.Jurisdiction).Select(area => area.Code).Except(outlines).Order(StringComparer.Ordinal)]));
    }
}
