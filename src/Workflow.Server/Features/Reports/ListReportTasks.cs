using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Reports;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Reporting;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Reports;

/// <summary>A task behind a figure, also one that retention has taken since.</summary>
internal sealed record ReportTaskCard
{
    public required string Id { get; init; }

    public required string Number { get; init; }

    public required string Subject { get; init; }

    public required string DefinitionName { get; init; }

    public required Priority Priority { get; init; }

    public required TaskSource Source { get; init; }

    public string? TeamName { get; init; }

    public string? PersonName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? HandlingDue { get; init; }

    public DateTimeOffset? HandlingEndedAt { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

/// <param name="Total">How many there are in all: the figure, which counts what is hidden from the caller, too.</param>
internal sealed record ReportTaskPage(IReadOnlyList<ReportTaskCard> Items, string? Next, long Total);

internal sealed class ReportTaskProfile : Profile
{
    public ReportTaskProfile() => CreateMap<TaskSummaryRow, ReportTaskCard>().ForMember(card => card.Id, to => to.MapFrom(row => row.InstanceId.ToString()));
}

internal static class ListReportTasks
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("reports/tasks", HandleAsync).Requires(Permission.ReadTasks).Produces<ReportTaskPage>().WithSummary("The tasks that a figure of a report has counted, those aside that are hidden from the caller, latest start first");

    /// <param name="count">Name of a count.</param>
    /// <param name="key">The group, of those by which the report was asked for; empty for the tasks that have none, absent for all.</param>
    internal static async Task<IResult> HandleAsync(
        string? count, string? key, [AsParameters] ReportRequest request, string? cursor, int? limit, Caller caller, InstanceReader reader, ReportRequestReader requests, IMapper mapper,
        IOptions<Limits> limits, IOptions<ReportOptions> options, CancellationToken cancel)
    {
        await using var db = reader.Open();
        var problems = new List<ValueProblem>();
        var asked = await requests.ReadAsync(db, request, key, caller, problems, cancel);
        var counts = TaskCounts.With(options.Value.Ages);
        var chosen = counts.FirstOrDefault(known => known.Name == count);
        if (chosen is null) problems.Add(new("/count", $"one of {string.Join(", ", counts.Select(known => known.Name))}", RowText.Quote(count)));
        var group = key is null || asked is null ? null : ReportRequestReader.GroupOf(asked.By, key, problems);
        if (problems.Count > 0) return ProblemResults.Invalid(problems);
        if (Page.Read(cursor, limit, 2, limits.Value, out var problem) is not { } page) return problem!;

        var tasks = ReportQueries.Tasks(db, asked!, chosen!, group);
        var total = await tasks.LongCountAsync(cancel);
        var hidden = Hiding.Hidden(db, caller);
        tasks = tasks.Where(row => !hidden.Any(task => task.InstanceId == row.InstanceId));
        if (page.Place is var (startedAt, id, _)) tasks = tasks.Where(row => row.StartedAt <= startedAt && (row.StartedAt < startedAt || row.InstanceId < id));
        var items = await tasks.Take(page.Limit + 1).ProjectTo<ReportTaskCard>(mapper.ConfigurationProvider).ToListAsync(cancel);
        var more = items.Count > page.Limit;
        if (more) items.RemoveAt(page.Limit);
        return Results.Ok(new ReportTaskPage(items, more ? Page.Cursor(items[^1].StartedAt, items[^1].Id) : null, total));
    }
}
