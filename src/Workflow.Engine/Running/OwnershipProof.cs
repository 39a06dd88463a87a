using System.Collections.Immutable;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>A team covers an area and what lies below it.</summary>
/// <param name="Shift">In which shift; null in every one.</param>
public sealed record GridCover(TeamKind Kind, string AreaCode, string TeamId, string? Shift = null);

/// <summary>How many areas there are, and how many of them one team owns.</summary>
public sealed record Ownership(TeamKind Kind, string? Shift, int Areas, int Owned);

/// <summary>Nobody owns the area.</summary>
/// <param name="Areas">How many areas it stands for: itself and those below it that nobody owns either.</param>
public sealed record OwnershipGap(TeamKind Kind, string? Shift, AreaRow Area, int Areas);

/// <summary>Several teams cover the same area.</summary>
/// <param name="Areas">How many areas have these owners: itself and those below it that nobody covers more closely.</param>
public sealed record OwnershipOverlap(TeamKind Kind, string? Shift, AreaRow Area, ImmutableArray<string> TeamIds, int Areas);

/// <summary>
/// Whether every area has exactly one owner, for each kind of team and each shift. The owner is who covers the area most closely, as tasks are routed;
/// the city itself needs none, because no task is about the whole city.
/// </summary>
public sealed record OwnershipProof(ImmutableArray<Ownership> Kinds, ImmutableArray<OwnershipGap> Gaps, ImmutableArray<OwnershipOverlap> Overlaps)
{
    public bool Holds => Gaps.IsEmpty && Overlaps.IsEmpty;

    public static OwnershipProof Of(IReadOnlyList<AreaRow> areas, IReadOnlyCollection<GridCover> covers)
    {
        ArgumentNullException.ThrowIfNull(areas);
        var byCode = areas.ToDictionary(area => area.Code, StringComparer.Ordinal);
        var owned = areas.Where(area => area.Kind != AreaKind.City).OrderBy(area => area.Path, StringComparer.Ordinal).ToList();
        var shifts = covers.Select(cover => cover.Shift).OfType<string>().Distinct().Order(StringComparer.Ordinal).DefaultIfEmpty(null).ToList();
        var (kinds, gaps, overlaps) = (ImmutableArray.CreateBuilder<Ownership>(), ImmutableArray.CreateBuilder<OwnershipGap>(), ImmutableArray.CreateBuilder<OwnershipOverlap>());
        foreach (var kind in Enum.GetValues<TeamKind>())
        foreach (var shift in shifts)
        {
            var teams = covers.Where(cover => cover.Kind == kind && (cover.Shift is null || cover.Shift == shift)).GroupBy(cover => cover.AreaCode).SelectMany(InTheirShift).ToLookup(cover => cover.AreaCode, cover => cover.TeamId);
            var closest = owned.ToLookup(area => Closest(area, teams));
            var bare = closest[null].ToList();
            var shared = closest.Where(group => group.Key is { } code && teams[code].Distinct().Skip(1).Any()).ToList();
            kinds.Add(new(kind, shift, owned.Count, owned.Count - bare.Count - shared.Sum(group => group.Count())));
            gaps.AddRange(Topmost(bare).Select(area => new OwnershipGap(kind, shift, area, bare.Count(below => below.Path.StartsWith(area.Path, StringComparison.Ordinal)))));
            overlaps.AddRange(shared.Where(group => byCode.ContainsKey(group.Key!))
                .Select(group => new OwnershipOverlap(kind, shift, byCode[group.Key!], [.. teams[group.Key!].Distinct().Order(StringComparer.Ordinal)], group.Count())));
        }
        return new(kinds.ToImmutable(), gaps.ToImmutable(), overlaps.ToImmutable());
    }

    /// <summary>Of an area those who cover it in this very shift, as tasks are routed; where there are none, those who cover it in every one.</summary>
    private static IEnumerable<GridCover> InTheirShift(IGrouping<string, GridCover> area) => area.Any(cover => cover.Shift is not null) ? area.Where(cover => cover.Shift is not null) : area;

    /// <summary>The area, or the one around it, that somebody covers; null when nobody covers any of them.</summary>
    private static string? Closest(AreaRow area, ILookup<string, string> teams) => area.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(teams.Contains);

    /// <summary>Of areas in the order of their paths those that lie in none of the others.</summary>
    private static List<AreaRow> Topmost(List<AreaRow> areas)
    {
        var topmost = new List<AreaRow>();
        foreach (var area in areas)
            if (topmost.Count == 0 || !area.Path.StartsWith(topmost[^1].Path, StringComparison.Ordinal)) topmost.Add(area);
        return topmost;
    }
}
