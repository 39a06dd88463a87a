using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>The two grids that lie over one another.</summary>
public enum Grid
{
    /// <summary>技术网格: sensors and who analyses what they say.</summary>
    Technical,

    /// <summary>管理网格: enforcement, inspection and the community grid.</summary>
    Management,
}

/// <summary>The team of a kind that owns a place; null where there is none.</summary>
/// <param name="Shift">In which shift; null where it is the same in every one.</param>
public sealed record GridOwner(Grid Grid, TeamKind Kind, Team? Team, string? Shift = null);

/// <summary>An area, who owns it in both grids, and who else may run a part of it.</summary>
/// <param name="Others">
/// Of a district: the functional zones that run streets coded under it. While only the district is known, one of them may run the very spot.
/// </param>
public sealed record OwnedArea(AreaRow Area, Place Place, ImmutableArray<GridOwner> Owners, ImmutableArray<AreaRow> Others);

/// <summary>An area that was found, by what, and how far outside of its outline the position lies.</summary>
public sealed record FoundPlace(OwnedArea Area, PlaceBasis By, double Metres = 0);

/// <summary>Where is it, and whose is it: areas, outlines and teams as one value, replaced when one of them changes. Looking up only reads memory.</summary>
public sealed class PlaceDirectory
{
    private readonly FrozenDictionary<string, OwnedArea> byCode;
    private readonly OutlineIndex outlines;

    public PlaceDirectory(IReadOnlyList<AreaRow> areas, TeamDirectory teams, IEnumerable<Outline> outlines, PlaceOptions options)
    {
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(options);
        var rows = areas.ToDictionary(area => area.Code, StringComparer.Ordinal);
        var others = areas.Where(area => area.Kind == AreaKind.Street).Select(street => (street.DistrictCode, Jurisdiction: JurisdictionOf(street)))
            .Where(pair => pair.Jurisdiction != pair.DistrictCode && rows.ContainsKey(pair.Jurisdiction))
            .Distinct().ToLookup(pair => pair.DistrictCode, pair => rows[pair.Jurisdiction]);
        byCode = areas.ToFrozenDictionary(area => area.Code, area => Own(area, teams, [.. others[area.Code].OrderBy(zone => zone.Code, StringComparer.Ordinal)]), StringComparer.Ordinal);
        // The closest area first; of a district and a zone that overlap the zone, because it runs what lies in both.
        this.outlines = new(
            outlines.Where(outline => byCode.ContainsKey(outline.AreaCode)).OrderByDescending(outline => rows[outline.AreaCode].Kind)
                .ThenBy(outline => rows[outline.AreaCode].DistrictCode.Length > 0).ThenBy(outline => outline.Shape.Area).ThenBy(outline => outline.AreaCode, StringComparer.Ordinal),
            options.MarginMetres);
    }

    /// <summary>The area with this code; null when there is none.</summary>
    public FoundPlace? ByCode(string code) => byCode.TryGetValue(code, out var area) ? new(area, PlaceBasis.AreaCode) : null;

    /// <summary>The closest area whose outline holds the position; null when there is none.</summary>
    public FoundPlace? ByPosition(Position position)
    {
        ArgumentNullException.ThrowIfNull(position);
        var (longitude, latitude) = DatumConversion.ToWgs84(position.Longitude, position.Latitude, position.Datum);
        return outlines.Find(longitude, latitude) is var (code, metres) ? new(byCode[code], metres > 0 ? PlaceBasis.NearOutline : PlaceBasis.Outline, metres) : null;
    }

    /// <summary>
    /// What is known of a subject: its area, or what its position says where that is closer. A position inside a district says nothing about streets, so the
    /// subject's area counts more while it is one of that district.
    /// </summary>
    public FoundPlace? BySubject(SubjectRow subject, Position? position = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var area = ByCode(subject.AreaCode) is { } known ? known with { By = PlaceBasis.Subject } : null;
        if ((position ?? subject.Position()) is not { } at || ByPosition(at) is not { } found) return area;
        return area is null || !Holds(found.Area.Area, area.Area.Area) ? found : area;
    }

    private static bool Holds(AreaRow outer, AreaRow inner) =>
        inner.Path.StartsWith(outer.Path, StringComparison.Ordinal) || (outer.Kind == AreaKind.Jurisdiction && inner.DistrictCode == outer.Code);

    private static OwnedArea Own(AreaRow area, TeamDirectory teams, ImmutableArray<AreaRow> others)
    {
        var place = new Place(area.Code, area.Name, area.Path, area.JurisdictionName);
        return new(area, place, [.. Enum.GetValues<TeamKind>().SelectMany(kind => teams.OwnersOf(place, kind).DefaultIfEmpty(), (kind, owner) => new GridOwner(GridOf(kind), kind, owner.Team, owner.Shift?.Id))], others);
    }

    public static Grid GridOf(TeamKind kind) => kind == TeamKind.TechGrid ? Grid.Technical : Grid.Management;

    private static string JurisdictionOf(AreaRow street) => street.Path.Split('/') is [_, var jurisdiction, ..] ? jurisdiction : "";
}
