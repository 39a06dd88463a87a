using System.Text.Json.Serialization;

namespace Workflow.Engine.Places;

/// <summary>What degrees refer to. Chinese maps and devices use four; the same place has other degrees in each.</summary>
public enum Datum
{
    [JsonStringEnumMemberName("WGS-84")]
    Wgs84,

    /// <summary>China's geodetic system of 2000. Within centimetres of WGS-84, and taken as the same here.</summary>
    [JsonStringEnumMemberName("CGCS2000")]
    Cgcs2000,

    /// <summary>WGS-84 shifted by some hundred metres, as Chinese maps have to publish it.</summary>
    [JsonStringEnumMemberName("GCJ-02")]
    Gcj02,

    /// <summary>GCJ-02 shifted once more, by Baidu.</summary>
    [JsonStringEnumMemberName("BD-09")]
    Bd09,
}

/// <summary>A point on the ground, in degrees.</summary>
public sealed record Position(double Longitude, double Latitude, Datum Datum = Datum.Wgs84)
{
    public const string LongitudeRange = "-180 to 180 degrees";

    public const string LatitudeRange = "-90 to 90 degrees";

    public static bool IsLongitude(double degrees) => degrees is >= -180 and <= 180;

    public static bool IsLatitude(double degrees) => degrees is >= -90 and <= 90;
}

/// <summary>By what a place was found.</summary>
public enum PlaceBasis
{
    /// <summary>Somebody named the area.</summary>
    AreaCode,

    /// <summary>The area of the subject.</summary>
    Subject,

    /// <summary>The position lies inside the outline of the area.</summary>
    Outline,

    /// <summary>The position lies in no outline, but this one is very near: outlines are drawn to some metres only, and leave slivers between them.</summary>
    NearOutline,
}
