namespace Workflow.Engine.Reports;

/// <summary>A share of tasks: how many of some are others. Null where there is none of which to take a share.</summary>
/// <param name="Source">Where the figure comes from.</param>
public sealed record Rate(string Name, Words Title, TaskCount Numerator, TaskCount Denominator, Words Source)
{
    public Words Formula => new($"{Numerator.Title.Zh} ÷ {Denominator.Title.Zh}", $"{Numerator.Title.En} ÷ {Denominator.Title.En}");

    /// <summary>The formula with what both counts of it mean.</summary>
    public Words Meaning => new(
        $"{Formula.Zh}；{Numerator.Title.Zh}：{Numerator.Meaning.Zh}；{Denominator.Title.Zh}：{Denominator.Meaning.Zh}",
        $"{Formula.En}; {Numerator.Title.En}: {Numerator.Meaning.En}; {Denominator.Title.En}: {Denominator.Meaning.En}");

    public double? Of(Func<TaskCount, long> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return count(Denominator) is var all and > 0 ? count(Numerator) / (double)all : null;
    }
}

/// <summary>A time that tasks took, in seconds: mean and percentiles (nearest rank) over those that have one.</summary>
/// <param name="Over">The tasks that have one.</param>
public sealed record Duration(string Name, Words Title, TaskCount Over, Words Meaning);

/// <summary>The indicators of domain and law, and the times that stages take.</summary>
public static class Figures
{
    private static readonly Words CityManagement = new("城市管理案件评价指标（GB/T 30428 系列，标准原文未核）", "Indicators of city-management cases (GB/T 30428; the standards' own text was not read)");
    private static readonly Words Ours = new("本系统", "This system");

    public static readonly Rate Handling = new("handling", new("处置率", "Handling rate"), TaskCounts.Handled, TaskCounts.HandlingDue, CityManagement);

    public static readonly Rate OnTimeHandling = new("onTimeHandling", new("按期处置率", "On-time handling rate"), TaskCounts.HandledOnTime, TaskCounts.HandlingDue, CityManagement);

    public static readonly Rate Closing = new("closing", new("结案率", "Closing rate"), TaskCounts.Closed, TaskCounts.ClosingDue, CityManagement);

    public static readonly Rate OnTimeClosing = new("onTimeClosing", new("按期结案率", "On-time closing rate"), TaskCounts.ClosedOnTime, TaskCounts.ClosingDue, CityManagement);

    public static readonly Rate AccurateDispatch = new("accurateDispatch", new("准确派遣率", "Accurate dispatch rate"), TaskCounts.Accurate, TaskCounts.Dispatched, CityManagement);

    public static readonly Rate Rework = new("rework", new("返工率", "Rework rate"), TaskCounts.Reworked, TaskCounts.ClosingDue, CityManagement);

    public static readonly Rate Return = new("return", new("回退率", "Return rate"), TaskCounts.SentBack, TaskCounts.HandlingDue, Ours);

    public static readonly Rate Extension = new("extension", new("延期率", "Extension rate"), TaskCounts.Extended, TaskCounts.HandlingDue, CityManagement);

    public static readonly Rate Overdue = new("overdue", new("超期待处置率", "Overdue rate"), TaskCounts.HandlingOverdue, TaskCounts.HandlingDue, CityManagement);

    public static readonly Rate Decline = new("decline", new("退单率", "Decline rate"), TaskCounts.Declined, TaskCounts.Dispatched, Ours);

    public static readonly Rate Acknowledgement = new("acknowledgement", new("签收率", "Acknowledgement rate"), TaskCounts.Acknowledged, TaskCounts.Dispatched, Ours);

    public static readonly Rate FalseAlarm = new("falseAlarmRate", new("误报率", "False alarm rate"), TaskCounts.FalseAlarm, TaskCounts.Ended, Ours);

    public static readonly Rate Satisfaction = new("satisfaction", new("满意率", "Satisfaction rate"), TaskCounts.Satisfied, TaskCounts.Rated, CityManagement);

    public static IReadOnlyList<Rate> Rates { get; } =
        [Handling, OnTimeHandling, Closing, OnTimeClosing, AccurateDispatch, Rework, Return, Extension, Overdue, Decline, Acknowledgement, FalseAlarm, Satisfaction];

    public static IReadOnlyList<Duration> Durations { get; } =
    [
        new("acknowledge", new("签收用时", "Time to acknowledgement"), TaskCounts.Acknowledged, new("首个工作项派出到首次签收", "From the first offer of a work item until somebody claimed one")),
        new("initiation", new("发起用时", "Time in initiation"), TaskCounts.PassedInitiation, Stays),
        new("response", new("响应用时", "Time in response"), TaskCounts.PassedResponse, Stays),
        new("analysis", new("研判用时", "Time in analysis"), TaskCounts.PassedAnalysis, Stays),
        new("handlingTime", new("处置用时", "Time in handling"), TaskCounts.PassedHandling, Stays),
        new("postEvaluation", new("后评估用时", "Time in post-evaluation"), TaskCounts.PassedPostEvaluation, Stays),
        new("total", new("全程用时", "Time from start to end"), TaskCounts.Ended, new("发起到办结", "From the start of the task to its end")),
    ];

    public static Rate? FindRate(string name) => Rates.FirstOrDefault(rate => rate.Name == name);

    private static Words Stays => new("各次停留之和，自然时间，含暂停", "All stays in the stage together, by the wall clock, pauses included");
}
