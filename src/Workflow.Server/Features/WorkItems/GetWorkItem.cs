using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

internal sealed record OutcomeView(string Name, string? Title);

/// <param name="Form">JSON Schema of the form, in the subset that this API documents; null when there is none.</param>
/// <param name="EvidenceRequired">Least number of pieces by kind.</param>
/// <param name="Actions">What the caller may do to it as it stands. What a command itself asks for is checked when it comes.</param>
/// <param name="ClaimRefused">Why the caller may not claim an offered item, by which rule.</param>
/// <param name="ReturnTargets">Where it may be sent back to, for who may.</param>
/// <param name="PauseReasons">Reasons for which a clock of it stops while it is suspended.</param>
/// <param name="Assignment">Who was chosen when it was offered, and why; null where nobody was to be chosen.</param>
/// <param name="For">Whom the person who has it, or whom it is offered to, stands in for.</param>
/// <param name="Certificates">Kinds of certificates that whoever works on it has to hold.</param>
/// <param name="RoutedByTask">Number of the task in which it was ruled whose such items are.</param>
internal sealed record WorkItemView(
    WorkItemCard Card, string? Instructions, JsonElement? Form, IReadOnlyList<OutcomeView> Outcomes, IReadOnlyDictionary<string, int> EvidenceRequired,
    IReadOnlyList<EvidenceView> Evidence, IReadOnlyList<ClockView> Clocks, string? Outcome, JsonElement? Values,
    IReadOnlyList<WorkItemCommand> Actions, RefusalView? ClaimRefused, IReadOnlyList<ReturnTargetView> ReturnTargets, IReadOnlyList<PauseReasonView> PauseReasons,
    ItemWaitView? Waiting, ExtensionView? OpenExtension, string? RoutedByTask, IReadOnlyList<HistoryEntry> History,
    Assignment? Assignment, Person? For, IReadOnlyList<string>? Certificates)
{
    /// <summary>The joint sign that it is a part of; null for an item by itself.</summary>
    public JointSignView? JointSign { get; init; }

    /// <summary>A request for a pause that nobody has decided.</summary>
    public PauseRequestView? OpenPause { get; init; }

    /// <summary>How people were told that it is offered, of the offer that stands or of the last one; null where nobody was.</summary>
    public DeliveryLadder? Ladder { get; init; }

    /// <summary>Since when everybody of the ladder was told and nobody has claimed it.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }
}

internal static class GetWorkItem
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("work-items/{id}", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemView>().WithSummary("One work item with its form, evidence and clocks");

    internal static async Task<IResult> HandleAsync(
        string id, Caller caller, InstanceReader reader, DefinitionLibrary library, CalendarLibrary calendars, PauseCatalog pauses, TimeProvider time,
        CancellationToken cancel)
    {
        if (!WorkItemId.TryParse(id, out var key) || await reader.FindTaskAsync(key.Instance, caller, cancel) is not { } task) return ProblemResults.NotFound("a work item", Reason.WorkItemUnknown);
        if (task.WorkItems.FirstOrDefault(candidate => candidate.Number == key.Number) is not { } item) return ProblemResults.NotFound("a work item", Reason.WorkItemUnknown);
        var definition = await library.FindAsync(task.Definition, cancel);
        var done = item.State as WorkItemState.Done;
        return Results.Ok(new WorkItemView(
            WorkItemCard.Of(item, task, caller), item.Content.Instructions,
            item.Content.Form is { } form ? definition!.Forms[form].Json : null,
            [.. item.Content.Outcomes.Select(outcome => new OutcomeView(outcome, null))],
            item.Content.EvidenceRequired.ToDictionary(required => JsonNamingPolicy.CamelCase.ConvertName(required.Key.ToString()), required => required.Value),
            [.. item.Evidence.Select(piece => EvidenceView.Of(piece, key))],
            [.. ClocksOf(item, task).Select(clock => ClockView.Of(clock, task.Id, calendars.Calendars, time.GetUtcNow()))],
            done?.Outcome, done?.Values,
            WorkItemActions.Of(task, item, caller.Actor), RefusalView.OfClaim(task, item, caller.Actor),
            WorkItemActions.MayDo(task, item, WorkItemCommand.Return, caller.Actor) ? [.. ReturnTarget.Of(definition!, task, item).Select(target => new ReturnTargetView(target.Key, target.Stage, target.Title))] : [],
            PauseReasonView.Of(ClocksOf(item, task).Where(clock => clock.IsOpen && clock.Target is not SlaTarget.Fixed).OrderByDescending(clock => clock.Scope), definition!, pauses),
            ItemWaitView.Of(item), ExtensionView.OfOpen(item), item.RoutedBy?.TaskNumber, HistoryEntry.Of(item),
            item.Assignment, item.For, item.Content.Certificates)
        {
            JointSign = JointSignView.Of(task, item, caller.Actor),
            OpenPause = PauseRequestView.Of(item),
            Ladder = item.Ladder,
            UnansweredSince = item.Ladder?.UnansweredSince,
        });
    }

    private static IEnumerable<SlaClock> ClocksOf(WorkItem item, WorkflowInstance task) => task.Clocks.Where(clock =>
        clock.WorkItem == item.Number || clock.Scope == ClockScope.Task || (clock.Scope == ClockScope.Stage && clock.Stage == item.Stage?.ToString()));
}
