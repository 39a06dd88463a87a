using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
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
        .ForMember(card => card.Ordered, to => to.MapFrom(row => row.IsOrdered))
        .ForMember(card => card.EscalatedTo, to => to.MapFrom(row => Kinds(row.EscalatedTo)));

    private static List<TeamKind> Kinds(string names) => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Enum.Parse<TeamKind>(name))];
}

internal static class ListTasks
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("tasks", HandleAsync).Requires(Permission.ReadTasks).Produces<TaskPage>().WithSummary("Tasks in the areas of the caller's teams, newest first");

    /// <param name="status"><c>open</c> (the default), <c>closed</c> or <c>all</c>.</param>
    internal static async Task<IResult> HandleAsync(
        string? status, string? cursor, int? limit, Caller caller, InstanceReader reader, IMapper mapper,
        IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 2, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = reader.Open();
        var tasks = InstanceReader.VisibleTasks(db, caller);
        switch (status ?? "open")
        {
            case "open": tasks = tasks.Where(task => task.ClosedAt == null); break;
            case "closed": tasks = tasks.Where(task => task.ClosedAt != null); break;
            case "all": break;
            default: return ProblemResults.Invalid([new("/status", "open, closed or all", $"'{status}'")]);
        }
        return Results.Ok(await ReadAsync(tasks, page, mapper, cancel));
    }

    /// <summary>A page of tasks, newest first.</summary>
    internal static async Task<TaskPage> ReadAsync(IQueryable<TaskRow> tasks, Page page, IMapper mapper, CancellationToken cancel)
    {
        if (page.Place is var (startedAt, id, _)) tasks = tasks.Where(task => task.StartedAt < startedAt || (task.StartedAt == startedAt && task.InstanceId < id));
        var items = await tasks.OrderByDescending(task => task.StartedAt).ThenByDescending(task => task.InstanceId).Take(page.Limit + 1)
            .ProjectTo<TaskCard>(mapper.ConfigurationProvider).ToListAsync(cancel);
        if (items.Count <= page.Limit) return new(items, null);
        items.RemoveAt(page.Limit);
        return new(items, Page.Cursor(items[^1].StartedAt, items[^1].Id));
    }
}
