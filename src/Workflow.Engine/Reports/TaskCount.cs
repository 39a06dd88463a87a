namespace Workflow.Engine.Reports;

/// <summary>A text in both languages of the system.</summary>
public sealed record Words(string Zh, string En);

/// <summary>
/// Tasks that a report counts: those with all of some marks and none of others. Whoever asks which tasks these are is given those with the same marks, so
/// a list and its count cannot differ.
/// </summary>
/// <param name="Name">As the API has it.</param>
/// <param name="Meaning">Which tasks of which period.</param>
public sealed record TaskCount(string Name, Words Title, Words Meaning, TaskMarks With, TaskMarks Without = TaskMarks.None)
{
    public bool Holds(TaskMarks marks) => (marks & With) == With && (marks & Without) == TaskMarks.None;
}

/// <summary>Every count that figures are made of.</summary>
public static class TaskCounts
{
    public static readonly TaskCount Raised = new("raised", new("发起", "Raised"), new("统计期内发起的任务", "Tasks that began in the period"), TaskMarks.Raised);

    public static readonly TaskCount Dispatched = new("dispatched", new("应派遣", "Dispatched"), new("统计期内首次派出工作项的任务", "Tasks whose first work item was offered in the period"), TaskMarks.Dispatched);

    public static readonly TaskCount Accurate = new("accurate", new("准确派遣", "Dispatched accurately"), new("应派遣中从未被退单的任务", "Of those dispatched: no item was ever declined"), TaskMarks.Dispatched, TaskMarks.Declined);

    public static readonly TaskCount Declined = new("declined", new("退单", "Declined"), new("应派遣中被退单的任务", "Of those dispatched: an item was declined"), TaskMarks.Dispatched | TaskMarks.Declined);

    public static readonly TaskCount Acknowledged = new("acknowledged", new("已签收", "Acknowledged"), new("应派遣中已有人签收的任务", "Of those dispatched: somebody has claimed an item"), TaskMarks.Dispatched | TaskMarks.Acknowledged);

    public static readonly TaskCount HandlingDue = new("handlingDue", new("应处置", "Handling due"),
        new("处置环节在统计期内到期的任务（环节无时限的按任务时限）", "Tasks whose handling was due in the period, by the clock of the stage, else by that of the task"), TaskMarks.HandlingDue);

    public static readonly TaskCount Handled = new("handled", new("处置", "Handled"), new("应处置中统计期结束前已完成处置的任务", "Of those whose handling was due: handling had ended before the end of the period"), TaskMarks.HandlingDue | TaskMarks.Handled);

    public static readonly TaskCount HandledOnTime = new("handledOnTime", new("按期处置", "Handled on time"), new("应处置中不晚于到期完成处置的任务", "Of those whose handling was due: handling ended at or before its due time"), TaskMarks.HandlingDue | TaskMarks.HandledOnTime);

    public static readonly TaskCount HandlingOverdue = new("handlingOverdue", new("超期待处置", "Overdue, not handled"), new("应处置中统计期结束时仍未完成处置的任务", "Of those whose handling was due: handling had not ended before the end of the period"), TaskMarks.HandlingDue, TaskMarks.Handled);

    public static readonly TaskCount Extended = new("extended", new("延期", "Extended"), new("应处置中有延期获批的任务", "Of those whose handling was due: an extension was approved"), TaskMarks.HandlingDue | TaskMarks.Extended);

    public static readonly TaskCount SentBack = new("sentBack", new("回退", "Sent back"), new("应处置中有工作项或环节被退回的任务", "Of those whose handling was due: an item or a stage was returned to an earlier one"), TaskMarks.HandlingDue | TaskMarks.SentBack);

    public static readonly TaskCount ClosingDue = new("closingDue", new("应结案", "Closing due"), new("任务时限在统计期内到期的任务", "Tasks that were due in the period by their own clock"), TaskMarks.ClosingDue);

    public static readonly TaskCount Closed = new("closed", new("结案", "Closed"), new("应结案中统计期结束前已结案的任务", "Of those due: closed before the end of the period"), TaskMarks.ClosingDue | TaskMarks.Closed);

    public static readonly TaskCount ClosedOnTime = new("closedOnTime", new("按期结案", "Closed on time"), new("应结案中不晚于到期结案的任务", "Of those due: closed at or before the due time"), TaskMarks.ClosingDue | TaskMarks.ClosedOnTime);

    public static readonly TaskCount Reworked = new("reworked", new("返工", "Reworked"), new("应结案中重新进入处置环节的任务", "Of those due: handling was entered again"), TaskMarks.ClosingDue | TaskMarks.Reworked);

    public static readonly TaskCount Ended = new("ended", new("办结", "Ended"), new("统计期内办结的任务", "Tasks that ended in the period"), TaskMarks.Ended);

    public static readonly TaskCount FalseAlarm = new("falseAlarm", new("误报", "False alarms"), new("统计期内办结、以误报结束的任务", "Of those that ended: closed out as a false alarm"), TaskMarks.Ended | TaskMarks.FalseAlarm);

    public static readonly TaskCount Drawn = new("drawn", new("抽查", "Drawn"), new("统计期内办结、被抽中核查的任务", "Of those that ended: drawn for inspection"), TaskMarks.Ended | TaskMarks.Drawn);

    public static readonly TaskCount Rated = new("rated", new("已评价", "Rated"), new("统计期内办结、有满意度评价的任务", "Of those that ended: satisfaction was recorded"), TaskMarks.Ended | TaskMarks.Rated);

    public static readonly TaskCount Satisfied = new("satisfied", new("满意", "Satisfied"), new("已评价中满意度不低于 4 分（满分 5 分）的任务", "Of those rated: 4 or 5 of 5"), TaskMarks.Ended | TaskMarks.Rated | TaskMarks.Satisfied);

    public static readonly TaskCount Paused = new("paused", new("曾暂停", "Paused"), new("统计期内办结、有环节计时暂停过的任务", "Of those that ended: a clock of a stage stood still for a reason"), TaskMarks.Ended | TaskMarks.Paused);

    public static readonly TaskCount Open = new("open", new("在办", "Open"), new("统计期结束前已发起、尚未办结的任务", "Tasks that had begun before the end of the period and had not ended"), TaskMarks.None, TaskMarks.Closed);

    public static readonly TaskCount OpenOverdue = new("openOverdue", new("在办超期", "Open and overdue"), new("在办中任务时限已到的任务", "Of those open: the task's due time had come"), TaskMarks.DueBefore, TaskMarks.Closed);

    public static readonly TaskCount PassedInitiation = Passed("passedInitiation", new("经发起环节", "Went through initiation"), TaskMarks.PassedInitiation);
    public static readonly TaskCount PassedResponse = Passed("passedResponse", new("经响应环节", "Went through response"), TaskMarks.PassedResponse);
    public static readonly TaskCount PassedAnalysis = Passed("passedAnalysis", new("经研判环节", "Went through analysis"), TaskMarks.PassedAnalysis);
    public static readonly TaskCount PassedHandling = Passed("passedHandling", new("经处置环节", "Went through handling"), TaskMarks.PassedHandling);
    public static readonly TaskCount PassedPostEvaluation = Passed("passedPostEvaluation", new("经后评估环节", "Went through post-evaluation"), TaskMarks.PassedPostEvaluation);

    public static IReadOnlyList<TaskCount> All { get; } =
    [
        Raised, Dispatched, Accurate, Declined, Acknowledged, HandlingDue, Handled, HandledOnTime, HandlingOverdue, Extended, SentBack, ClosingDue, Closed, ClosedOnTime, Reworked, Ended, FalseAlarm, Drawn,
        Rated, Satisfied, Paused, Open, OpenOverdue, PassedInitiation, PassedResponse, PassedAnalysis, PassedHandling, PassedPostEvaluation,
    ];

    public const int MostAges = 10;

    /// <summary>Open tasks by how long ago they began: one count below the first of these ages, one from each on.</summary>
    /// <param name="days">Rising, at most <see cref="MostAges"/> of them.</param>
    public static IReadOnlyList<TaskCount> Ages(IReadOnlyList<int> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        var counts = new List<TaskCount>();
        for (var age = 0; age <= days.Count; age++)
        {
            var (from, to) = (age == 0 ? 0 : days[age - 1], age == days.Count ? (int?)null : days[age]);
            counts.Add(new(
                $"openFrom{from}", to is { } below ? new($"{from}–{below} 天", $"{from} to {below} days") : new($"{from} 天及以上", $"{from} days and more"),
                new("在办中自发起起的天数（24 小时为一天）", "Of those open: days of 24 hours since they began"),
                age == 0 ? TaskMarks.None : AgeMark(age - 1), TaskMarks.Closed | (to is null ? TaskMarks.None : AgeMark(age))));
        }
        return counts;
    }

    /// <summary>The mark of having begun longer ago than an age.</summary>
    public static TaskMarks AgeMark(int age) => (TaskMarks)((long)TaskMarks.FirstAge << age);

    /// <summary>Every count, those of open tasks by age among them.</summary>
    /// <inheritdoc cref="Ages" path="/param"/>
    public static IReadOnlyList<TaskCount> With(IReadOnlyList<int> days) => [.. All, .. Ages(days)];

    private static TaskCount Passed(string name, Words title, TaskMarks mark) =>
        new(name, title, new("统计期内办结、进入并离开过该环节的任务", "Of the tasks that ended in the period: entered and left this stage"), TaskMarks.Ended | mark);
}
