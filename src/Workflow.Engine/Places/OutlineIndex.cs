using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Distance;

namespace Workflow.Engine.Places;

/// <summary>Finds the outline that a position lies in. Built once, then read by any number of threads.</summary>
public sealed class OutlineIndex
{
    private const double MetresPerDegree = 111_320;

    private readonly STRtree<Entry> tree = new();
    private readonly double marginMetres;

    /// <param name="outlines">The one that counts most first: of several that hold a position the first is taken.</param>
    /// <param name="marginMetres">How far outside of every outline a position may lie and still belong to the nearest one.</param>
    public OutlineIndex(IEnumerable<Outline> outlines, double marginMetres)
    {
        this.marginMetres = marginMetres;
        foreach (var (rank, outline) in outlines.Index())
        {
            var (locator, border) = (new IndexedPointInAreaLocator(outline.Shape), new IndexedFacetDistance(outline.Shape));
            // All indexes are built at their first use, which is here, before there are several threads.
            locator.Locate(outline.Shape.Coordinate);
            border.NearestPoints(new Point(outline.Shape.Coordinate));
            tree.Insert(outline.Shape.EnvelopeInternal, new(rank, outline.AreaCode, locator, border));
        }
        if (!tree.IsEmpty) tree.Build();
    }

    /// <returns>The area, and how many metres outside of its outline the position lies: 0 inside. Null when there is none so near.</returns>
    public (string AreaCode, double Metres)? Find(double longitude, double latitude)
    {
        var point = new Coordinate(longitude, latitude);
        Entry? first = null;
        foreach (var entry in tree.Query(new Envelope(point)))
            if ((first is null || entry.Rank < first.Rank) && entry.Locator.Locate(point) != Location.Exterior) first = entry;
        return first is null ? Nearest(point) : (first.AreaCode, 0);
    }

    private (string, double)? Nearest(Coordinate point)
    {
        (Entry Entry, double Metres)? nearest = null;
        var around = new Envelope(point);
        around.ExpandBy(marginMetres / (MetresPerDegree * Math.Cos(point.Y * Math.PI / 180)), marginMetres / MetresPerDegree);
        foreach (var entry in tree.Query(around))
        {
            var metres = Metres(point, entry.Border.NearestPoints(new Point(point))[0]);
            if (metres <= marginMetres && (nearest is not { } best || (metres, entry.Rank).CompareTo((best.Metres, best.Entry.Rank)) < 0)) nearest = (entry, metres);
        }
        return nearest is { } found ? (found.Entry.AreaCode, found.Metres) : null;
    }

    /// <summary>On a plane that touches the earth here: right to a part in a thousand over the few metres that are asked for.</summary>
    private static double Metres(Coordinate one, Coordinate other) => double.Hypot(
        (one.X - other.X) * Math.Cos(one.Y * Math.PI / 180) * MetresPerDegree, (one.Y - other.Y) * MetresPerDegree);

    private sealed record Entry(int Rank, string AreaCode, IndexedPointInAreaLocator Locator, IndexedFacetDistance Border);
}
