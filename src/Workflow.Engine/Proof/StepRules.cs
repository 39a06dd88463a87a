using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Proof;

/// <summary>What may not happen in one burst of a stage.</summary>
internal static class StepRules
{
    public static IEnumerable<Violation> Check(Node stage, WorkflowDefinition definition, Step.Advanced step, Func<Node, IReadOnlyList<string>> path)
    {
        foreach (var fault in step.Facts.OfType<Fact.TokenFaulted>())
            if (definition.Nodes[fault.Incident.Node] is var node && !MayFail(node))
                yield return Violation.At(node.Pointer, "an activity that can do its part", $"a fault ({fault.Incident.Message})", path(node));

        var hasEnded = false;
        foreach (var fact in step.Facts)
        {
            if (hasEnded && BegunAfterwards(fact) is { } node && node != definition.Root.Id)
                yield return Violation.At(definition.Nodes[node].Pointer, "nothing that runs after its stage has ended", $"'{definition.Nodes[node].ActivityId}'", path(definition.Nodes[node]));
            hasEnded |= fact is Fact.StageEnded;
        }
        var stays = step.After.Tokens.Any(token => token.Node == stage.Id);
        if (hasEnded && stays) yield return Violation.At(stage.Pointer, "nothing that runs after its stage has ended", $"'{stage.ActivityId}'", path(stage));
        if (!hasEnded && !stays) yield return Violation.At(stage.Pointer, "no way round the end of the stage and post-evaluation", "one", path(stage));
    }

    /// <summary>It is there to fail, or whether it fails hangs on values that are not known here: a person decides then.</summary>
    private static bool MayFail(Node node) =>
        node.Type.Descriptor.IsExit || node.Inputs.Any(input => input.Value.Expression is not Expression.Literal && !HasSafeSamples(node, input.Key));

    private static bool HasSafeSamples(Node node, string input) =>
        node.Type.Descriptor.Inputs.FirstOrDefault(declared => string.Equals(declared.Name, input, StringComparison.OrdinalIgnoreCase)) is { TypeName: "String" or "Boolean" };

    private static string? BegunAfterwards(Fact fact) => fact switch
    {
        Fact.TokenCreated created => created.Node,
        Fact.BookmarkCreated created => created.Bookmark.Node,
        Fact.ItemOffered offered => offered.Item.Node,
        _ => null,
    };
}
