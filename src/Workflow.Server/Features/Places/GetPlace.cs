using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Places;

internal sealed record NamedArea(string Code, string Name);

/// <summary>How closely a place is known.</summary>
/// <param name="Level">What kind of area was found: the position may be anywhere in it.</param>
/// <param name="By">By what it was found.</param>
/// <param name="Metres">How far outside of the area's outline the position lies, where it lies in none.</param>
internal sealed record PrecisionView(AreaKind Level, PlaceBasis By, double? Metres);

/// <param name="Shift">In which shift; null where it is the same in every one.</param>
internal sealed record OwnerView(Grid Grid, TeamKind Kind, string? TeamId, string? TeamName, string? Shift);

/// <param name="Wgs84">The position in WGS-84.</param>
/// <param name="DistrictName">Under which district the area is coded; another one than who runs it in a functional zone.</param>
/// <param name="MayBeRunBy">Functional zones that run streets of the district: while no more than the district is known, the spot may be theirs.</param>
/// <param name="Owners">Who owns the place in both grids, one entry for each kind of team; without a team where nobody does.</param>
internal sealed record PlaceView(
    Position? Position, Position? Wgs84, string AreaCode, string AreaName, string AreaPath, string JurisdictionName, string DistrictName,
    PrecisionView Precision, IReadOnlyList<NamedArea> MayBeRunBy, IReadOnlyList<OwnerView> Owners)
{
    public static PlaceView Of(FoundPlace found)
    {
        var (area, place) = (found.Area.Area, found.Area.Place);
        return new(
            place.Position, place.Position is { } position ? DatumConversion.Convert(position, Datum.Wgs84) : null, area.Code, area.Name, area.Path, area.JurisdictionName, area.DistrictName,
            new(area.Kind, found.By, found.Metres > 0 ? Math.Round(found.Metres, 1) : null),
            [.. found.Area.Others.Select(zone => new NamedArea(zone.Code, zone.Name))],
            [.. found.Area.Owners.Select(owner => new OwnerView(owner.Grid, owner.Kind, owner.Team?.Id, owner.Team?.Name, owner.Shift))]);
    }
}

internal static class GetPlace
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("places", HandleAsync).Requires(Permission.ReadTasks).Produces<PlaceView>().WithSummary("The area of a position, a subject or a code, how closely it is known, and who owns it in both grids");

    /// <param name="datum"><c>WGS-84</c> (the default), <c>GCJ-02</c>, <c>CGCS2000</c> or <c>BD-09</c>.</param>
    internal static async Task<IResult> HandleAsync(
        double? longitude, double? latitude, string? datum, string? areaCode, string? subjectKey, PlaceDesk desk, CancellationToken cancel)
    {
        var problems = new List<ValueProblem>();
        if (longitude is null != latitude is null) problems.Add(new(longitude is null ? "/longitude" : "/latitude", "longitude and latitude together", "one of them"));
        if (longitude is { } east && latitude is { } north) problems.AddRange(PlaceDesk.Check(east, north, ""));
        var named = datum is null ? Datum.Wgs84 : DatumName.Read(datum);
        if (named is null) problems.Add(new("/datum", DatumName.All, $"'{datum}'"));
        if (problems.Count > 0) return ProblemResults.Invalid(problems);
        var query = new PlaceQuery(areaCode, subjectKey, longitude is null ? null : new(longitude.Value, latitude!.Value, named!.Value));
        if (query.IsEmpty) return ProblemResults.Invalid([new("/longitude", "longitude and latitude, an areaCode or a subjectKey", "none of them")]);
        var (found, refused) = await desk.FindAsync(query, cancel);
        return refused?.ToResult() ?? Results.Ok(PlaceView.Of(found!));
    }
}
