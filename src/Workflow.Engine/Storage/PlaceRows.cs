using Workflow.Engine.Places;

namespace Workflow.Engine.Storage;

/// <summary>What an area covers on the ground.</summary>
public sealed record OutlineRow
{
    public required string AreaCode { get; init; }

    /// <summary>Valid polygons in WGS-84, as well-known binary.</summary>
    public required byte[] Shape { get; init; }

    /// <summary>See <see cref="Outline.Change"/>.</summary>
    public required double? Change { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }
}

/// <summary>What tasks are about: a station, a site, an enterprise, a machine.</summary>
public sealed record SubjectRow
{
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string Category { get; init; }

    /// <summary>As it came in, in degrees of <see cref="Datum"/>; null when its position is not known.</summary>
    public required double? Longitude { get; init; }

    public required double? Latitude { get; init; }

    public required Datum? Datum { get; init; }

    /// <summary>As it came in, or found by the position when it came in.</summary>
    public required string AreaCode { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }

    public Position? Position() => (Longitude, Latitude, Datum) is ({ } longitude, { } latitude, { } datum) ? new(longitude, latitude, datum) : null;
}
