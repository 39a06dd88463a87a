namespace Workflow.Server.EvidenceFiles;

/// <summary>What evidence may be, and how long files are kept that nobody refers to (configuration section <c>Evidence</c>).</summary>
internal sealed class EvidenceOptions
{
    /// <summary>The content types that are taken, comma separated; the type is told by the bytes, see <see cref="FileType"/>.</summary>
    public string Types { get; set; } = string.Join(", ", FileType.Known);

    /// <summary>Minutes by which the clock of a camera or a browser may be ahead of the server's.</summary>
    public int AheadMinutes { get; set; } = 10;

    /// <summary>Hours until a file goes that nobody refers to. Longer than any backup takes.</summary>
    public int OrphanHours { get; set; } = 24;

    /// <summary>Minutes between two looks for such files.</summary>
    public int SweepMinutes { get; set; } = 60;

    public IReadOnlyList<string> Accepted => Types.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
