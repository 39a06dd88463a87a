using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Running;
using Workflow.Server.Access;
using Workflow.Server.Features.JointWork;
using Workflow.Server.Features.WorkItems;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

internal enum StageState
{
    Pending,
    Current,
    Done,

    /// <summary>Never entered, because the task was closed out before.</summary>
    Skipped,
}

internal sealed record StageVisitView(int Round, DateTimeOffset EnteredAt, DateTimeOffset? EndedAt, StageOutcome? Outcome, StageName? ReturnTo, string? Reason);

internal sealed record StageView(StageName Stage, StageState State, IReadOnlyList<StageVisitView> Visits)
{
    public static IReadOnlyList<StageView> Of(TaskState task) => [.. Enum.GetValues<StageName>().Select(stage => Of(stage, task))];

    private static StageView Of(StageName stage, TaskState task)
    {
        var visits = task.Visits.Where(visit => visit.Stage == stage).ToList();
        var state = task.Current?.Stage == stage ? StageState.Current
            : visits.Count > 0 ? StageState.Done
            : task.Visits.Any(visit => visit.Stage > stage) ? StageState.Skipped
            : StageState.Pending;
        return new(stage, state, [.. visits.Select(visit => new StageVisitView(visit.Round, visit.EnteredAt, visit.EndedAt, visit.Outcome, visit.ReturnTo, visit.Reason))]);
    }
}

/// <param name="Decision">What was decided; null while it is open.</param>
internal sealed record IncidentView(
    int Id, DateTimeOffset At, string ActivityId, string Message, bool IsOpen, IncidentDecision? Decision, Person? DecidedBy, DateTimeOffset? DecidedAt, string? Reason)
{
    public static IncidentView Of(Incident incident) => new(
        incident.Id, incident.At, incident.Node, incident.Message, incident.IsOpen,
        incident.Resolution?.Decision, incident.Resolution?.By, incident.Resolution?.At, incident.Resolution?.Reason);
}

internal sealed record TaskView(
    string Id, string Number, int Revision, string DefinitionId, int DefinitionVersion, string DefinitionName, string Subject,
    string AreaName, string JurisdictionName, Priority Priority, TaskStatus Status, StageName? Stage, DateTimeOffset StartedAt, DateTimeOffset? ClosedAt,
    IReadOnlyList<StageView> Stages, IReadOnlyList<WorkItemCard> WorkItems, IReadOnlyList<ClockView> Clocks, IReadOnlyList<IncidentView> Incidents)
{
    /// <summary>The alarms of its subject that it stands for; null where alarms do not join.</summary>
    public TaskAlarms? Alarms { get; init; }

    /// <summary>What its last post-evaluation has recorded so far; null before anything was.</summary>
    public TaskEvaluation? Evaluation { get; init; }

    /// <summary>Who wants it done, where that decides how it is treated.</summary>
    public TaskOrigin? Origin { get; init; }

    /// <summary>The deadline that it came with, given by an order.</summary>
    public DateTimeOffset? DueBy { get; init; }

    /// <summary>The closed task of the same subject that it repeats.</summary>
    public EarlierTask? Earlier { get; init; }

    /// <summary>The task that repeats this one.</summary>
    public LaterTask? Later { get; init; }

    /// <summary>The key of the registered subject that it is about.</summary>
    public string? SubjectKey { get; init; }

    public string? AreaCode { get; init; }

    /// <summary>Somebody reported it, and the caller may know who, see <c>tasks/{id}/reporter</c>; null for whoever may not.</summary>
    public ReporterMark? Reporter { get; init; }

    /// <summary>保密: until then it is hidden from the area that it is about.</summary>
    public DateTimeOffset? HiddenUntil { get; init; }

    /// <summary>By what the area was found.</summary>
    public PlaceBasis? PlaceBy { get; init; }

    /// <summary>As it came in.</summary>
    public Position? Position { get; init; }

    /// <summary>督办: an order covers it, or has covered it.</summary>
    public bool Ordered { get; init; }

    /// <summary>The orders that cover it.</summary>
    public IReadOnlyList<OrderReference> Orders { get; init; } = [];

    /// <summary>What makes it a part of another task; null for any other.</summary>
    public PartView? Part { get; init; }

    /// <summary>It is in a tree of hand-downs, see <c>tasks/{id}/tree</c>.</summary>
    public bool HasTree { get; init; }

    /// <summary>It is an order, see <c>orders/{id}</c>.</summary>
    public bool IsOrder { get; init; }

    public static TaskView Of(WorkflowInstance instance, WorkflowDefinition definition, Caller caller, CalendarLibrary calendars, DateTimeOffset now)
    {
        var task = instance.Task!;
        return new(
            instance.Id.ToString(), task.Number, instance.Revision, instance.Definition.DefinitionId, instance.Definition.Version, definition.Name, task.Subject,
            task.Place.AreaName, task.Place.JurisdictionName, task.Priority, instance.EndedAt is null ? TaskStatus.Open : TaskStatus.Closed,
            task.Current?.Stage, instance.StartedAt, instance.EndedAt, StageView.Of(task),
            [.. instance.WorkItems.Select(item => WorkItemCard.Of(item, instance, caller))],
            [.. instance.Clocks.Select(clock => ClockView.Of(clock, instance.Id, calendars.Calendars, now))],
            [.. instance.Incidents.Select(IncidentView.Of)])
        {
            Alarms = task.Alarms,
            Evaluation = task.Evaluation,
            Origin = task.Origin,
            DueBy = task.DueBy,
            Earlier = task.Earlier,
            SubjectKey = task.SubjectKey,
            AreaCode = task.Place.AreaCode,
            Reporter = ReporterMark.Of(instance, caller),
            HiddenUntil = task.HiddenUntil,
            PlaceBy = task.Place.By,
            Position = task.Place.Position,
            Ordered = task.Ordered,
            Orders = [.. task.Orders.Select(mark => new OrderReference(mark.Order.ToString(), mark.Number))],
            Part = PartView.Of(task.Part),
            HasTree = task.Part is not null || !task.Parts.IsEmpty,
            IsOrder = task.Order is not null,
        };
    }
}

internal sealed record LaterTask(InstanceId Id, string Number);

internal static class GetTask
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("tasks/{id}", HandleAsync).Requires(Permission.ReadTasks).Produces<TaskView>().WithSummary("One task: stages, work items, clocks with their ledgers");

    internal static async Task<IResult> HandleAsync(
        string id, Caller caller, InstanceReader reader, DefinitionLibrary library, CalendarLibrary calendars,
        TimeProvider time, CancellationToken cancel)
    {
        if (!InstanceId.TryParse(id, out var key) || await reader.FindTaskAsync(key, caller, cancel) is not { } instance) return ProblemResults.NotFound("a task");
        var definition = await library.FindAsync(instance.Definition, cancel);
        await using var db = reader.Open();
        var visible = InstanceReader.VisibleTasks(db, caller);
        var later = await db.Recurrences.Where(row => row.PreviousId == key && visible.Any(task => task.InstanceId == row.InstanceId)).Select(row => new LaterTask(row.InstanceId, row.Number)).SingleOrDefaultAsync(cancel);
        return Results.Ok(TaskView.Of(instance, definition!, caller, calendars, time.GetUtcNow()) with { Later = later });
    }
}
