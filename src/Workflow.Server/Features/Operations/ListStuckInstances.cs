using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Operations;

internal enum StuckBy
{
    /// <summary>An incident waits for a decision.</summary>
    Incident,

    /// <summary>The attempts of an effect fail; more will follow.</summary>
    Effect,

    /// <summary>A timer should have fired long ago.</summary>
    Timer,

    /// <summary>Everybody of a delivery ladder was told of an offered item, and nobody has claimed it.</summary>
    Unanswered,
}

/// <param name="Since">When the incident was raised, the effect asked for, the timer due or the last rung reached.</param>
/// <param name="Message">What the incident or the last attempt says; null for a timer; the title of an item that nobody has claimed.</param>
internal sealed record StuckReason(StuckBy By, DateTimeOffset Since, string? Message);

/// <param name="DefinitionId">Null while the instance is not there: its start was dispatched and fails, as the effect among its reasons tells. So are version and status.</param>
/// <param name="StartedAt">When it was started, or its start was dispatched.</param>
/// <param name="TaskNumber">The number and subject of the task that it is; null for an instance that is no task.</param>
internal sealed record StuckInstance(
    string Id, string? DefinitionId, int? DefinitionVersion, InstanceStatus? Status, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, string? TaskNumber, string? TaskSubject,
    IReadOnlyList<StuckReason> Reasons);

internal sealed record StuckPage(IReadOnlyList<StuckInstance> Items, string? Next);

internal static class ListStuckInstances
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("operations/stuck", HandleAsync).Requires(Permission.Operate).Produces<StuckPage>()
            .WithSummary("Instances that an open incident, a failing effect, a timer that is long overdue or an item that nobody answers holds up, latest started first");

    internal static async Task<IResult> HandleAsync(
        string? cursor, int? limit, InstanceReader reader, TimeProvider time, IOptions<Limits> limits, IOptions<OperationsOptions> options, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 2, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = reader.Open();
        var causes = new Causes(db, time.GetUtcNow() - TimeSpan.FromSeconds(options.Value.OverdueSeconds));
        var rows = causes.Started().Concat(causes.Promised());
        if (page.Place is var (at, after, _)) rows = rows.Where(row => row.StartedAt < at || (row.StartedAt == at && row.Id < after));
        var found = await rows.OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id).Take(page.Limit + 1).ToListAsync(cancel);
        var shown = found.Take(page.Limit).ToList();
        var ids = shown.ConvertAll(row => row.Id);
        var tasks = await db.Tasks.AsNoTracking().Where(task => ids.Contains(task.InstanceId)).ToDictionaryAsync(task => task.InstanceId, cancel);
        var reasons = await causes.OfAsync(ids, cancel);
        var items = shown.ConvertAll(row => new StuckInstance(
            row.Id.ToString(), row.DefinitionId, row.DefinitionVersion, row.Status, row.StartedAt, row.UpdatedAt, tasks.GetValueOrDefault(row.Id)?.Number, tasks.GetValueOrDefault(row.Id)?.Subject,
            [.. reasons[row.Id]]));
        return Results.Ok(new StuckPage(items, found.Count > page.Limit ? Page.Cursor(shown[^1].StartedAt, items[^1].Id) : null));
    }

    private sealed record StuckRow
    {
        public required InstanceId Id { get; init; }

        public string? DefinitionId { get; init; }

        public int? DefinitionVersion { get; init; }

        public InstanceStatus? Status { get; init; }

        public required DateTimeOffset StartedAt { get; init; }

        public required DateTimeOffset UpdatedAt { get; init; }
    }

    /// <summary>Begins with the few rows that hold something up, never with the many instances.</summary>
    private sealed class Causes(WorkflowDb db, DateTimeOffset overdue)
    {
        private IQueryable<IncidentRow> Incidents => db.Incidents.AsNoTracking().Where(incident => incident.IsOpen);

        private IQueryable<OutboxRow> Effects => db.Outbox.AsNoTracking().Where(effect => effect.State == OutboxState.Pending && effect.LastError != null);

        private IQueryable<TimerRow> Timers => db.Timers.AsNoTracking().Where(timer => timer.DueAt < overdue);

        private IQueryable<WorkItemRow> Unanswered => db.WorkItems.AsNoTracking().Where(item => item.UnansweredSince != null);

        public IQueryable<StuckRow> Started() =>
            Ids().Join(db.Instances, id => id, row => row.Id, (_, row) => new StuckRow
            {
                Id = row.Id, DefinitionId = row.DefinitionId, DefinitionVersion = row.DefinitionVersion, Status = row.Status, StartedAt = row.StartedAt, UpdatedAt = row.UpdatedAt,
            });

        /// <summary>A dispatched start is an effect of the instance that it will make.</summary>
        public IQueryable<StuckRow> Promised() =>
            Effects.Where(effect => !db.Instances.Any(row => row.Id == effect.InstanceId)).Select(effect => new StuckRow
            {
                Id = effect.InstanceId, DefinitionId = null, DefinitionVersion = null, Status = null, StartedAt = effect.CreatedAt, UpdatedAt = effect.CreatedAt,
            });

        private IQueryable<InstanceId> Ids() =>
            Incidents.Select(row => row.InstanceId).Union(Effects.Select(row => row.InstanceId)).Union(Timers.Select(row => row.InstanceId)).Union(Unanswered.Select(row => row.InstanceId));

        public async Task<ILookup<InstanceId, StuckReason>> OfAsync(List<InstanceId> ids, CancellationToken cancel)
        {
            var incidents = await Incidents.Where(row => ids.Contains(row.InstanceId)).OrderBy(row => row.At).ToListAsync(cancel);
            var effects = await Effects.Where(row => ids.Contains(row.InstanceId)).OrderBy(row => row.CreatedAt).ToListAsync(cancel);
            var timers = await Timers.Where(row => ids.Contains(row.InstanceId)).OrderBy(row => row.DueAt).ToListAsync(cancel);
            var unanswered = await Unanswered.Where(row => ids.Contains(row.InstanceId)).OrderBy(row => row.UnansweredSince).ToListAsync(cancel);
            return incidents.Select(row => (row.InstanceId, new StuckReason(StuckBy.Incident, row.At, row.Message)))
                .Concat(effects.Select(row => (row.InstanceId, new StuckReason(StuckBy.Effect, row.CreatedAt, row.LastError))))
                .Concat(timers.Select(row => (row.InstanceId, new StuckReason(StuckBy.Timer, row.DueAt, null))))
                .Concat(unanswered.Select(row => (row.InstanceId, new StuckReason(StuckBy.Unanswered, row.UnansweredSince!.Value, row.Title))))
                .ToLookup(row => row.InstanceId, row => row.Item2);
        }
    }
}
