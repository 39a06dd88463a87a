using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Features.WorkItems;

/// <summary>A reason for which a clock of an item stops while it is suspended, as the nearest of its clocks takes it.</summary>
/// <param name="Basis">The article or rule.</param>
/// <param name="Note">A note has to be given.</param>
/// <param name="Evidence">A piece of the item's evidence has to be given.</param>
/// <param name="Approval">The role of who approves; null for nobody.</param>
/// <param name="Cap">The longest pause; null for no end.</param>
/// <param name="Times">How often one step may be paused for it.</param>
internal sealed record PauseReasonView(
    string Id, string NameZh, string NameEn, PauseKind Kind, string? Basis, bool Note, bool Evidence, string? Approval, string? Cap, int? Times, bool TaskGoesOn)
{
    public static PauseReasonView Of(PauseReason reason) => new(
        reason.Id, reason.NameZh, reason.NameEn, reason.Kind, reason.Basis, reason.NeedsNote, reason.NeedsEvidence, reason.Approval, reason.Cap, reason.Times, reason.TaskGoesOn);

    /// <param name="clocks">Of one item, the nearest first.</param>
    public static IReadOnlyList<PauseReasonView> Of(IEnumerable<SlaClock> clocks, WorkflowDefinition definition, PauseCatalog catalog) =>
    [
        .. clocks.SelectMany(clock => definition.Nodes.TryGetValue(clock.Node, out var node) ? SlaDeclaration.Of(node)?.PauseReasons ?? [] : [])
            .DistinctBy(declared => declared.Reason).Select(declared => Of(declared.Under(catalog))),
    ];
}

/// <param name="Approval">The role of who decides.</param>
internal sealed record PauseRequestView(string Reason, string? Note, IReadOnlyList<string> Evidence, string Approval, Person By, DateTimeOffset At)
{
    public static PauseRequestView? Of(WorkItem item) =>
        item.UndecidedPause is { Approval: { } role } asked ? new(asked.Reason, asked.Note, asked.Evidence, role, asked.By, asked.At) : null;
}
