using Workflow.Engine.Instances;

namespace Workflow.Server.Replays;

/// <summary>A row of an event log: somebody has done an activity of a case.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Resource">Who did it; null where the log does not say.</param>
/// <param name="Group">The group that they did it for; null where the log does not say.</param>
internal sealed record LogEvent(int Line, string Activity, StageName Stage, DateTimeOffset At, string? Resource, string? Group);

/// <summary>A case, with its events in the order of time; those of one instant as the file has them.</summary>
internal sealed record LogCase(string Id, IReadOnlyList<LogEvent> Events)
{
    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Null: the case is open.</summary>
    public DateTimeOffset? End { get; init; }

    public bool IsUrgent { get; init; }

    /// <summary>What the log says of the case, by the names of the definition's inputs.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>When it comes in: at its start, or at what the log has before that.</summary>
    public DateTimeOffset RaisedAt => new[] { Start ?? Events[0].At, Events[0].At, End ?? Events[0].At }.Min();

    /// <summary>The events of its life. One at the very end belongs to it.</summary>
    public IEnumerable<LogEvent> During => Events.Where(done => End is not { } end || done.At <= end);

    /// <summary>What was done after the case had ended.</summary>
    public IEnumerable<LogEvent> Afterwards => Events.Where(done => done.At > End);
}

/// <param name="Cases">In the order in which the file has them first.</param>
/// <param name="Unreadable">Rows that could not be read.</param>
internal sealed record EventLog(IReadOnlyList<LogCase> Cases, int Unreadable);

/// <summary>What is wrong with a line of a log.</summary>
internal sealed record LineProblem(int Line, string Expected, string Found)
{
    public override string ToString() => $"line {Line}: expected {Expected}, found {Found}";
}
