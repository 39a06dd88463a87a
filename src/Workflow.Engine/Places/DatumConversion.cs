using System.Diagnostics;

namespace Workflow.Engine.Places;

/// <summary>
/// Leads a position from one datum to another. WGS-84 and CGCS2000 are the same here (they differ by centimetres).
/// <para>
/// China has not published GCJ-02. The formulas are those that became public with the project eviltransform (github.com/googollee/eviltransform, MIT), an
/// offset that follows from the place on the Krasovsky 1940 ellipsoid; Baidu's second shift is that of coordtransform (github.com/wandergis/coordtransform, MIT), whose
/// angle eviltransform takes otherwise, which makes up to forty metres. Neither has an exact inverse: the way
/// back is found by iteration, to a tenth of a millimetre of the formula. How near the formula comes to the official shift is not published; maps agree with it to about a metre.
/// Outside a box around China nothing is shifted.
/// </para>
/// </summary>
public static class DatumConversion
{
    /// <summary>Krasovsky 1940: semi-major axis in metres, and the square of the eccentricity.</summary>
    private const double Axis = 6378245.0;

    private const double Eccentricity = 0.00669342162296594323;

    private const double BaiduAngle = Math.PI * 3000.0 / 180.0;

    /// <summary>Degrees: a tenth of a millimetre.</summary>
    private const double Exact = 1e-9;

    /// <summary>Each round makes the error some thousand times smaller, so three or four are enough.</summary>
    private const int MostRounds = 16;

    public static Position Convert(Position position, Datum to)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (position.Datum == to) return position;
        var (longitude, latitude) = FromWgs84(ToWgs84(position.Longitude, position.Latitude, position.Datum), to);
        return new(longitude, latitude, to);
    }

    /// <summary>The same place in WGS-84.</summary>
    public static (double Longitude, double Latitude) ToWgs84(double longitude, double latitude, Datum from) => from switch
    {
        Datum.Wgs84 or Datum.Cgcs2000 => (longitude, latitude),
        Datum.Gcj02 => Invert((longitude, latitude), Gcj02),
        Datum.Bd09 => Invert(Invert((longitude, latitude), Bd09), Gcj02),
        _ => throw new UnreachableException(),
    };

    private static (double Longitude, double Latitude) FromWgs84((double, double) place, Datum to) => to switch
    {
        Datum.Wgs84 or Datum.Cgcs2000 => place,
        Datum.Gcj02 => Gcj02(place),
        Datum.Bd09 => Bd09(Gcj02(place)),
        _ => throw new UnreachableException(),
    };

    /// <summary>Looks for what is shifted to the given place: from there back by as much as the last guess is shifted.</summary>
    private static (double Longitude, double Latitude) Invert((double Longitude, double Latitude) shifted, Func<(double Longitude, double Latitude), (double Longitude, double Latitude)> shift)
    {
        var guess = shifted;
        for (var round = 0; round < MostRounds; round++)
        {
            var there = shift(guess);
            var (east, north) = (shifted.Longitude - there.Longitude, shifted.Latitude - there.Latitude);
            guess = (guess.Longitude + east, guess.Latitude + north);
            if (Math.Abs(east) < Exact && Math.Abs(north) < Exact) break;
        }
        return guess;
    }

    private static (double Longitude, double Latitude) Gcj02((double Longitude, double Latitude) place)
    {
        var (longitude, latitude) = place;
        if (longitude is < 72.004 or > 137.8347 || latitude is < 0.8293 or > 55.8271) return place;
        var (x, y) = (longitude - 105.0, latitude - 35.0);
        var root = Math.Sqrt(Math.Abs(x));
        var common = 20.0 * Math.Sin(6.0 * x * Math.PI) + 20.0 * Math.Sin(2.0 * x * Math.PI);
        var north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + Waves(common, y, 160.0, 320.0);
        var east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + Waves(common, x, 150.0, 300.0);
        var radians = latitude / 180.0 * Math.PI;
        var sine = Math.Sin(radians);
        var magic = 1 - Eccentricity * sine * sine;
        var scale = Math.Sqrt(magic);
        return (
            longitude + east * 180.0 / (Axis / scale * Math.Cos(radians) * Math.PI),
            latitude + north * 180.0 / (Axis * (1 - Eccentricity) / (magic * scale) * Math.PI));
    }

    private static double Waves(double common, double along, double twelfth, double thirtieth) => 2.0 / 3.0 * (
        common + 20.0 * Math.Sin(along * Math.PI) + 40.0 * Math.Sin(along / 3.0 * Math.PI)
        + twelfth * Math.Sin(along / 12.0 * Math.PI) + thirtieth * Math.Sin(along * Math.PI / 30.0));

    private static (double Longitude, double Latitude) Bd09((double Longitude, double Latitude) place)
    {
        var (x, y) = place;
        var length = Math.Sqrt(x * x + y * y) + 0.00002 * Math.Sin(y * BaiduAngle);
        var angle = Math.Atan2(y, x) + 0.000003 * Math.Cos(x * BaiduAngle);
        return (length * Math.Cos(angle) + 0.0065, length * Math.Sin(angle) + 0.006);
    }
}
