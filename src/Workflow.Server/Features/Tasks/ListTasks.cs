using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Features.Lists;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

internal enum TaskStatus
{
    Open,
    Closed,
}

internal sealed record TaskCard
{
    public required string Id { get; init; }

    public required string Number { get; init; }

    public required string Subject { get; init; }

    /// <summary>The key of the registered subject that it is about.</summary>
    public string? SubjectKey { get; init; }

    public required string DefinitionName { get; init; }

    public required string AreaName { get; init; }

    public required string JurisdictionName { get; init; }

    public required Priority Priority { get; init; }

    public required TaskStatus Status { get; init; }

    public StageName? Stage { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The earliest due time among the running clocks.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>A rung of a clock has fired.</summary>
    public required bool Warned { get; init; }

    public required bool Breached { get; init; }

    /// <summary>No clock runs, and one stands still because of a pause.</summary>
    public required bool Paused { get; init; }

    /// <summary>督办: an order covers it, or has covered it.</summary>
    public required bool Ordered { get; init; }

    public required IReadOnlyList<TeamKind> EscalatedTo { get; init; }

    public required int Revision { get; init; }
}

internal sealed record TaskPage(IReadOnlyList<TaskCard> Items, string? Next);

internal sealed class TaskProfile : Profile
{
    public TaskProfile() => CreateMap<TaskRow, TaskCard>()
        .ForMember(card => card.Id, to => to.MapFrom(row => row.InstanceId.ToString()))
        .ForMember(card => card.Status, to => to.MapFrom(row => row.ClosedAt == null ? TaskStatus.Open : TaskStatus.Closed))
        .ForMember(card => card.Warned, to => to.MapFrom(row => row.IsWarned))
        .ForMember(card => card.Breached, to => to.MapFrom(row => row.IsBreached))
        .ForMember(card => card.Paused, to => to.MapFrom(row => row.IsPaused))
        .ForMember(card => card.Ordered, to => to.MapFrom(row => row.IsOrdered))
        .ForMember(card => card.EscalatedTo, to => to.MapFrom(row => Kinds(row.EscalatedTo)));

    private static List<TeamKind> Kinds(string names) => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Enum.Parse<TeamKind>(name))];
}

internal static class ListTasks
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("tasks", HandleAsync).Requires(Permission.ReadTasks).Produces<TaskPage>().WithSummary("Tasks in the areas and with the teams of the caller, newest first, or those that the caller has started");

    /// <param name="list"><c>visible</c> (the default) or <c>started</c>: raised by the caller.</param>
    /// <param name="status"><c>open</c> (the default), <c>closed</c> or <c>all</c>.</param>
    internal static async Task<IResult> HandleAsync(
        string? list, string? status, [AsParameters] ListFilter filter, string? cursor, int? limit, Caller caller, InstanceReader reader, ListFilterReader filters, TextSearch texts,
        IMapper mapper, IOptions<Limits> limits, CancellationToken cancel)
    {
        await using var db = reader.Open();
        var (chosen, state, narrowing, problems) = await ReadAsync(db, list, status, filter, filters, cancel);
        if (problems.Count > 0) return ProblemResults.Invalid(problems);
        var isByPriority = narrowing!.Sort == ListSort.Priority;
        if (Page.Read(cursor, limit, isByPriority ? 3 : 2, limits.Value, out var problem) is not { } page) return problem!;

        var query = new TaskQuery(db, caller, chosen, state, narrowing, await narrowing.SearchAsync(db, texts, cancel));
        var rows = isByPriority ? await ByPriorityAsync(query, page, cancel) : await query.Page(page.Place, page.Limit + 1).ToListAsync(cancel);
        return Results.Ok(new TaskPage([.. rows.Take(page.Limit).Select(mapper.Map<TaskCard>)], rows.Count > page.Limit ? CursorOf(query, rows[page.Limit - 1]) : null));
    }

    /// <summary>Reads what is asked of the list.</summary>
    /// <returns>A narrowing, or problems.</returns>
    internal static async Task<(TaskList List, TaskStates States, Narrowing? Narrowing, IReadOnlyList<ValueProblem> Problems)> ReadAsync(
        WorkflowDb db, string? list, string? status, ListFilter filter, ListFilterReader filters, CancellationToken cancel)
    {
        var problems = new List<ValueProblem>();
        var (chosen, state) = (ListFilterReader.Read<TaskList>("/list", list, problems) ?? TaskList.Visible, ListFilterReader.Read<TaskStates>("/status", status, problems) ?? TaskStates.Open);
        var (narrowing, wrong) = await filters.ReadAsync(db, filter, cancel);
        problems.AddRange(wrong);
        if (filter.TeamKind is not null) problems.Add(new("/teamKind", "a list of work items", "one of tasks"));
        if (state != TaskStates.Open && narrowing?.Sort is ListSort.Due or ListSort.Priority) problems.Add(new("/sort", "created, or the status open", $"'{filter.Sort}'"));
        if (narrowing?.Sort == ListSort.Latest) problems.Add(new("/sort", "due, created or priority", $"'{filter.Sort}'"));
        return (chosen, state, narrowing, problems);
    }

    /// <summary>A page of tasks, newest first.</summary>
    internal static async Task<TaskPage> ReadAsync(IQueryable<TaskRow> tasks, Page page, IMapper mapper, CancellationToken cancel)
    {
        if (page.Place is var (startedAt, id, _)) tasks = tasks.Where(task => task.StartedAt <= startedAt && (task.StartedAt < startedAt || task.InstanceId < id));
        var items = await tasks.OrderByDescending(task => task.StartedAt).ThenByDescending(task => task.InstanceId).Take(page.Limit + 1)
            .ProjectTo<TaskCard>(mapper.ConfigurationProvider).ToListAsync(cancel);
        if (items.Count <= page.Limit) return new(items, null);
        items.RemoveAt(page.Limit);
        return new(items, Page.Cursor(items[^1].StartedAt, items[^1].Id));
    }

    /// <summary>One priority after another, each by due time.</summary>
    private static async Task<List<TaskRow>> ByPriorityAsync(TaskQuery query, Page page, CancellationToken cancel)
    {
        var rows = new List<TaskRow>();
        // A cursor's third part is a number.
        var reached = page.After is [.., var number] ? (Priority)int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : (Priority?)null;
        foreach (var next in Enum.GetValues<Priority>().OrderDescending().Where(next => reached is null || next <= reached))
        {
            rows.AddRange(await query.Page(next == reached ? page.Place : null, page.Limit + 1 - rows.Count, next).ToListAsync(cancel));
            if (rows.Count > page.Limit) break;
        }
        return rows;
    }

    private static string CursorOf(TaskQuery query, TaskRow last) => query.Sort == ListSort.Priority
        ? Page.Cursor(query.TimeOf(last), last.InstanceId.ToString(), (int)last.Priority)
        : Page.Cursor(query.TimeOf(last), last.InstanceId.ToString());
}
