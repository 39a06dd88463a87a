using System.Text.Json;
using NetTopologySuite.Geometries;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Places;

/// <summary>
/// Reads outlines from GeoJSON (RFC 7946): a FeatureCollection whose features have a Polygon or a MultiPolygon and name their area as <c>properties.code</c>.
/// The RFC knows WGS-84 only; a member <c>datum</c> of the collection, or the caller, may name another.
/// </summary>
public sealed class OutlineReader
{
    /// <summary>A ring comes back to where it began, around three corners at least; with fewer it encloses nothing and is left out.</summary>
    private const int LeastPoints = 4;

    private readonly Datum datum;
    private readonly List<ValueProblem> problems = [];
    private bool lacksRings;

    private OutlineReader(Datum datum) => this.datum = datum;

    /// <param name="datum">Null: as the collection says.</param>
    /// <param name="problems">Where there is one, no outline is to be used.</param>
    public static IReadOnlyList<Outline> Read(JsonElement collection, Datum? datum, out IReadOnlyList<ValueProblem> problems)
    {
        if (collection.ValueKind != JsonValueKind.Object || collection.Text("type") != "FeatureCollection" || !collection.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            problems = [new("", "a GeoJSON FeatureCollection with 'features'", collection.Describe())];
            return [];
        }
        if (datum is null && collection.TryGetProperty("datum", out var named))
        {
            datum = DatumName.Read(collection.Text("datum"));
            if (datum is null)
            {
                problems = [new("/datum", DatumName.All, named.Describe())];
                return [];
            }
        }
        var reader = new OutlineReader(datum ?? Datum.Wgs84);
        var outlines = features.EnumerateArray().Index().Select(feature => reader.ReadFeature(feature.Item, $"/features/{feature.Index}")).OfType<Outline>().ToList();
        foreach (var twice in outlines.GroupBy(outline => outline.AreaCode).Where(group => group.Count() > 1))
            reader.Add("/features", "each area once", $"'{twice.Key}' {twice.Count()} times");
        problems = reader.problems;
        return outlines;
    }

    private Outline? ReadFeature(JsonElement feature, string at)
    {
        var before = problems.Count;
        var code = Member(feature, "properties") is { } properties ? properties.Text("code") : null;
        if (string.IsNullOrEmpty(code)) Add($"{at}/properties/code", "the code of an area", "nothing");
        lacksRings = false;
        var shape = ReadShape(feature, $"{at}/geometry");
        if (problems.Count > before || shape is null) return null;
        var outline = Outline.Of(code!, shape, lacksRings);
        if (outline.Shape.IsEmpty) Add($"{at}/geometry", "polygons that cover something", "nothing that is left when they are repaired");
        return outline;
    }

    private Geometry? ReadShape(JsonElement feature, string at)
    {
        if (Member(feature, "geometry") is not { } geometry || geometry.Text("type") is not ("Polygon" or "MultiPolygon") || Member(geometry, "coordinates", JsonValueKind.Array) is not { } coordinates)
        {
            Add(at, "a Polygon or a MultiPolygon with coordinates", Member(feature, "geometry") is { } other && other.Text("type") is { } type ? $"'{type}'" : "something else");
            return null;
        }
        if (geometry.Text("type") == "Polygon") return ReadPolygon(coordinates, $"{at}/coordinates");
        var polygons = coordinates.EnumerateArray().Index().Select(polygon => ReadPolygon(polygon.Item, $"{at}/coordinates/{polygon.Index}")).ToList();
        if (polygons.Count == 0) Add($"{at}/coordinates", "at least one polygon", "none");
        return polygons.Contains(null) ? null : Geometry.DefaultFactory.CreateMultiPolygon([.. polygons.Where(polygon => !polygon!.IsEmpty)!]);
    }

    private Polygon? ReadPolygon(JsonElement polygon, string at)
    {
        var rings = polygon.ValueKind == JsonValueKind.Array ? polygon.EnumerateArray().Index().Select(ring => ReadRing(ring.Item, $"{at}/{ring.Index}")).ToList() : [];
        if (rings.Count == 0) Add(at, "a list of at least one ring", polygon.Describe());
        if (rings.Count == 0 || rings.Contains(null)) return null;
        return rings[0]!.IsEmpty ? Geometry.DefaultFactory.CreatePolygon() : Geometry.DefaultFactory.CreatePolygon(rings[0], [.. rings.Skip(1).Where(hole => !hole!.IsEmpty)!]);
    }

    private LinearRing? ReadRing(JsonElement ring, string at)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() == 0)
        {
            Add(at, "a list of positions", ring.Describe());
            return null;
        }
        var points = new Coordinate[ring.GetArrayLength()];
        foreach (var (index, point) in ring.EnumerateArray().Index())
        {
            if (ReadPoint(point) is not { } place)
            {
                Add($"{at}/{index}", $"[longitude, latitude], {Position.LongitudeRange} and {Position.LatitudeRange}", point.Describe());
                return null;
            }
            points[index] = place;
        }
        if (!points[0].Equals2D(points[^1]))
        {
            Add(at, "a ring that ends where it begins", "one that does not");
            return null;
        }
        if (points.Length >= LeastPoints) return new(points);
        // Rounding leaves such rings of islands that were very small.
        lacksRings = true;
        return Geometry.DefaultFactory.CreateLinearRing();
    }

    private Coordinate? ReadPoint(JsonElement point)
    {
        if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() is < 2 or > 3) return null;
        if (point[0].ValueKind != JsonValueKind.Number || point[1].ValueKind != JsonValueKind.Number) return null;
        var (longitude, latitude) = (point[0].GetDouble(), point[1].GetDouble());
        if (!Position.IsLongitude(longitude) || !Position.IsLatitude(latitude)) return null;
        (longitude, latitude) = DatumConversion.ToWgs84(longitude, latitude, datum);
        return new(longitude, latitude);
    }

    private void Add(string pointer, string expected, string found) => problems.Add(new(pointer, expected, found));

    private static JsonElement? Member(JsonElement json, string name, JsonValueKind kind = JsonValueKind.Object) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;
}
