using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Features.Tasks;

internal enum TimelineKind
{
    TaskStarted,
    StageEntered,
    StageEnded,
    WorkItemOffered,
    WorkItemClaimed,
    WorkItemReleased,
    WorkItemWithdrawn,
    EvidenceAttached,
    WorkItemCompleted,
    WorkItemCommanded,
    EffectMeasured,
    SampleDrawn,
    WorkItemNotNeeded,
    JointSignDecided,
    RungFired,
    ClockBreached,
    BreachAnnulled,
    PauseCapped,

    /// <summary>The calendar has changed by which the longest time of a pause is reckoned.</summary>
    PauseCapMoved,
    PriorityChanged,

    /// <summary>A calendar or a policy has changed, or the work came to a team with another calendar.</summary>
    ClockRecounted,
    IncidentRaised,
    TaskClosed,
    TaskAnnotated,
    PartHandedDown,
    PartReported,
    PartTakenBack,
    PartAccepted,
    FeedbackGiven,
    TaskOrdered,
    OrderFeedback,
    OrderReminded,
    OrderPressed,
}

/// <summary>One thing that happened, as a person would tell it. Which members are set depends on <see cref="Kind"/>.</summary>
internal sealed record TimelineEntry(string Id, DateTimeOffset At, TimelineKind Kind, Person? Actor)
{
    public StageName? Stage { get; init; }

    public string? WorkItemId { get; init; }

    public string? Title { get; init; }

    public string? Team { get; init; }

    public string? Outcome { get; init; }

    public StageName? ReturnTo { get; init; }

    public string? Reason { get; init; }

    /// <summary>What was done to the work item, beyond claiming, releasing and completing it.</summary>
    public WorkItemCommand? Command { get; init; }

    public string? ToTeam { get; init; }

    public Person? ToPerson { get; init; }

    public string? Amount { get; init; }

    public bool? Approved { get; init; }

    public JsonObject? Values { get; init; }

    /// <summary>What people call the members of <see cref="Values"/>, by name.</summary>
    public IReadOnlyDictionary<string, string>? Titles { get; init; }

    public EvidenceView? Evidence { get; init; }

    public ClockScope? ClockScope { get; init; }

    public string? RungId { get; init; }

    public RungAction? Action { get; init; }

    public string? To { get; init; }

    /// <summary>Of a clock: as it was then. Of a cap that moved: when the clocks go on now.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Of a clock that was counted again: when it was due before; of a cap that moved: when it was reached before.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Of a suspension: what was written beside its reason.</summary>
    public string? Note { get; init; }

    /// <summary>Whom the actor stood in for.</summary>
    public Person? For { get; init; }

    /// <summary>Who was chosen for an item that is offered, and why.</summary>
    public Assignment? Assignment { get; init; }

    /// <summary>The entries of one burst; facts that only the engine needs have none.</summary>
    /// <param name="task">The task as it is now, for items and clocks that facts name by number.</param>
    /// <param name="definition">Its definition, for the titles of fields.</param>
    public static IEnumerable<TimelineEntry> Of(JournalRow burst, StoredShapes shapes, WorkflowInstance task, WorkflowDefinition definition)
    {
        var actor = Person.Of(burst.ActorId, burst.ActorName);
        foreach (var (index, fact) in shapes.Read<List<Fact>>(StoredShapes.Facts, burst.Facts, burst.Schema).Index())
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{burst.Revision}.{index}");
            if (Of(fact, burst.At, kind => new(id, burst.At, kind, actor), task, definition) is { } entry) yield return entry;
        }
    }

    private static TimelineEntry? Of(Fact fact, DateTimeOffset at, Func<TimelineKind, TimelineEntry> entry, WorkflowInstance task, WorkflowDefinition definition)
    {
        TimelineEntry About(TimelineKind kind, int number)
        {
            var item = task.WorkItems.First(candidate => candidate.Number == number);
            return entry(kind) with { WorkItemId = new WorkItemId(task.Id, number).ToString(), Title = item.Content.Title, Stage = item.Stage, Team = item.Team.Name };
        }

        TimelineEntry AboutClock(TimelineKind kind, int number)
        {
            var clock = task.Clocks.First(candidate => candidate.Id == number);
            return entry(kind) with { Actor = null, ClockScope = clock.Scope, Stage = Enum.TryParse<StageName>(clock.Stage, out var stage) ? stage : null, Due = clock.Due };
        }

        switch (fact)
        {
            case Fact.InstanceStarted started:
                return entry(TimelineKind.TaskStarted) with { Title = started.Task?.Subject, Values = Object(started.Input), Titles = TitlesOf(definition) };
            case Fact.StageEntered entered:
                return entry(TimelineKind.StageEntered) with { Stage = entered.Stage };
            case Fact.StageEnded ended:
                return entry(TimelineKind.StageEnded) with { Stage = ended.Stage, Outcome = JsonNamingPolicy.CamelCase.ConvertName(ended.Outcome.ToString()), ReturnTo = ended.ReturnTo, Reason = ended.Reason };
            case Fact.ItemOffered { Item: { Signing: { AddedBy: not null } part } added }:
                return About(TimelineKind.WorkItemCommanded, added.Number) with { Command = WorkItemCommand.AddSigner, Reason = part.Reason, Team = null, ToTeam = added.Team.Name, ToPerson = part.Person };
            case Fact.ItemOffered offered:
                return About(TimelineKind.WorkItemOffered, offered.Item.Number) with { Actor = null, Team = offered.Item.Team.Name, ToPerson = PersonOf(offered.Item.State), For = offered.Item.For, Assignment = offered.Item.Assignment };
            case Fact.ItemClaimed claimed:
                return About(TimelineKind.WorkItemClaimed, claimed.Item) with { For = claimed.For };
            case Fact.ItemReleased released:
                return About(TimelineKind.WorkItemReleased, released.Item);
            case Fact.ItemWithdrawn withdrawn:
                return About(TimelineKind.WorkItemWithdrawn, withdrawn.Item) with { Actor = null };
            case Fact.ItemNotNeeded spared:
                return About(TimelineKind.WorkItemNotNeeded, spared.Item) with { Actor = null };
            case Fact.SignDecided decided:
                return About(TimelineKind.JointSignDecided, decided.Item) with { Actor = null, Outcome = decided.Decision.Outcome, Amount = $"{decided.Decision.Agreed}/{decided.Decision.Of}" };
            case Fact.ItemEvidenceAttached attached:
                return About(TimelineKind.EvidenceAttached, attached.Item) with { Evidence = EvidenceView.Of(attached.Evidence, new(task.Id, attached.Item)) };
            case Fact.ItemCompleted completed:
                return About(TimelineKind.WorkItemCompleted, completed.Item) with
                {
                    Outcome = completed.Outcome,
                    For = completed.For,
                    Values = Object(completed.Values),
                    Titles = task.WorkItems.First(item => item.Number == completed.Item).Content.Form is { } form ? definition.Forms[form].Titles : null,
                };
            case Fact.ItemMoved moved:
                return About(TimelineKind.WorkItemCommanded, moved.Item) with { Command = moved.Command, Reason = moved.Reason, Team = moved.Before.Team.Name, ToTeam = moved.After.Team.Name, ToPerson = PersonOf(moved.After.State), For = moved.For, Note = (moved.After.State as WorkItemState.Suspended)?.Note };
            case Fact.ItemUrgedBy urged:
                return About(TimelineKind.WorkItemCommanded, urged.Item) with { Command = WorkItemCommand.Urge, Reason = urged.Note };
            case Fact.ExtensionAsked asked:
                return About(TimelineKind.WorkItemCommanded, asked.Item) with { Command = WorkItemCommand.AskExtension, Reason = asked.Reason, Amount = asked.Amount };
            case Fact.ExtensionDecided decided:
                return About(TimelineKind.WorkItemCommanded, decided.Item) with { Command = WorkItemCommand.DecideExtension, Reason = decided.Reason, Approved = decided.IsApproved };
            case Fact.PauseDecided decided:
                return About(TimelineKind.WorkItemCommanded, decided.Item) with { Command = WorkItemCommand.DecidePause, Reason = decided.Reason, Approved = decided.IsApproved };
            case Fact.PauseCapMoved moved:
                return About(TimelineKind.PauseCapMoved, moved.Item) with { Actor = Person.Of(moved.Approved?.ApproverId, moved.Approved?.ApproverName), DueBefore = moved.Before, Due = moved.After, Reason = moved.Approved?.Reason };
            case Fact.ItemReassigned given:
                return About(TimelineKind.WorkItemCommanded, given.Item) with
                {
                    Actor = null, Command = WorkItemCommand.Reassign, RungId = given.Rung, Team = given.Before.Team.Name, ToTeam = given.After.Team.Name, ToPerson = PersonOf(given.After.State), For = given.After.For, Assignment = given.Assignment,
                };
            case Fact.TaskPriorityChanged changed:
                return entry(TimelineKind.PriorityChanged) with { Actor = changed.By, Outcome = JsonNamingPolicy.CamelCase.ConvertName(changed.After.ToString()), Reason = changed.Reason };
            case Fact.ItemCopied copied:
                return About(TimelineKind.WorkItemCommanded, copied.Item) with { Command = WorkItemCommand.Copy, ToPerson = copied.To };
            case Fact.ItemCommented commented:
                return About(TimelineKind.WorkItemCommanded, commented.Item) with { Command = WorkItemCommand.Comment, Reason = commented.Text };
            case Fact.EffectMeasured measured:
                return entry(TimelineKind.EffectMeasured) with { Actor = null, Values = Object(measured.Finding) };
            case Fact.SampleDrawn drawn:
                return entry(TimelineKind.SampleDrawn) with { Actor = null, Values = Object(drawn.Draw) };
            case Fact.RungFired fired:
                var of = task.Clocks.First(clock => clock.Id == fired.Clock);
                var rung = of.Rungs.First(candidate => candidate.Id == fired.Rung);
                return AboutClock(TimelineKind.RungFired, fired.Clock) with { RungId = rung.Id, Action = rung.Do, To = rung.To, Due = DueWhenFired(of, rung, at) };
            case Fact.ClockBreached breached:
                return AboutClock(TimelineKind.ClockBreached, breached.Clock) with { Due = breached.DueAt };
            case Fact.BreachAnnulled annulled:
                return AboutClock(TimelineKind.BreachAnnulled, annulled.Clock) with { Due = annulled.DueAt };
            case Fact.PauseCapped capped:
                return AboutClock(TimelineKind.PauseCapped, capped.Clock) with { Due = capped.Reading.Due };
            // A clock that waits has no other due time before it goes on.
            case Fact.ClockRecounted { Change: { After: not null } change } recounted when change.Before != change.After:
                return AboutClock(TimelineKind.ClockRecounted, recounted.Clock) with
                {
                    Actor = Person.Of(change.Approved?.ApproverId, change.Approved?.ApproverName),
                    DueBefore = change.Before, Due = change.After, Reason = change.Text, Outcome = JsonNamingPolicy.CamelCase.ConvertName(change.Why.ToString()),
                };
            case Fact.TokenFaulted faulted:
                return entry(TimelineKind.IncidentRaised) with { Actor = null, Title = faulted.Incident.Node, Reason = faulted.Incident.Message };
            case var _ when JointWork.JointTimeline.Of(fact, entry, task) is { } joint:
                return joint;
            case Fact.TaskAnnotated annotated:
                return entry(TimelineKind.TaskAnnotated) with { Title = annotated.Text };
            case Fact.InstanceEnded:
                return entry(TimelineKind.TaskClosed);
            default:
                return null;
        }
    }

    /// <summary>When a clock was due as one of its rungs fired: what moved it later, or by this rung, had not moved it.</summary>
    private static DateTimeOffset? DueWhenFired(SlaClock clock, Rung rung, DateTimeOffset at) =>
        clock.Changes.FirstOrDefault(change => change.At > at || (change.At == at && change.Why == ClockChangeReason.PriorityChanged && rung.Do == RungAction.RaisePriority)) is { } moved ? moved.Before : clock.Due;

    private static Person? PersonOf(WorkItemState state) => state switch
    {
        WorkItemState.Offered offered => offered.To,
        WorkItemState.Claimed claimed => claimed.By,
        WorkItemState.Delegated delegated => delegated.By,
        _ => null,
    };

    private static Dictionary<string, string> TitlesOf(WorkflowDefinition definition) =>
        definition.Inputs.ToDictionary(input => input.Name, input => input.DisplayName ?? input.Name);

    private static JsonObject? Object<T>(T values) => JsonSerializer.SerializeToNode(values, InstanceJson.Options) as JsonObject;
}

internal sealed record TimelinePage(IReadOnlyList<TimelineEntry> Items, string? Next);
