using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Reports;

namespace Workflow.Engine.Storage.Reporting;

/// <summary>Sums the summaries of tasks. Everything is read from them and from the rows beside them, so reports know tasks that retention took, too.</summary>
public sealed class ReportQueries(Database database)
{
    /// <summary>How many tasks of each group have which marks.</summary>
    /// <returns>Null when there are more than so many groups.</returns>
    public async Task<IReadOnlyList<TaskGroup>?> CountAsync(ReportAsked asked, int mostGroups, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var rows = Marked(db, asked).GroupBy(task => new { task.Key, task.Marks })
            .Select(group => new { group.Key.Key, group.Key.Marks, Label = group.Max(task => task.Label), Count = group.LongCount() });
        var groups = new Dictionary<(string?, bool), TaskGroup>();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (!groups.TryGetValue((row.Key, row.Key is null), out var group)) groups[(row.Key, row.Key is null)] = group = new(row.Key, row.Label);
            // Of several names in the course of time always the same one.
            else if (string.CompareOrdinal(row.Label, group.Label) > 0) groups[(row.Key, row.Key is null)] = group = group with { Label = row.Label };
            group.Add((TaskMarks)row.Marks, row.Count);
            if (groups.Count > mostGroups) return null;
        }
        return [.. groups.Values.OrderBy(group => group.Key is null).ThenBy(group => group.Key, StringComparer.Ordinal)];
    }

    /// <summary>How long tasks took, by group and all together (the last of them).</summary>
    /// <inheritdoc cref="CountAsync" path="/returns"/>
    public async Task<IReadOnlyList<TimedGroup>?> TimeAsync(ReportAsked asked, int mostGroups, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(asked);
        await using var db = database.CreateDbContext();
        var (from, to) = (asked.Period.From, asked.Period.To);
        // In the order of the figures.
        var times = Marked(db, asked).Where(task => (task.Row.OfferedAt >= from && task.Row.OfferedAt < to) || (task.Row.EndedAt >= from && task.Row.EndedAt < to)).Select(task => new
        {
            task.Key,
            task.Label,
            Acknowledge = task.Row.OfferedAt >= from && task.Row.OfferedAt < to ? task.Row.AcknowledgeSeconds : null,
            Initiation = task.Row.EndedAt >= from && task.Row.EndedAt < to ? task.Row.InitiationSeconds : null,
            Response = task.Row.EndedAt >= from && task.Row.EndedAt < to ? task.Row.ResponseSeconds : null,
            Analysis = task.Row.EndedAt >= from && task.Row.EndedAt < to ? task.Row.AnalysisSeconds : null,
            Handling = task.Row.EndedAt >= from && task.Row.EndedAt < to ? task.Row.HandlingSeconds : null,
            PostEvaluation = task.Row.EndedAt >= from && task.Row.EndedAt < to ? task.Row.PostEvaluationSeconds : null,
            Total = task.Row.EndedAt >= from && task.Row.EndedAt < to ? task.Row.TotalSeconds : null,
        });
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = times.CreateDbCommand();
        return await database.RankAsync(command, new("Key", "Label", ["Acknowledge", "Initiation", "Response", "Analysis", "Handling", "PostEvaluation", "Total"]), mostGroups, cancel);
    }

    /// <summary>What teams, their kinds or people had to do with the tasks that ended in the period.</summary>
    /// <inheritdoc cref="CountAsync" path="/returns"/>
    public async Task<IReadOnlyList<WorkedGroup>?> WorkAsync(ReportAsked asked, ReportBy by, int mostGroups, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(asked);
        await using var db = database.CreateDbContext();
        var joined = Ended(db, asked).Join(Work(db, asked.Filter), task => task.Row.InstanceId, row => row.InstanceId, (_, row) => row);
        var keyed = by switch
        {
            ReportBy.TeamKind => joined.Select(row => new { Key = (string?)row.TeamKind.ToString(), Label = (string?)null, row.InstanceId, row.Items, row.WaitSeconds, row.WorkSeconds }),
            ReportBy.Person => joined.Select(row => new { Key = row.PersonId, Label = row.PersonName, row.InstanceId, row.Items, row.WaitSeconds, row.WorkSeconds }),
            _ => joined.Select(row => new { Key = (string?)row.TeamId, Label = (string?)row.TeamName, row.InstanceId, row.Items, row.WaitSeconds, row.WorkSeconds }),
        };
        var groups = await keyed.GroupBy(row => row.Key)
            .Select(group => new WorkedGroup(
                group.Key, group.Max(row => row.Label), group.Select(row => row.InstanceId).Distinct().LongCount(), group.Sum(row => (long)row.Items), group.Sum(row => row.WaitSeconds), group.Sum(row => row.WorkSeconds)))
            .Take(mostGroups + 1).ToListAsync(cancel);
        return groups.Count > mostGroups ? null : [.. groups.OrderBy(group => group.Key is null).ThenBy(group => group.Key, StringComparer.Ordinal)];
    }

    /// <summary>For what, and how long, clocks of stages stood still in the tasks that ended in the period.</summary>
    public async Task<IReadOnlyList<PausedGroup>> PausesAsync(ReportAsked asked, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(asked);
        await using var db = database.CreateDbContext();
        var groups = await Ended(db, asked).Join(Pauses(db, asked.Filter), task => task.Row.InstanceId, row => row.InstanceId, (_, row) => row)
            .GroupBy(row => row.Reason).Select(group => new PausedGroup(group.Key, group.LongCount(), group.Sum(row => (long)row.Times), group.Sum(row => row.Seconds))).ToListAsync(cancel);
        return [.. groups.OrderBy(group => group.Reason, StringComparer.Ordinal)];
    }

    /// <summary>The tasks behind a count, latest start first.</summary>
    /// <param name="group">The group that is meant; null for all.</param>
    public static IQueryable<TaskSummaryRow> Tasks(WorkflowDb db, ReportAsked asked, TaskCount count, ReportGroup? group)
    {
        ArgumentNullException.ThrowIfNull(count);
        var (with, without) = ((long)count.With, (long)count.Without);
        var tasks = Marked(db, asked).Where(task => (task.Marks & with) == with && (task.Marks & without) == 0);
        if (group is { Key: var key }) tasks = tasks.Where(task => task.Key == key);
        return tasks.Select(task => task.Row).OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.InstanceId);
    }

    private static IQueryable<MarkedTask> Ended(WorkflowDb db, ReportAsked asked)
    {
        var (from, to) = (asked.Period.From, asked.Period.To);
        return Marked(db, asked).Where(task => task.Row.EndedAt >= from && task.Row.EndedAt < to);
    }

    private static IQueryable<MarkedTask> Marked(WorkflowDb db, ReportAsked asked)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(asked);
        var (from, to) = (asked.Period.From, asked.Period.To);
        // What had started before the end of the period, and lasted into it; what is open lasts for ever.
        return MarkedTasks.Of(Visible(db, Filtered(db, db.TaskSummaries.AsNoTracking().Where(row => row.ReachesTo >= from && row.StartedAt < to), asked.Filter), asked.Scope), asked);
    }

    private static IQueryable<TaskSummaryRow> Visible(WorkflowDb db, IQueryable<TaskSummaryRow> rows, ReportScope scope)
    {
        if (scope.AreaPaths is not { } paths) return rows;
        var (teams, me) = (scope.TeamIds, scope.UserId);
        List<Expression<Func<TaskSummaryRow, bool>>> any = [.. paths.Select<string, Expression<Func<TaskSummaryRow, bool>>>(path => row => row.AreaPath.StartsWith(path))];
        any.Add(row => row.StartedById == me);
        if (teams.Count > 0) any.Add(row => db.TaskWork.Any(work => work.InstanceId == row.InstanceId && teams.Contains(work.TeamId)));
        return MarkedTasks.WhereAny(rows, any);
    }

    /// <summary>The work that a filter is about: one row of a task has to be all that it says, here as in <see cref="Filtered"/>.</summary>
    private static IQueryable<TaskWorkRow> Work(WorkflowDb db, ReportFilter filter)
    {
        var work = db.TaskWork.AsNoTracking();
        if (filter.WorkTeamId is { } team) work = work.Where(row => row.TeamId == team);
        if (filter.WorkPersonId is { } worker && (worker.Length == 0 ? null : worker) is var person) work = work.Where(row => row.PersonId == person);
        return filter.WorkTeamKind is { } kind ? work.Where(row => row.TeamKind == kind) : work;
    }

    private static IQueryable<TaskPauseRow> Pauses(WorkflowDb db, ReportFilter filter) =>
        filter.PauseReason is { } reason ? db.TaskPauses.AsNoTracking().Where(row => row.Reason == reason) : db.TaskPauses.AsNoTracking();

    private static IQueryable<TaskSummaryRow> Filtered(WorkflowDb db, IQueryable<TaskSummaryRow> rows, ReportFilter filter)
    {
        if (filter.AreaPath is { Length: > 0 } path) rows = rows.Where(row => row.AreaPath.StartsWith(path));
        if (filter.TeamKind is { } kind) rows = rows.Where(row => row.TeamKind == kind);
        if (filter.TeamId is { } team) rows = rows.Where(row => row.TeamId == team);
        if (filter.PersonId is { } person) rows = rows.Where(row => row.PersonId == person);
        if (filter.DefinitionId is { } definition) rows = rows.Where(row => row.DefinitionId == definition);
        if (filter.Category is { } category) rows = rows.Where(row => row.Category == category);
        if (filter.Priority is { } priority) rows = rows.Where(row => row.Priority == priority);
        if (filter.Source is { } source) rows = rows.Where(row => row.Source == source);
        var (work, pauses) = (Work(db, filter), Pauses(db, filter));
        if (filter is not { WorkTeamId: null, WorkPersonId: null, WorkTeamKind: null }) rows = rows.Where(row => work.Any(one => one.InstanceId == row.InstanceId));
        return filter.PauseReason is null ? rows : rows.Where(row => pauses.Any(one => one.InstanceId == row.InstanceId));
    }
}
