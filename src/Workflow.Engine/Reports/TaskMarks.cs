namespace Workflow.Engine.Reports;

/// <summary>
/// What figures count a task as. The lower ones follow from the task alone and are stored with its summary; those from <see cref="Raised"/> on say how it stands
/// to a period and are put to them when a report is made. The numbers are stored: they never change.
/// </summary>
[Flags]
public enum TaskMarks : long
{
    None = 0,

    /// <summary>Somebody has taken a work item of it.</summary>
    Acknowledged = 1L << 0,

    /// <summary>Its handling has ended, at or before it was due.</summary>
    HandledOnTime = 1L << 1,

    /// <summary>It has ended, at or before it was due.</summary>
    ClosedOnTime = 1L << 2,

    /// <summary>退单: a team said that an item was not its own.</summary>
    Declined = 1L << 3,

    /// <summary>返工: handling was entered again.</summary>
    Reworked = 1L << 4,

    /// <summary>回退: an item or a stage was sent back to an earlier one.</summary>
    SentBack = 1L << 5,

    /// <summary>延期: an extension was approved.</summary>
    Extended = 1L << 6,

    FalseAlarm = 1L << 7,

    /// <summary>Its post-evaluation says how satisfied people are.</summary>
    Rated = 1L << 8,

    /// <summary>And that they are: 4 or 5 of 5.</summary>
    Satisfied = 1L << 9,

    /// <summary>抽查: it was drawn for inspection.</summary>
    Drawn = 1L << 10,

    PassedInitiation = 1L << 11,
    PassedResponse = 1L << 12,
    PassedAnalysis = 1L << 13,
    PassedHandling = 1L << 14,
    PassedPostEvaluation = 1L << 15,

    /// <summary>A clock of one of its stages stood still for a reason.</summary>
    Paused = 1L << 16,

    /// <summary>It began in the period.</summary>
    Raised = 1L << 40,

    /// <summary>Its first work item was offered in the period.</summary>
    Dispatched = 1L << 41,

    /// <summary>Its handling was due in the period.</summary>
    HandlingDue = 1L << 42,

    /// <summary>Its handling had ended before the period did.</summary>
    Handled = 1L << 43,

    /// <summary>It was due in the period.</summary>
    ClosingDue = 1L << 44,

    /// <summary>It had ended before the period did.</summary>
    Closed = 1L << 45,

    /// <summary>It ended in the period.</summary>
    Ended = 1L << 46,

    /// <summary>It was due before the period ended.</summary>
    DueBefore = 1L << 47,

    /// <summary>It had begun longer ago than the first of the ages that the report tells apart; the next ages have the next marks, <see cref="TaskCounts.MostAges"/> in all.</summary>
    FirstAge = 1L << 48,
}
