using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

/// <param name="ParentId">The instance that waits for its end.</param>
/// <param name="OpenIncidents">How many wait for a person to decide.</param>
/// <param name="TaskNumber">Null for an instance that is no task.</param>
internal sealed record InstanceCard(
    string Id, string DefinitionId, int DefinitionVersion, string? Name, string? CorrelationId, string? ParentId, InstanceStatus Status, int Revision,
    DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, int OpenIncidents, string? TaskNumber);

internal sealed record InstancePage(IReadOnlyList<InstanceCard> Items, string? Next);

internal static class ListInstances
{
    /// <param name="DefinitionId">All versions of this definition.</param>
    /// <param name="Version">This version of it.</param>
    /// <param name="Status"><c>running</c>, <c>finished</c>, <c>faulted</c> or <c>cancelled</c>.</param>
    /// <param name="StartedFrom">ISO 8601 with offset; this time or later.</param>
    /// <param name="StartedTo">Before this time.</param>
    /// <param name="HasIncidents"><c>true</c> for those with open incidents, <c>false</c> for those without.</param>
    /// <param name="ParentId">Those whose end this instance waits for.</param>
    /// <param name="IsRoot"><c>true</c> for those whose end no other waits for.</param>
    public sealed record Filter(
        [FromQuery(Name = "definitionId")] string? DefinitionId, [FromQuery(Name = "version")] int? Version, [FromQuery(Name = "status")] string? Status,
        [FromQuery(Name = "correlationId")] string? CorrelationId, [FromQuery(Name = "startedFrom")] string? StartedFrom, [FromQuery(Name = "startedTo")] string? StartedTo,
        [FromQuery(Name = "hasIncidents")] bool? HasIncidents, [FromQuery(Name = "parentId")] string? ParentId, [FromQuery(Name = "isRoot")] bool? IsRoot);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("instances", HandleAsync).Requires(Permission.ReadTasks).Produces<InstancePage>().WithSummary("Instances that the caller may see, newest first");

    internal static async Task<IResult> HandleAsync(
        [AsParameters] Filter filter, string? cursor, int? limit, Caller caller, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 2, limits.Value, out var problem) is not { } page) return problem!;
        var (statuses, parent) = (Enum.GetValues<InstanceStatus>(), default(InstanceId));
        var problems = new List<ValueProblem>();
        var (from, to) = (PastTime.Read(filter.StartedFrom, "startedFrom", problems), PastTime.Read(filter.StartedTo, "startedTo", problems));
        var status = statuses.Where(one => NameOf(one) == filter.Status).Select(one => (InstanceStatus?)one).FirstOrDefault();
        if (filter.Status is not null && status is null) problems.Add(new("/status", string.Join(", ", statuses.Select(NameOf)), $"'{filter.Status}'"));
        if (filter.ParentId is not null && !InstanceId.TryParse(filter.ParentId, out parent)) problems.Add(new("/parentId", "the id of an instance", $"'{filter.ParentId}'"));
        if (problems.Count > 0) return ProblemResults.Invalid(problems);

        await using var db = reader.Open();
        var rows = Filtered(InstanceReader.VisibleInstances(db, caller), filter, status, from, to);
        if (filter.ParentId is not null) rows = rows.Where(row => row.ParentId == parent);
        if (filter.HasIncidents is { } wanted) rows = rows.Where(row => db.Incidents.Any(incident => incident.InstanceId == row.Id && incident.IsOpen) == wanted);
        if (page.Place is var (startedAt, id, _)) rows = rows.Where(row => row.StartedAt < startedAt || (row.StartedAt == startedAt && row.Id < id));
        var items = await rows.OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id).Take(page.Limit + 1)
            .Select(row => new InstanceCard(
                row.Id.ToString(), row.DefinitionId, row.DefinitionVersion, row.Name, row.CorrelationId, row.ParentId == null ? null : row.ParentId.Value.ToString(), row.Status, row.Revision,
                row.StartedAt, row.UpdatedAt, db.Incidents.Count(incident => incident.InstanceId == row.Id && incident.IsOpen),
                db.Tasks.Where(task => task.InstanceId == row.Id).Select(task => task.Number).FirstOrDefault())).ToListAsync(cancel);
        if (items.Count <= page.Limit) return Results.Ok(new InstancePage(items, null));
        items.RemoveAt(page.Limit);
        return Results.Ok(new InstancePage(items, Page.Cursor(items[^1].StartedAt, items[^1].Id)));
    }

    private static IQueryable<InstanceRow> Filtered(IQueryable<InstanceRow> rows, Filter filter, InstanceStatus? status, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (filter.DefinitionId is { } definition) rows = rows.Where(row => row.DefinitionId == definition);
        if (filter.Version is { } version) rows = rows.Where(row => row.DefinitionVersion == version);
        if (status is { } wanted) rows = rows.Where(row => row.Status == wanted);
        if (InstanceRow.KeyOf(filter.CorrelationId) is { } key) rows = rows.Where(row => row.CorrelationKey == key && row.CorrelationId == filter.CorrelationId);
        if (from is { } first) rows = rows.Where(row => row.StartedAt >= first);
        if (to is { } end) rows = rows.Where(row => row.StartedAt < end);
        return filter.IsRoot is { } isRoot ? rows.Where(row => row.ParentId == null == isRoot) : rows;
    }

    private static string NameOf(InstanceStatus status) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
