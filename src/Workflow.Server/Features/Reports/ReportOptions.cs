namespace Workflow.Server.Features.Reports;

/// <summary>Limits of reports (configuration section <c>Reports</c>).</summary>
internal sealed class ReportOptions
{
    /// <summary>The longest period.</summary>
    public int PeriodDays { get; set; } = 366;

    /// <summary>Groups of one report.</summary>
    public int Groups { get; set; } = 2000;

    /// <summary>Ages in days that the report on open tasks tells apart; rising.</summary>
    public int[] AgeDays { get; set; } = [];

    /// <summary>Where none are configured: arrays of the configuration are added to, not put in place of what is there.</summary>
    public IReadOnlyList<int> Ages => AgeDays.Length > 0 ? AgeDays : [1, 3, 7, 15, 30];
}
