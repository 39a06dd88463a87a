using AutoMapper;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>A work item in a list.</summary>
internal sealed record WorkItemCard
{
    public required string Id { get; init; }

    public required string TaskId { get; init; }

    public required string Number { get; init; }

    public required string Subject { get; init; }

    public required string Title { get; init; }

    public StageName? Stage { get; init; }

    public required TeamKind TeamKind { get; init; }

    public required string TeamName { get; init; }

    public required string AreaName { get; init; }

    public required Priority Priority { get; init; }

    public required WorkItemStatus State { get; init; }

    /// <summary>Who has it, or had it last; for an offered item the one person whom it is offered to.</summary>
    public Person? ClaimedBy { get; init; }

    /// <summary>Who is away, and whose item it is: the caller is their substitute and may do it for them. Null for what is the caller's own, their team's, or others'.</summary>
    public Person? StandingInFor { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>Due time of its own clock, else of its stage's.</summary>
    public DateTimeOffset? Due { get; init; }

    public required bool Warned { get; init; }

    public required bool Breached { get; init; }

    /// <summary>The clock stands still because of a pause: <see cref="Due"/> moves when it goes on.</summary>
    public required bool Paused { get; init; }

    public DateTimeOffset? UrgedAt { get; init; }

    /// <summary>Name it in a command: whoever saw an older one is refused.</summary>
    public required int Revision { get; init; }

    public required bool CanClaim { get; init; }

    public required bool CanComplete { get; init; }

    public static WorkItemCard Of(WorkItem item, WorkflowInstance instance, Caller caller)
    {
        var row = Projection.RowOf(instance, item);
        return new()
        {
            Id = new WorkItemId(instance.Id, item.Number).ToString(),
            TaskId = instance.Id.ToString(),
            Number = instance.Task!.Number,
            Subject = instance.Task.Subject,
            Title = row.Title,
            Stage = row.Stage,
            TeamKind = row.TeamKind,
            TeamName = row.TeamName,
            AreaName = instance.Task.Place.AreaName,
            Priority = instance.Task.Priority,
            State = row.Status,
            ClaimedBy = row.HolderId is null ? null : new Person(row.HolderId, row.HolderName ?? row.HolderId),
            StandingInFor = ItemBesideTask.AbsentOf(row, caller),
            OfferedAt = row.OfferedAt,
            Due = row.Due,
            Warned = row.IsWarned,
            Breached = row.IsBreached,
            Paused = row.IsPaused,
            UrgedAt = row.UrgedAt,
            Revision = row.Revision,
            CanClaim = WorkItemActions.MayDo(instance, item, WorkItemCommand.Claim, caller.Actor),
            CanComplete = WorkItemActions.MayDo(instance, item, WorkItemCommand.Complete, caller.Actor),
        };
    }
}

/// <summary>A work item's row beside its task's: what a card is projected from.</summary>
internal sealed record ItemBesideTask
{
    public required WorkItemRow Item { get; init; }

    public required TaskRow Task { get; init; }

    /// <summary>回避: in post-evaluation the caller, or one of their teams, has handled the task.</summary>
    public required bool IsBarred { get; init; }

    /// <summary>The caller is one of those whom it is offered to, and may claim it.</summary>
    public required bool IsCandidate { get; init; }

    /// <summary>The caller has it, or whom they stand in for.</summary>
    public required bool IsHolder { get; init; }

    public required Person? StandingInFor { get; init; }

    /// <summary>See <see cref="WorkItemCard.StandingInFor"/>.</summary>
    public static Person? AbsentOf(WorkItemRow item, Caller caller) =>
        item.HolderId == caller.Actor.UserId ? null : caller.Actor.StandsInFor?.FirstOrDefault(absent => absent.UserId == item.HolderId || absent.UserId == item.WaitsFor);
}

internal sealed class WorkItemProfile : Profile
{
    public WorkItemProfile() => CreateMap<ItemBesideTask, WorkItemCard>()
        .ForMember(card => card.Id, to => to.MapFrom(row => new WorkItemId(row.Item.InstanceId, row.Item.Number).ToString()))
        .ForMember(card => card.TaskId, to => to.MapFrom(row => row.Item.InstanceId.ToString()))
        .ForMember(card => card.Number, to => to.MapFrom(row => row.Task.Number))
        .ForMember(card => card.Subject, to => to.MapFrom(row => row.Task.Subject))
        .ForMember(card => card.Title, to => to.MapFrom(row => row.Item.Title))
        .ForMember(card => card.Stage, to => to.MapFrom(row => row.Item.Stage))
        .ForMember(card => card.TeamKind, to => to.MapFrom(row => row.Item.TeamKind))
        .ForMember(card => card.TeamName, to => to.MapFrom(row => row.Item.TeamName))
        .ForMember(card => card.AreaName, to => to.MapFrom(row => row.Task.AreaName))
        .ForMember(card => card.Priority, to => to.MapFrom(row => row.Task.Priority))
        .ForMember(card => card.State, to => to.MapFrom(row => row.Item.Status))
        .ForMember(card => card.ClaimedBy, to => to.MapFrom(row => row.Item.HolderId == null ? null : new Person(row.Item.HolderId, row.Item.HolderName!)))
        .ForMember(card => card.StandingInFor, to => to.MapFrom(row => row.StandingInFor))
        .ForMember(card => card.OfferedAt, to => to.MapFrom(row => row.Item.OfferedAt))
        .ForMember(card => card.Due, to => to.MapFrom(row => row.Item.Due))
        .ForMember(card => card.Warned, to => to.MapFrom(row => row.Item.IsWarned))
        .ForMember(card => card.Breached, to => to.MapFrom(row => row.Item.IsBreached))
        .ForMember(card => card.Paused, to => to.MapFrom(row => row.Item.IsPaused))
        .ForMember(card => card.UrgedAt, to => to.MapFrom(row => row.Item.UrgedAt))
        .ForMember(card => card.Revision, to => to.MapFrom(row => row.Item.Revision))
        .ForMember(card => card.CanClaim, to => to.MapFrom(row => row.Item.Status == WorkItemStatus.Offered && row.IsCandidate && !row.IsBarred))
        .ForMember(card => card.CanComplete, to => to.MapFrom(row => row.Item.Status == WorkItemStatus.Claimed && row.IsHolder && !row.IsBarred));
}
