using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Storage;

/// <summary>The rows that reports sum: a pure function of the state, as all of <see cref="Projection"/> is.</summary>
internal static class TaskSummaries
{
    /// <summary>Why a clock stands still that goes on when its stage is entered again: that is no pause.</summary>
    private const string StageLeft = "stage-left";

    public static void Map(ModelBuilder model)
    {
        model.Entity<TaskSummaryRow>(row =>
        {
            row.ToTable("task_summaries").HasKey(summary => summary.InstanceId);
            row.Property(summary => summary.Number).HasMaxLength(KeyLength.TaskNumber);
            row.Property(summary => summary.AreaPath).HasMaxLength(KeyLength.AreaPath);
            // A report is about a span of time; it sums what it finds there.
            row.HasIndex(summary => summary.StartedAt);
            row.HasIndex(summary => summary.EndedAt).HasFilter("\"EndedAt\" is not null");
        });
        model.Entity<TaskStageRow>(row => row.ToTable("task_stages").HasKey(stage => new { stage.InstanceId, stage.Number }));
    }

    public static IEnumerable<IInstancePart> Rows(WorkflowInstance instance, TaskState task, string definitionName)
    {
        yield return Summary(instance, task, definitionName);
        foreach (var visits in task.Visits.GroupBy(visit => visit.Stage))
        {
            var clocks = ClocksOf(instance, visits.Key);
            yield return new TaskStageRow
            {
                InstanceId = instance.Id,
                Number = (int)visits.Key + 1,
                Stage = visits.Key,
                Rounds = visits.Count(),
                EnteredAt = visits.First().EnteredAt,
                EndedAt = visits.Last().EndedAt,
                Seconds = visits.Sum(visit => visit.EndedAt is { } end ? Seconds(end - visit.EnteredAt) : 0),
                Due = clocks.LastOrDefault()?.Due,
                Clock = clocks.LastOrDefault()?.State,
                BreachedAt = clocks.Min(clock => clock.BreachedAt),
                PausedSeconds = clocks.Sum(Paused),
            };
        }
    }

    private static TaskSummaryRow Summary(WorkflowInstance instance, TaskState task, string definitionName)
    {
        var handling = task.Visits.Where(visit => visit.Stage == StageName.Handling).ToList();
        var (handlingClocks, own) = (ClocksOf(instance, StageName.Handling), instance.Clocks.LastOrDefault(clock => clock.Scope == ClockScope.Task));
        return new()
        {
            InstanceId = instance.Id,
            Number = task.Number,
            DefinitionId = instance.Definition.DefinitionId,
            DefinitionVersion = instance.Definition.Version,
            DefinitionName = definitionName,
            Priority = task.Priority,
            Source = task.Alarms is not null ? TaskSource.Alarm : task.RaisedBy is not null ? TaskSource.Person : TaskSource.System,
            Subject = task.Subject,
            SubjectKey = task.SubjectKey,
            Alarms = task.Alarms?.Count ?? 0,
            AreaPath = task.Place.AreaPath,
            JurisdictionCode = AreaLevels.Jurisdiction(task.Place.AreaPath),
            StreetCode = AreaLevels.Street(task.Place.AreaPath),
            StartedById = task.RaisedBy?.UserId,
            StartedByName = task.RaisedBy?.Name,
            StartedAt = instance.StartedAt,
            EndedAt = instance.EndedAt,
            Status = instance.Status,
            Outcome = instance.WorkItems.Where(item => item.Stage == StageName.PostEvaluation).Select(item => item.State).OfType<WorkItemState.Done>().MaxBy(done => done.At)?.Outcome,
            CloseOutReason = task.Visits.LastOrDefault(visit => visit.Stage != StageName.PostEvaluation) is { Outcome: StageOutcome.CloseOut } left ? left.Reason : null,
            AcknowledgedAt = instance.WorkItems.Min(item => item.FirstClaimedAt),
            DeliveredAt = instance.WorkItems.Min(item => item.FirstDeliveredAt),
            OfferedAt = instance.WorkItems.IsEmpty ? null : instance.WorkItems.Min(item => item.OfferedAt),
            HandlingEnteredAt = handling.FirstOrDefault()?.EnteredAt,
            HandlingEndedAt = handling.LastOrDefault()?.EndedAt,
            HandlingDue = handlingClocks.LastOrDefault()?.Due,
            HandlingBreachedAt = handlingClocks.Min(clock => clock.BreachedAt),
            Due = own?.Due,
            Clock = own?.State,
            BreachedAt = own?.BreachedAt,
            PausedSeconds = instance.Clocks.Where(clock => clock.Scope == ClockScope.Stage).Sum(Paused),
            WorkItems = instance.WorkItems.Length,
            Returns = task.Visits.Count(visit => visit.Outcome == StageOutcome.Return),
            SentBack = instance.WorkItems.Count(item => item.Status == WorkItemStatus.Returned),
            Rework = Math.Max(0, handling.Count - 1),
            Declines = instance.WorkItems.Sum(item => item.History?.Declines.Length ?? 0),
            Transfers = instance.WorkItems.Sum(item => item.History?.Transfers ?? 0),
            Extensions = instance.WorkItems.Sum(item => item.History?.Extensions.Count(extension => extension.Decision is { IsApproved: true }) ?? 0),
            Urgings = instance.WorkItems.Sum(item => item.History?.Urgings.Length ?? 0),
        };
    }

    private static List<SlaClock> ClocksOf(WorkflowInstance instance, StageName stage)
    {
        var name = stage.ToString();
        return [.. instance.Clocks.Where(clock => clock.Scope == ClockScope.Stage && clock.Stage == name)];
    }

    /// <summary>Between its spans, where it stopped for a reason; a pause that lasts is counted when it ends.</summary>
    private static long Paused(SlaClock clock)
    {
        var paused = 0L;
        for (var next = 1; next < clock.Spans.Length; next++)
            if (clock.Spans[next - 1] is { StopReason: not (null or StageLeft), To: { } from }) paused += Seconds(clock.Spans[next].From - from);
        return paused;
    }

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;
}
