using Workflow.Engine.Reports;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Reporting;

namespace Workflow.Server.Tests.Reports;

/// <summary>What each count says, once more and from the columns alone: nothing here knows of marks.</summary>
internal static class Oracle
{
    public static bool IsCounted(TaskSummaryRow row, string count, ReportPeriod period)
    {
        bool In(DateTimeOffset? time) => time >= period.From && time < period.To;
        bool Before(DateTimeOffset? time) => time < period.To;
        var (age, isOpen) = (period.To - row.StartedAt, !Before(row.EndedAt));
        if (!Before(row.StartedAt)) return false;
        return count switch
        {
            "raised" => In(row.StartedAt),
            "dispatched" => In(row.OfferedAt),
            "accurate" => In(row.OfferedAt) && row.Declines == 0,
            "declined" => In(row.OfferedAt) && row.Declines > 0,
            "acknowledged" => In(row.OfferedAt) && row.AcknowledgedAt is not null,
            "handlingDue" => In(row.HandlingDue),
            "handled" => In(row.HandlingDue) && Before(row.HandlingEndedAt),
            "handledOnTime" => In(row.HandlingDue) && row.HandlingEndedAt <= row.HandlingDue,
            "handlingOverdue" => In(row.HandlingDue) && !Before(row.HandlingEndedAt),
            "extended" => In(row.HandlingDue) && row.Extensions > 0,
            "sentBack" => In(row.HandlingDue) && (row.SentBack > 0 || row.Returns > 0),
            "closingDue" => In(row.Due),
            "closed" => In(row.Due) && Before(row.EndedAt),
            "closedOnTime" => In(row.Due) && row.EndedAt <= row.Due,
            "reworked" => In(row.Due) && row.Rework > 0,
            "ended" => In(row.EndedAt),
            "falseAlarm" => In(row.EndedAt) && row.CloseOutReason == "false-alarm",
            "drawn" => In(row.EndedAt) && row.IsDrawn,
            "rated" => In(row.EndedAt) && row.Satisfaction is not null,
            "satisfied" => In(row.EndedAt) && row.Satisfaction is 4 or 5,
            "paused" => In(row.EndedAt) && row.PausedSeconds > 0,
            "open" => isOpen,
            "openOverdue" => isOpen && Before(row.Due),
            "openFrom0" => isOpen && age < TimeSpan.FromDays(1),
            "openFrom1" => isOpen && age >= TimeSpan.FromDays(1) && age < TimeSpan.FromDays(3),
            "openFrom3" => isOpen && age >= TimeSpan.FromDays(3) && age < TimeSpan.FromDays(7),
            "openFrom7" => isOpen && age >= TimeSpan.FromDays(7),
            "passedInitiation" => In(row.EndedAt) && row.InitiationSeconds is not null,
            "passedResponse" => In(row.EndedAt) && row.ResponseSeconds is not null,
            "passedAnalysis" => In(row.EndedAt) && row.AnalysisSeconds is not null,
            "passedHandling" => In(row.EndedAt) && row.HandlingSeconds is not null,
            "passedPostEvaluation" => In(row.EndedAt) && row.PostEvaluationSeconds is not null,
            _ => throw new ArgumentOutOfRangeException(nameof(count), count, "expected a count that the oracle knows"),
        };
    }

    public static string? KeyOf(TaskSummaryRow row, ReportBy by) => by switch
    {
        ReportBy.All => "",
        ReportBy.Jurisdiction => row.JurisdictionCode,
        ReportBy.TeamKind => row.TeamKind?.ToString(),
        ReportBy.Team => row.TeamId,
        ReportBy.Person => row.PersonId,
        ReportBy.Definition => row.DefinitionId,
        ReportBy.Category => row.Category,
        ReportBy.Priority => row.Priority.ToString(),
        _ => row.Source.ToString(),
    };

    public static long? TimeOf(TaskSummaryRow row, string duration) => duration switch
    {
        "acknowledge" => row.AcknowledgeSeconds,
        "initiation" => row.InitiationSeconds,
        "response" => row.ResponseSeconds,
        "analysis" => row.AnalysisSeconds,
        "handlingTime" => row.HandlingSeconds,
        "postEvaluation" => row.PostEvaluationSeconds,
        _ => row.TotalSeconds,
    };

    /// <summary>The smallest time that at least so many percent do not exceed, looked for one by one.</summary>
    public static DurationFigures? Ranked(List<long> times)
    {
        if (times.Count == 0) return null;
        long Rank(int percent) => times.Where(time => times.Count(other => other <= time) * 100L >= (long)percent * times.Count).Min();
        return new(times.Count, times.Sum(), Rank(50), Rank(90), Rank(95), times.Max());
    }
}
