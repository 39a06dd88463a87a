namespace Workflow.Server.Replays;

/// <summary>Limits of <c>workflow replay</c> (configuration section <c>Replay</c>).</summary>
internal sealed class ReplayOptions
{
    /// <summary>Steps of all cases, in the order of their time, that are under way at once. Within a case one follows the other.</summary>
    public int Window { get; set; } = 1000;

    /// <summary>Lines of the log that one row may take; a quote that stays open longer is a mistake in its first line.</summary>
    public int RowLines { get; set; } = 20;

    /// <summary>Characters of one field.</summary>
    public int FieldLength { get; set; } = 10_000;

    /// <summary>Rows that cannot be read and are named; the rest is counted.</summary>
    public int NamedRows { get; set; } = 1000;
}
