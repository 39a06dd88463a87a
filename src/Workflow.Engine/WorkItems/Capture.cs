namespace Workflow.Engine.WorkItems;

/// <summary>What a piece of evidence was taken with, as whoever attaches it says.</summary>
public enum EvidenceSource
{
    Satellite,
    Drone,

    /// <summary>A fixed camera or instrument on the ground.</summary>
    Ground,

    /// <summary>A camera in somebody's hand.</summary>
    Photo,
}

/// <summary>What a camera has written into its file (EXIF). Shown beside what people say; whoever wants can write anything into a file.</summary>
/// <param name="Longitude">Degrees, WGS-84.</param>
/// <param name="Latitude">Degrees, WGS-84.</param>
public sealed record Capture(DateTimeOffset? TakenAt, double? Longitude, double? Latitude, string? Device);
