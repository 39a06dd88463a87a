using System.Globalization;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Proof;

/// <summary>Whether a work item that is offered may be given to its team, and whether what it asks for can be given.</summary>
internal sealed class ItemRules(WorkflowDefinition definition, DefinitionCheck check, World world)
{
    public IEnumerable<Violation> Check(Step.Advanced step, Func<Node, IReadOnlyList<string>> path)
    {
        foreach (var item in step.Facts.OfType<Fact.ItemOffered>().Select(fact => fact.Item))
        {
            var node = definition.Nodes[item.Node];
            var kind = node.LiteralText(AdmissionList.ItemInput);
            if (check.Admission?.Mismatch(kind, item.Team.Kind.ToString()) is { } expected)
                yield return Violation.At($"{node.Pointer}/{AdmissionList.ItemInput}", expected, kind is null ? "nothing" : $"'{kind}'", path(node));
            foreach (var (evidence, wanted) in item.Content.EvidenceRequired.Where(required => required.Value > check.Limits.EvidencePieces))
                yield return Violation.At(
                    $"{node.Pointer}/evidence", $"at most {check.Limits.EvidencePieces} × {evidence} (setting Definitions:{nameof(DefinitionLimits.EvidencePieces)})",
                    wanted.ToString(CultureInfo.InvariantCulture), path(node));
        }
    }

    /// <summary>The state in which every item is claimed and has its evidence: neither decides where the stage goes on to.</summary>
    public WorkflowInstance Claimed(WorkflowInstance state)
    {
        foreach (var item in state.WorkItems.Where(item => item.State is WorkItemState.Offered))
        {
            var by = ProofWorld.MemberOf(item);
            Do(new Stimulus.WorkItemClaimed(item.Number, item.Revision) { At = state.UpdatedAt, By = by });
            foreach (var (kind, wanted) in item.Content.EvidenceRequired)
                for (var piece = 0; piece < wanted; piece++)
                    Do(new Stimulus.EvidenceAttached(item.Number, EvidenceOf(kind, piece, state.UpdatedAt)) { At = state.UpdatedAt, By = by });
        }
        return state;

        void Do(Stimulus stimulus)
        {
            if (Transition.Apply(definition, state, stimulus, world) is Step.Advanced step) state = step.After;
        }
    }

    /// <summary>An item that its own team cannot complete.</summary>
    public Violation CannotComplete(WorkflowInstance state, Stimulus.WorkItemCompleted stimulus, Rejection why, IReadOnlyList<string> path)
    {
        var item = state.WorkItems.First(item => item.Number == stimulus.Item);
        var node = definition.Nodes[item.Node];
        return why is { Reason: Reason.ValuesInvalid, Problems: [var problem, ..] }
            ? Violation.At($"{node.Pointer}/form", "a form that can be filled in", $"'{item.Content.Form}', in which {problem.Pointer["/values".Length..]} has no value: expected {problem.Expected}, found {problem.Found}", path)
            : Violation.At(node.Pointer, $"a work item that can be completed with '{stimulus.Outcome}'", $"{why.Reason}: expected {why.Expected}, found {why.Found}", path);
    }

    private static Evidence EvidenceOf(EvidenceKind kind, int piece, DateTimeOffset at)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{kind}-{piece}");
        return new(id, kind, "application/octet-stream", 1, id, id, at, ProofWorld.Person);
    }
}
