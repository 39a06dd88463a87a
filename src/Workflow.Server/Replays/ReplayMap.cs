using System.Collections.Frozen;
using Workflow.Engine.Instances;

namespace Workflow.Server.Replays;

/// <summary>The columns of a log that mean something; those that are null are not there.</summary>
internal sealed record LogColumns(string Case, string Activity, string Time)
{
    public string? Resource { get; init; }

    public string? Group { get; init; }

    public string? Start { get; init; }

    public string? Deadline { get; init; }

    public string? End { get; init; }
}

/// <summary>Where the cases of a log come from: an area of its own, in a city of its own.</summary>
internal sealed record ReplayPlace(string Code, string City, string Name);

/// <summary>Which values of a column make a case urgent.</summary>
internal sealed record UrgentCases(string Column, IReadOnlySet<string> Values);

/// <summary>How to read an event log, and what to run its cases through. See <see cref="ReplayMapReader"/> for how it is written.</summary>
/// <param name="Definition">The file of the definition.</param>
/// <param name="Stages">The stage of each activity.</param>
internal sealed record ReplayMap(string Definition, LogColumns Columns, FrozenDictionary<string, StageName> Stages, ReplayPlace Place)
{
    /// <summary>Stands before the case's id in the subject of its task; null for nothing.</summary>
    public string? Subject { get; init; }

    /// <summary>Stands before the year in the number of its task; null for the configured one.</summary>
    public string? NumberPrefix { get; init; }

    public char Separator { get; init; } = ',';

    /// <summary>Values that mean that there is none.</summary>
    public IReadOnlySet<string> Missing { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Of times without an offset.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Columns by the names of the definition's inputs that take them.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = FrozenDictionary<string, string>.Empty;

    public UrgentCases? Urgent { get; init; }

    /// <summary>Every column that has to be there.</summary>
    public IReadOnlyList<string> ColumnNames =>
    [
        .. new[] { Columns.Case, Columns.Activity, Columns.Time, Columns.Resource, Columns.Group, Columns.Start, Columns.Deadline, Columns.End, Urgent?.Column }
            .Concat(Inputs.Values).OfType<string>().Distinct(StringComparer.Ordinal),
    ];
}
