using Workflow.Engine.Reports;

namespace Workflow.Server.Features.Reports;

internal enum FigureUnit
{
    /// <summary>Tasks, counted.</summary>
    Tasks,

    /// <summary>A share of 1.</summary>
    Share,

    Seconds,

    /// <summary>Work items, or pauses.</summary>
    Times,

    /// <summary>Of a scorecard.</summary>
    Points,
}

/// <param name="Count">The count behind the figure: what to ask <c>reports/tasks</c> for; null where the group alone says it.</param>
/// <param name="Of">Of a share: the count that it is a share of.</param>
internal sealed record ReportColumn(string Name, Words Title, Words Meaning, FigureUnit Unit, string? Count, string? Of = null);

/// <param name="Key">Null: tasks without one.</param>
/// <param name="Label">A name that is the same in every language.</param>
/// <param name="Values">One for each column; null where there is nothing to say.</param>
/// <param name="Title">A name that the system has in both languages; null where it has none.</param>
internal sealed record ReportRow(string? Key, string? Label, IReadOnlyList<double?> Values, Words? Title = null);

/// <summary>A report, as it is shown, written as CSV and as XLSX.</summary>
/// <param name="From">Half-open: the period's first moment.</param>
/// <param name="To">The first moment after it.</param>
/// <param name="Total">All groups together; null where tasks may be in several of them.</param>
/// <param name="Tasks">The address of the tasks behind a figure, with <c>{count}</c> for the column's and <c>{key}</c> for the row's (nothing for null; without it those of the total).</param>
internal sealed record ReportTable(
    string Report, DateTimeOffset From, DateTimeOffset To, string TimeZone, string By, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows, ReportRow? Total, string Tasks);
