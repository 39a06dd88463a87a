using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Reports;
using Workflow.Engine.Running;
using Workflow.Engine.Storage.Reporting;

namespace Workflow.Server.Features.Reports;

internal enum ReportName
{
    /// <summary>Counts and rates.</summary>
    Indicators,

    /// <summary>How long tasks took to be acknowledged, in each stage, and in all.</summary>
    Durations,

    /// <summary>What each team had to do with what ended, and how long it took.</summary>
    Work,

    /// <summary>How long clocks stood still, by reason.</summary>
    Pauses,

    /// <summary>Points by a formula.</summary>
    Scorecard,

    /// <summary>Open tasks by age.</summary>
    Ageing,
}

/// <summary>Has the database sum, and puts the sums into a table.</summary>
internal sealed class ReportBuilder(ReportQueries queries, PauseCatalog reasons, IOptions<ReportOptions> options, IOptions<CommitQueueOptions> queue)
{
    private static readonly TaskCount[] Counts =
    [
        TaskCounts.Raised, TaskCounts.Dispatched, TaskCounts.Declined, TaskCounts.HandlingDue, TaskCounts.Handled, TaskCounts.HandledOnTime, TaskCounts.HandlingOverdue, TaskCounts.Extended, TaskCounts.SentBack,
        TaskCounts.ClosingDue, TaskCounts.Closed, TaskCounts.ClosedOnTime, TaskCounts.Reworked, TaskCounts.Ended, TaskCounts.FalseAlarm, TaskCounts.Drawn, TaskCounts.Rated,
    ];

    private static readonly Words Wait = new("派出到签收（未签收的到其结束），自然时间", "From the offer until somebody claimed it, or until it was over, by the wall clock");
    private static readonly Words Worked = new("签收到其结束，自然时间", "From the claim until it was over, by the wall clock");

    /// <param name="scorecard">For a report of points.</param>
    /// <returns>Null when there are too many groups.</returns>
    public async Task<ReportTable?> BuildAsync(ReportName report, ReportAsked asked, Scorecard? scorecard, CancellationToken cancel)
    {
        var most = options.Value.Groups;
        return report switch
        {
            ReportName.Indicators => await queries.CountAsync(asked, most, cancel) is { } groups ? Table(report, asked, [.. Counts.Select(Column), .. Figures.Rates.Select(Column)], groups, Indicators) : null,
            ReportName.Ageing => await queries.CountAsync(asked, most, cancel) is { } groups ? Ageing(asked, groups) : null,
            ReportName.Scorecard => await queries.CountAsync(asked, most, cancel) is { } groups ? Scores(asked, groups, scorecard!) : null,
            ReportName.Durations => await queries.TimeAsync(asked, most, cancel) is { } groups ? Durations(asked, groups) : null,
            ReportName.Work => await queries.WorkAsync(asked, WorkBy(asked.By), most, cancel) is { } groups ? Work(asked, groups) : null,
            _ => Pauses(asked, await queries.PausesAsync(asked, cancel)),
        };
    }

    /// <summary>Work is shared out by who did it; any other group of a report's tasks says nothing of that.</summary>
    public static ReportBy WorkBy(ReportBy by) => by is ReportBy.TeamKind or ReportBy.Person ? by : ReportBy.Team;

    private static double?[] Indicators(TaskGroup group) => [.. Counts.Select(count => (double?)group.Count(count)), .. Figures.Rates.Select(rate => rate.Of(group.Count))];

    private ReportTable Ageing(ReportAsked asked, IReadOnlyList<TaskGroup> groups)
    {
        TaskCount[] counts = [TaskCounts.Open, TaskCounts.OpenOverdue, .. TaskCounts.Ages(asked.AgeDays)];
        // Groups that have ended tasks alone are left out.
        return Table(ReportName.Ageing, asked, [.. counts.Select(Column)], [.. groups.Where(group => group.Count(TaskCounts.Open) > 0)], group => [.. counts.Select(count => (double?)group.Count(count))]);
    }

    private ReportTable Scores(ReportAsked asked, IReadOnlyList<TaskGroup> groups, Scorecard card) => Table(
        ReportName.Scorecard, asked,
        [
            .. card.Parts.Select(part => new ReportColumn(
                part.Rate.Name, part.Title, new($"{part.Formula.Zh}；{part.Rate.Title.Zh} = {part.Rate.Meaning.Zh}", $"{part.Formula.En}; {part.Rate.Title.En} = {part.Rate.Meaning.En}"),
                FigureUnit.Points, part.Rate.Numerator.Name, part.Rate.Denominator.Name)),
            new("score", card.Title, card.Formula, FigureUnit.Points, null),
        ],
        groups, group => [.. card.Parts.Select(part => part.Points(group.Count)), card.Score(group.Count)]);

    private ReportTable Durations(ReportAsked asked, IReadOnlyList<TimedGroup> groups)
    {
        var columns = Figures.Durations.SelectMany(duration => new ReportColumn[]
        {
            new($"{duration.Name}.count", duration.Over.Title, duration.Over.Meaning, FigureUnit.Tasks, duration.Over.Name),
            Time(duration, "mean", new("平均", "mean"), new("算术平均", "arithmetic mean")),
            Time(duration, "p50", new("P50", "p50"), Rank(50)),
            Time(duration, "p90", new("P90", "p90"), Rank(90)),
            Time(duration, "p95", new("P95", "p95"), Rank(95)),
            Time(duration, "max", new("最长", "longest"), new("最长的一个", "the longest of them")),
        }).ToList();
        ReportRow Row(TimedGroup group) => new(
            ReportRequestReader.KeyOf(asked.By, group.Key), group.Label,
            [.. group.Times.SelectMany(time => time is null ? [0, null, null, null, null, null] : (double?[])[time.Count, time.Mean, time.P50, time.P90, time.P95, time.Most])]);
        return Empty(ReportName.Durations, asked) with { Columns = columns, Rows = asked.By == ReportBy.All ? [] : [.. groups.Where(group => !group.IsTotal).Select(Row)], Total = groups.Where(group => group.IsTotal).Select(Row).SingleOrDefault() };
    }

    private ReportTable Work(ReportAsked asked, IReadOnlyList<WorkedGroup> groups)
    {
        var by = WorkBy(asked.By);
        return Empty(ReportName.Work, asked) with
        {
            By = Name(by),
            Columns =
            [
                new("tasks", new("任务", "Tasks"), new("统计期内办结、其有工作项的任务", "Tasks that ended in the period and of which they had a work item"), FigureUnit.Tasks, TaskCounts.Ended.Name),
                new("items", new("工作项", "Work items"), new("这些任务中属于其的工作项", "Their work items of these tasks"), FigureUnit.Times, null),
                new("wait", new("待签收总时长", "Waiting for a claim, together"), Wait, FigureUnit.Seconds, null), new("work", new("办理总时长", "Worked on, together"), Worked, FigureUnit.Seconds, null),
                new("wait.mean", new("平均待签收", "Mean wait of an item"), new($"每个工作项平均：{Wait.Zh}", $"Mean of the work items: {Wait.En}"), FigureUnit.Seconds, null),
                new("work.mean", new("平均办理", "Mean work on an item"), new($"每个工作项平均：{Worked.Zh}", $"Mean of the work items: {Worked.En}"), FigureUnit.Seconds, null),
            ],
            Rows = [.. groups.Select(group => new ReportRow(
                ReportRequestReader.KeyOf(by, group.Key), group.Label,
                [group.Tasks, group.Items, group.WaitSeconds, group.WorkSeconds, group.WaitSeconds / (double)group.Items, group.WorkSeconds / (double)group.Items]))],
        };
    }

    private ReportTable Pauses(ReportAsked asked, IReadOnlyList<PausedGroup> groups) => Empty(ReportName.Pauses, asked) with
    {
        By = "pauseReason",
        Columns =
        [
            new("tasks", new("任务", "Tasks"), new("统计期内办结、有环节计时因此暂停过的任务", "Tasks that ended in the period and in which a clock of a stage stood still for this reason"), FigureUnit.Tasks, TaskCounts.Paused.Name),
            new("times", new("次数", "Times"), new("这些任务中因此暂停的次数", "How often clocks of these tasks stood still for it"), FigureUnit.Times, null),
            new("paused", new("暂停总时长", "Paused, together"), new("这些暂停从开始到结束，自然时间", "From the beginning of these pauses to their end, by the wall clock"), FigureUnit.Seconds, null),
        ],
        Rows = [.. groups.Select(group => new ReportRow(group.Reason, null, [group.Tasks, group.Times, group.Seconds], reasons.Find(group.Reason) is var reason ? new(reason.NameZh, reason.NameEn) : null))],
    };

    private ReportTable Table(ReportName report, ReportAsked asked, IReadOnlyList<ReportColumn> columns, IReadOnlyList<TaskGroup> groups, Func<TaskGroup, double?[]> values)
    {
        ReportRow Row(TaskGroup group) => new(ReportRequestReader.KeyOf(asked.By, group.Key), group.Label, values(group));
        return Empty(report, asked) with { Columns = columns, Rows = asked.By == ReportBy.All ? [] : [.. groups.Select(Row)], Total = Row(TaskGroup.Total(groups)) };
    }

    private ReportTable Empty(ReportName report, ReportAsked asked) =>
        new(Name(report), asked.Period.From, asked.Period.To, queue.Value.TimeZone, Name(asked.By), [], [], null, "");

    private static ReportColumn Column(TaskCount count) => new(count.Name, count.Title, count.Meaning, FigureUnit.Tasks, count.Name);

    private static ReportColumn Column(Rate rate) => new(rate.Name, rate.Title, rate.Meaning, FigureUnit.Share, rate.Numerator.Name, rate.Denominator.Name);

    private static ReportColumn Time(Duration duration, string name, Words kind, Words how) => new(
        $"{duration.Name}.{name}", new($"{duration.Title.Zh}·{kind.Zh}", $"{duration.Title.En}, {kind.En}"),
        new($"{duration.Meaning.Zh}；{how.Zh}；{duration.Over.Title.Zh}：{duration.Over.Meaning.Zh}", $"{duration.Meaning.En}; {how.En}; {duration.Over.Title.En}: {duration.Over.Meaning.En}"),
        FigureUnit.Seconds, duration.Over.Name);

    private static Words Rank(int percent) => new($"{percent}% 的任务不超过的最短用时（最近秩）", $"the shortest time that {percent}% of the tasks do not exceed (nearest rank)");

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
