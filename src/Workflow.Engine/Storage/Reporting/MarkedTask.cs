using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Workflow.Engine.Reports;

namespace Workflow.Engine.Storage.Reporting;

/// <summary>A task's summary with its group and everything that figures count it as.</summary>
public sealed class MarkedTask
{
    public required TaskSummaryRow Row { get; init; }

    public required string? Key { get; init; }

    public required string? Label { get; init; }

    /// <summary><see cref="TaskMarks"/>, those of the period among them.</summary>
    public required long Marks { get; init; }
}

/// <summary>Puts queries over summaries together from parts that LINQ cannot nest.</summary>
internal static class MarkedTasks
{
    public static IQueryable<MarkedTask> Of(IQueryable<TaskSummaryRow> rows, ReportAsked asked)
    {
        var row = Expression.Parameter(typeof(TaskSummaryRow), "row");
        var (key, label) = Group(asked.By);
        Expression marks = Expression.Property(row, nameof(TaskSummaryRow.Marks));
        foreach (var (condition, mark) in PeriodMarks(asked))
            marks = Expression.Add(marks, Expression.Condition(Inline(condition, row), Expression.Constant((long)mark), Expression.Constant(0L)));
        return rows.Select(Expression.Lambda<Func<TaskSummaryRow, MarkedTask>>(
            Expression.MemberInit(
                Expression.New(typeof(MarkedTask)),
                Bind(nameof(MarkedTask.Row), row), Bind(nameof(MarkedTask.Key), Inline(key, row)), Bind(nameof(MarkedTask.Label), Inline(label, row)), Bind(nameof(MarkedTask.Marks), marks)),
            row));
    }

    /// <summary>Rows of which at least one of these holds.</summary>
    public static IQueryable<TaskSummaryRow> WhereAny(IQueryable<TaskSummaryRow> rows, IEnumerable<Expression<Func<TaskSummaryRow, bool>>> conditions)
    {
        var row = Expression.Parameter(typeof(TaskSummaryRow), "row");
        return rows.Where(Expression.Lambda<Func<TaskSummaryRow, bool>>(conditions.Select(condition => Inline(condition, row)).Aggregate(Expression.OrElse), row));
    }

    /// <summary>How a task stands to the period. It had started before its end, as all rows of a report have.</summary>
    private static IEnumerable<(Expression<Func<TaskSummaryRow, bool>> Holds, TaskMarks Mark)> PeriodMarks(ReportAsked asked)
    {
        var (from, to) = (asked.Period.From, asked.Period.To);
        yield return (row => row.StartedAt >= from, TaskMarks.Raised);
        yield return (row => row.OfferedAt >= from && row.OfferedAt < to, TaskMarks.Dispatched);
        yield return (row => row.HandlingDue >= from && row.HandlingDue < to, TaskMarks.HandlingDue);
        yield return (row => row.HandlingEndedAt < to, TaskMarks.Handled);
        yield return (row => row.Due >= from && row.Due < to, TaskMarks.ClosingDue);
        yield return (row => row.EndedAt < to, TaskMarks.Closed);
        yield return (row => row.EndedAt >= from && row.EndedAt < to, TaskMarks.Ended);
        yield return (row => row.Due < to, TaskMarks.DueBefore);
        for (var age = 0; age < asked.AgeDays.Count; age++)
        {
            var begun = to - TimeSpan.FromDays(asked.AgeDays[age]);
            yield return (row => row.StartedAt <= begun, TaskCounts.AgeMark(age));
        }
    }

    private static (Expression<Func<TaskSummaryRow, string?>> Key, Expression<Func<TaskSummaryRow, string?>> Label) Group(ReportBy by) => by switch
    {
        ReportBy.All => (row => "", row => null),
        ReportBy.Jurisdiction => (row => row.JurisdictionCode, row => null),
        ReportBy.TeamKind => (row => row.TeamKind.ToString(), row => null),
        ReportBy.Team => (row => row.TeamId, row => row.TeamName),
        ReportBy.Person => (row => row.PersonId, row => row.PersonName),
        ReportBy.Definition => (row => row.DefinitionId, row => row.DefinitionName),
        ReportBy.Category => (row => row.Category, row => null),
        ReportBy.Priority => (row => row.Priority.ToString(), row => null),
        ReportBy.Source => (row => row.Source.ToString(), row => null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Expression Inline(LambdaExpression part, ParameterExpression row) => ReplacingExpressionVisitor.Replace(part.Parameters[0], row, part.Body);

    private static MemberAssignment Bind(string member, Expression value) => Expression.Bind(typeof(MarkedTask).GetProperty(member)!, value);
}
