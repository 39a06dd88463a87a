using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage.Reporting;

/// <summary>By what tasks are put into groups.</summary>
public enum ReportBy
{
    /// <summary>All of them together.</summary>
    All,

    Jurisdiction,
    TeamKind,
    Team,
    Person,
    Definition,
    Category,
    Priority,
    Source,
}

/// <summary>Half-open: <paramref name="From"/> belongs to it, <paramref name="To"/> does not.</summary>
public sealed record ReportPeriod(DateTimeOffset From, DateTimeOffset To);

/// <summary>Whose tasks are counted: null where it does not matter.</summary>
public sealed record ReportFilter
{
    public string? AreaPath { get; init; }

    public TeamKind? TeamKind { get; init; }

    public string? TeamId { get; init; }

    public string? PersonId { get; init; }

    public string? DefinitionId { get; init; }

    public string? Category { get; init; }

    public Priority? Priority { get; init; }

    public TaskSource? Source { get; init; }

    /// <summary>Had a work item of it, whoever answers for it.</summary>
    public string? WorkTeamId { get; init; }

    /// <summary>Had a work item of it; empty: nobody had one of its items.</summary>
    public string? WorkPersonId { get; init; }

    /// <inheritdoc cref="WorkTeamId"/>
    public TeamKind? WorkTeamKind { get; init; }

    /// <summary>A clock of one of its stages stood still for it.</summary>
    public string? PauseReason { get; init; }
}

/// <summary>What somebody may see: tasks of areas, of teams, and those that they raised.</summary>
/// <param name="AreaPaths">Null: all of them.</param>
public sealed record ReportScope(IReadOnlyList<string>? AreaPaths, IReadOnlyList<string> TeamIds, string UserId)
{
    public static readonly ReportScope Everything = new(null, [], "");
}

/// <summary>Everything that decides which tasks a report is about.</summary>
/// <param name="AgeDays">Ages of open tasks that are told apart.</param>
public sealed record ReportAsked(ReportPeriod Period, ReportFilter Filter, ReportScope Scope, ReportBy By, IReadOnlyList<int> AgeDays);
