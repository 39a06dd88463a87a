using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.IO;

namespace Workflow.Engine.Places;

/// <summary>What an area covers on the ground: polygons in WGS-84 that are valid.</summary>
/// <param name="Change">By what share repairing has changed the surface; null where nothing was to be repaired.</param>
public sealed record Outline(string AreaCode, Geometry Shape, double? Change = null)
{
    /// <summary>Makes an outline of what somebody has drawn. Rings that touch or cross themselves, as rounding leaves them, are repaired.</summary>
    /// <param name="lacksRings">Whether rings were left out before, because they enclose nothing.</param>
    public static Outline Of(string areaCode, Geometry drawn, bool lacksRings = false)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        if (drawn.IsValid) return new(areaCode, drawn, lacksRings ? 0 : null);
        var repaired = Polygons(GeometryFixer.Fix(drawn));
        return new(areaCode, repaired, drawn.Area > 0 ? Math.Abs(repaired.Area - drawn.Area) / drawn.Area : 1);
    }

    public static Outline Read(string areaCode, byte[] wellKnownBinary, double? change) => new(areaCode, new WKBReader().Read(wellKnownBinary), change);

    public byte[] Write() => Shape.AsBinary();

    /// <summary>Repairing may leave lines and points beside the polygons, which cover nothing.</summary>
    private static Geometry Polygons(Geometry repaired)
    {
        if (repaired is Polygon or MultiPolygon) return repaired;
        var polygons = new List<Polygon>();
        repaired.Apply(new GeometryComponentFilter(part =>
        {
            if (part is Polygon { IsEmpty: false } polygon) polygons.Add(polygon);
        }));
        return repaired.Factory.CreateMultiPolygon([.. polygons]);
    }

    private sealed class GeometryComponentFilter(Action<Geometry> act) : IGeometryFilter
    {
        public void Filter(Geometry geom) => act(geom);
    }
}
