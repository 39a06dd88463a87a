using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Storage;

/// <summary>The rows that lists, timers and reports read: a pure function of the state, so they can always be made again.</summary>
public static class Projection
{
    public static IEnumerable<IInstancePart> Rows(WorkflowInstance instance, string definitionName)
    {
        var id = instance.Id;
        // What takes no stimulus has no timers: they would only be refused, again and again. They come back with the instance.
        var hasTimers = !instance.IsStopped;
        foreach (var bookmark in instance.Bookmarks)
        {
            yield return new BookmarkRow { InstanceId = id, Number = bookmark.Id, Kind = bookmark.Kind, Key = bookmark.Key, LookupKey = BookmarkRow.KeyOf(bookmark.Kind, bookmark.Key) };
            if (hasTimers && bookmark.DueAt is { } due) yield return new TimerRow { InstanceId = id, Kind = TimerKind.Bookmark, Number = bookmark.Id, DueAt = due };
        }
        foreach (var clock in instance.Clocks)
        {
            yield return ClockRow.Of(id, clock);
            if (hasTimers && clock.NextDue is { } due) yield return new TimerRow { InstanceId = id, Kind = TimerKind.Clock, Number = clock.Id, DueAt = due };
        }
        foreach (var item in instance.WorkItems)
        {
            yield return RowOf(instance, item);
            if (hasTimers && item.Ladder?.Next is { } rung) yield return new TimerRow { InstanceId = id, Kind = TimerKind.Ladder, Number = item.Number, DueAt = rung.DueAt };
            foreach (var copy in item.History?.Copies ?? [])
                yield return new CopyRow { InstanceId = id, Number = copy.Number, WorkItem = item.Number, UserId = copy.To.UserId, At = copy.At };
            foreach (var (position, piece) in item.Evidence.Index())
                yield return new EvidenceRow { InstanceId = id, WorkItem = item.Number, Position = position, Sha256 = piece.Sha256 };
        }
        foreach (var notice in Notifications(instance)) yield return notice;
        foreach (var pause in PauseRow.Of(instance)) yield return pause;
        foreach (var incident in instance.Incidents) yield return RowOf(id, incident, instance);
        if (instance.Task is not { } task) yield break;
        yield return RowOf(id, task, instance, definitionName);
        if (task.Evaluation is { } evaluation) yield return RowOf(id, evaluation);
        foreach (var row in TaskSummaries.Rows(instance, task, definitionName)) yield return row;
        foreach (var hand in Hands(instance)) yield return hand;
        yield return TaskTextRow.Of(instance, definitionName);
        foreach (var alarm in OpenAlarms(instance)) yield return alarm;
        foreach (var recurrence in Recurrences(instance)) yield return recurrence;
        foreach (var row in JointProjection.Rows(instance, task)) yield return row;
    }

    /// <summary>The row that makes an open task the one that alarms of its subject join; none for any other instance.</summary>
    public static IEnumerable<OpenAlarmRow> OpenAlarms(WorkflowInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance is { Task: { Alarms: not null, SubjectKey: { } subject } } && !instance.Status.IsFinal()
            ? [new() { DefinitionId = instance.Definition.DefinitionId, SubjectKey = subject, InstanceId = instance.Id }]
            : [];
    }

    /// <summary>The row that makes a task the one that repeats an earlier one; none for any other instance.</summary>
    public static IEnumerable<RecurrenceRow> Recurrences(WorkflowInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Task is { Earlier: { } earlier } task ? [new() { PreviousId = earlier.Id, InstanceId = instance.Id, Number = task.Number }] : [];
    }

    /// <summary>The clock that an item is judged by: its own, else that of its stage; in a part and in an order, which came with a deadline, else that of the task.</summary>
    public static SlaClock? ClockOf(WorkItem item, WorkflowInstance instance) =>
        instance.Clocks.LastOrDefault(clock => clock.WorkItem == item.Number)
        ?? instance.Clocks.LastOrDefault(clock => clock.Scope == ClockScope.Stage && clock.Stage == item.Stage?.ToString())
        ?? (instance.Task is { Part: not null } or { Order: not null } ? instance.Clocks.LastOrDefault(clock => clock.Scope == ClockScope.Task) : null);

    public static bool IsWarned(SlaClock clock) => clock.Rungs.Any(rung => rung.FiredAt is not null);

    private static IncidentRow RowOf(InstanceId id, Incident incident, WorkflowInstance instance) => new()
    {
        InstanceId = id,
        Number = incident.Id,
        DefinitionId = instance.Definition.DefinitionId,
        Node = incident.Node,
        Message = incident.Message,
        At = incident.At,
        IsOpen = incident.IsOpen,
    };

    private static IEnumerable<HandRow> Hands(WorkflowInstance instance) => Avoidance.WhoHandled(instance.WorkItems).Distinct().Select((hand, index) => new HandRow
    {
        InstanceId = instance.Id,
        Number = index + 1,
        UserId = hand.Person.UserId,
        UserName = hand.Person.Name,
        TeamId = hand.Team.Id,
        TeamName = hand.Team.Name,
        TeamKind = hand.Team.Kind,
    });

    /// <summary>Who has been told in their inbox by name: what they find there beside what is offered to their team.</summary>
    internal static IEnumerable<NotificationRow> Notifications(WorkflowInstance instance) =>
        from item in instance.WorkItems
        where item.Ladder is { End: null }
        from step in item.Ladder!.Steps
        where step.To != NoticeTarget.Candidates
        from notice in step.Notices
        where notice is { Channel: Channels.InApp, To: not null }
        select new NotificationRow { InstanceId = instance.Id, Number = notice.Number, WorkItem = item.Number, UserId = notice.To!.UserId, Rung = step.Id, At = notice.SentAt!.Value, ReadAt = notice.ReadAt };

    /// <summary>One item of a task, as its lists show it.</summary>
    public static WorkItemRow RowOf(WorkflowInstance instance, WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(item);
        var place = instance.Task?.Place ?? throw new InvariantBrokenException("a work item outside a task");
        var clock = ClockOf(item, instance);
        var holder = item.Holder ?? item.State switch
        {
            WorkItemState.Offered offered => offered.To,
            WorkItemState.Done done => done.By,
            WorkItemState.Returned returned => returned.By,
            WorkItemState.TakenBack taken => taken.By,
            _ => null,
        };
        return new()
        {
            InstanceId = instance.Id,
            Number = item.Number,
            Title = item.Content.Title,
            DefinitionId = instance.Definition.DefinitionId,
            Priority = instance.Task.Priority,
            AreaPath = place.AreaPath,
            HiddenUntil = instance.Task.HiddenUntil,
            JurisdictionCode = AreaLevels.Jurisdiction(place.AreaPath),
            StreetCode = AreaLevels.Street(place.AreaPath),
            Stage = item.Stage,
            TeamId = item.Team.Id,
            TeamName = item.Team.Name,
            TeamKind = item.Team.Kind,
            Status = item.Status,
            Role = item.Signing?.Role,
            HolderId = holder?.UserId,
            HolderName = holder?.Name,
            WaitsFor = item.State switch
            {
                WorkItemState.Delegated delegated => delegated.By.UserId,
                WorkItemState.Disputed disputed => disputed.Arbiter.Id,
                _ => null,
            },
            AssigneeId = item.Assignment?.To?.UserId,
            Turn = item.Assignment is { To: not null } assigned ? assigned.Turn : null,
            OfferedAt = item.OfferedAt,
            DoneAt = (item.State as WorkItemState.Done)?.At,
            Due = clock?.Due,
            OpenDue = item.IsOpen ? clock?.Due ?? DateTimeOffset.MaxValue : null,
            IsWarned = clock is not null && IsWarned(clock),
            IsBreached = clock?.BreachedAt is not null,
            IsPaused = clock?.IsPaused == true,
            UrgedAt = item.UrgedAt,
            UnansweredSince = item.Ladder?.UnansweredSince,
            Revision = item.Revision,
        };
    }

    private static TaskEvaluationRow RowOf(InstanceId id, TaskEvaluation evaluation) => new()
    {
        InstanceId = id,
        Round = evaluation.Round,
        Solved = evaluation.Figures.Solved,
        CauseConfirmed = evaluation.Figures.CauseConfirmed,
        SourceCategory = evaluation.Figures.SourceCategory,
        Effect = evaluation.Figures.Effect,
        EcologicalBenefit = evaluation.Figures.EcologicalBenefit,
        Satisfaction = evaluation.Figures.Satisfaction,
        Lessons = evaluation.Figures.Lessons,
        IsEffective = evaluation.Effect?.IsEffective,
        EffectMaximum = evaluation.Effect?.Maximum,
        IsDrawn = evaluation.Draw?.IsDrawn,
        DrawnFor = evaluation.Draw is { IsDrawn: true } draw ? draw.Reason : null,
    };

    private static TaskRow RowOf(InstanceId id, TaskState task, WorkflowInstance instance, string definitionName)
    {
        var due = instance.Clocks.Where(clock => clock.State == ClockState.Running).Min(clock => clock.Due);
        return new()
        {
            InstanceId = id,
            Number = task.Number,
            Subject = task.Subject,
            SubjectKey = task.SubjectKey,
            Alarms = task.Alarms?.Count ?? 0,
            Repeats = task.Earlier?.Repeats ?? 0,
            DefinitionId = instance.Definition.DefinitionId,
            DefinitionName = definitionName,
            AreaCode = task.Place.AreaCode,
            AreaName = task.Place.AreaName,
            AreaPath = task.Place.AreaPath,
            JurisdictionCode = AreaLevels.Jurisdiction(task.Place.AreaPath),
            StreetCode = AreaLevels.Street(task.Place.AreaPath),
            JurisdictionName = task.Place.JurisdictionName,
            Priority = task.Priority,
            IsOrdered = task.Ordered,
            RaisedById = task.RaisedBy?.UserId,
            HiddenUntil = task.HiddenUntil,
            Stage = task.Current?.Stage,
            StartedAt = instance.StartedAt,
            ClosedAt = instance.EndedAt,
            NextDue = due,
            OpenDue = instance.EndedAt is null ? due ?? DateTimeOffset.MaxValue : null,
            OpenSince = instance.EndedAt is null ? instance.StartedAt : null,
            IsWarned = instance.Clocks.Any(IsWarned),
            IsBreached = instance.Clocks.Any(clock => clock.BreachedAt is not null),
            IsPaused = due is null && instance.Clocks.Any(clock => clock.IsPaused),
            EscalatedTo = string.Join(',', task.EscalatedTo),
            Revision = instance.Revision,
        };
    }
}
