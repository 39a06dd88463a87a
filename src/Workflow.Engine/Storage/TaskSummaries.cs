using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.Reports;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Storage;

/// <summary>The rows that reports sum: a pure function of the state, as all of <see cref="Projection"/> is.</summary>
internal static class TaskSummaries
{
    /// <summary>The reason by which definitions close a task out that was about nothing.</summary>
    private const string FalseAlarm = "false-alarm";

    /// <summary>Of 1 to 5.</summary>
    private const int LeastSatisfied = 4;

    public static void Map(ModelBuilder model)
    {
        model.Entity<TaskSummaryRow>(row =>
        {
            row.ToTable("task_summaries").HasKey(summary => summary.InstanceId);
            row.Property(summary => summary.Number).HasMaxLength(KeyLength.TaskNumber);
            row.Property(summary => summary.AreaPath).HasMaxLength(KeyLength.AreaPath);
            // A report is about a span of time; it sums what lasted into it, of what had started before its end.
            row.HasIndex(summary => new { summary.ReachesTo, summary.StartedAt });
        });
        model.Entity<TaskWorkRow>(row => row.ToTable("task_work").HasKey(work => new { work.InstanceId, work.Number }));
        model.Entity<TaskPauseRow>(row => row.ToTable("task_pauses").HasKey(pause => new { pause.InstanceId, pause.Number }));
        model.Entity<TaskStageRow>(row => row.ToTable("task_stages").HasKey(stage => new { stage.InstanceId, stage.Number }));
    }

    public static IEnumerable<IInstancePart> Rows(WorkflowInstance instance, TaskState task, string definitionName)
    {
        var stages = Stages(instance, task).ToList();
        yield return Marked(Summary(instance, task, definitionName, stages));
        foreach (var stage in stages) yield return stage;
        foreach (var work in Work(instance)) yield return work;
        foreach (var pause in Pauses(instance)) yield return pause;
    }

    private static IEnumerable<TaskStageRow> Stages(WorkflowInstance instance, TaskState task)
    {
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

    private static TaskSummaryRow Summary(WorkflowInstance instance, TaskState task, string definitionName, List<TaskStageRow> stages)
    {
        var answering = Answering(instance);
        var (acknowledgedAt, offeredAt) = (instance.WorkItems.Min(item => item.FirstClaimedAt), instance.WorkItems.Min(item => (DateTimeOffset?)item.OfferedAt));
        long? Stay(StageName stage) => stages.Find(row => row.Stage == stage && row.EndedAt is not null)?.Seconds;
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
            AcknowledgedAt = acknowledgedAt,
            DeliveredAt = instance.WorkItems.Min(item => item.FirstDeliveredAt),
            OfferedAt = offeredAt,
            HandlingEnteredAt = handling.FirstOrDefault()?.EnteredAt,
            HandlingEndedAt = handling.LastOrDefault()?.EndedAt,
            HandlingDue = handling.Count == 0 ? null : handlingClocks.LastOrDefault()?.Due ?? own?.Due,
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
            TeamId = answering?.Team.Id,
            TeamName = answering?.Team.Name,
            TeamKind = answering?.Team.Kind,
            PersonId = answering is null ? null : PersonOf(answering)?.UserId,
            PersonName = answering is null ? null : PersonOf(answering)?.Name,
            Category = task.Evaluation?.Figures.SourceCategory,
            Satisfaction = task.Evaluation?.Figures.Satisfaction,
            IsDrawn = task.Evaluation?.Draw is { IsDrawn: true },
            AcknowledgeSeconds = acknowledgedAt - offeredAt is { } acknowledged ? Seconds(acknowledged) : null,
            InitiationSeconds = Stay(StageName.Initiation),
            ResponseSeconds = Stay(StageName.Response),
            AnalysisSeconds = Stay(StageName.Analysis),
            HandlingSeconds = Stay(StageName.Handling),
            PostEvaluationSeconds = Stay(StageName.PostEvaluation),
            TotalSeconds = instance.EndedAt is { } ended ? Seconds(ended - instance.StartedAt) : null,
            Marks = 0,
            ReachesTo = default,
        };
    }

    /// <summary>A row with what follows from its other columns.</summary>
    internal static TaskSummaryRow Marked(TaskSummaryRow row) => row with
    {
        Marks = (long)MarksOf(row),
        ReachesTo = row.EndedAt is null ? DateTimeOffset.MaxValue : new[] { row.StartedAt, row.OfferedAt, row.HandlingDue, row.Due, row.EndedAt }.Max()!.Value,
    };

    private static TaskMarks MarksOf(TaskSummaryRow row)
    {
        (bool Has, TaskMarks Mark)[] all =
        [
            (row.AcknowledgedAt is not null, TaskMarks.Acknowledged), (row.HandlingEndedAt <= row.HandlingDue, TaskMarks.HandledOnTime), (row.EndedAt <= row.Due, TaskMarks.ClosedOnTime),
            (row.Declines > 0, TaskMarks.Declined), (row.Rework > 0, TaskMarks.Reworked), (row.SentBack > 0 || row.Returns > 0, TaskMarks.SentBack), (row.Extensions > 0, TaskMarks.Extended),
            (row.CloseOutReason == FalseAlarm, TaskMarks.FalseAlarm), (row.Satisfaction is not null, TaskMarks.Rated),
            (row.Satisfaction >= LeastSatisfied, TaskMarks.Satisfied), (row.IsDrawn, TaskMarks.Drawn), (row.PausedSeconds > 0, TaskMarks.Paused),
            (row.InitiationSeconds is not null, TaskMarks.PassedInitiation), (row.ResponseSeconds is not null, TaskMarks.PassedResponse), (row.AnalysisSeconds is not null, TaskMarks.PassedAnalysis),
            (row.HandlingSeconds is not null, TaskMarks.PassedHandling), (row.PostEvaluationSeconds is not null, TaskMarks.PassedPostEvaluation),
        ];
        return all.Where(one => one.Has).Aggregate(TaskMarks.None, (marks, one) => marks | one.Mark);
    }

    private static WorkItem? Answering(WorkflowInstance instance) =>
        instance.WorkItems.LastOrDefault(item => item.Stage == StageName.Handling) ?? instance.WorkItems.LastOrDefault();

    private static Person? PersonOf(WorkItem item) => item.Holder ?? item.State switch
    {
        WorkItemState.Done done => done.By,
        WorkItemState.Returned returned => returned.By,
        WorkItemState.TakenBack taken => taken.By,
        _ => null,
    };

    private static IEnumerable<TaskWorkRow> Work(WorkflowInstance instance) => instance.WorkItems
        .GroupBy(item => (item.Team.Id, PersonOf(item)?.UserId)).Select((items, index) => new TaskWorkRow
        {
            InstanceId = instance.Id,
            Number = index + 1,
            TeamId = items.Key.Id,
            TeamName = items.Last().Team.Name,
            TeamKind = items.Last().Team.Kind,
            PersonId = items.Key.UserId,
            PersonName = PersonOf(items.Last())?.Name,
            Items = items.Count(),
            WaitSeconds = items.Sum(item => (item.FirstClaimedAt ?? EndOf(item)) - item.OfferedAt is { } waited ? Seconds(waited) : 0),
            WorkSeconds = items.Sum(item => EndOf(item) - item.FirstClaimedAt is { } worked ? Seconds(worked) : 0),
        });

    /// <summary>Null while it is open, and for a signer who was removed.</summary>
    private static DateTimeOffset? EndOf(WorkItem item) => item.State switch
    {
        WorkItemState.Done done => done.At,
        WorkItemState.Returned returned => returned.At,
        WorkItemState.TakenBack taken => taken.At,
        WorkItemState.Withdrawn withdrawn => withdrawn.At,
        WorkItemState.NotNeeded notNeeded => notNeeded.At,
        _ => null,
    };

    private static IEnumerable<TaskPauseRow> Pauses(WorkflowInstance instance) => instance.Clocks.Where(clock => clock.Scope == ClockScope.Stage).SelectMany(Gaps).Where(gap => gap.Seconds > 0)
        .GroupBy(gap => gap.Reason, StringComparer.Ordinal).Select((gaps, index) => new TaskPauseRow
        {
            InstanceId = instance.Id,
            Number = index + 1,
            Reason = gaps.Key,
            Times = gaps.Count(),
            Seconds = gaps.Sum(gap => gap.Seconds),
        });

    private static List<SlaClock> ClocksOf(WorkflowInstance instance, StageName stage)
    {
        var name = stage.ToString();
        return [.. instance.Clocks.Where(clock => clock.Scope == ClockScope.Stage && clock.Stage == name)];
    }

    private static long Paused(SlaClock clock) => Gaps(clock).Sum(gap => gap.Seconds);

    /// <summary>Between its spans, where it stopped for a reason; a pause that lasts is counted when it ends.</summary>
    private static IEnumerable<(string Reason, long Seconds)> Gaps(SlaClock clock)
    {
        for (var next = 1; next < clock.Spans.Length; next++)
            if (clock.Spans[next - 1] is { StopReason: { } reason and not SlaClock.StageLeft, To: { } from }) yield return (reason, Seconds(clock.Spans[next].From - from));
    }

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;
}
