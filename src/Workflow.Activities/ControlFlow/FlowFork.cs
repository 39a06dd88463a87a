using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary><c>Elsa.FlowFork</c>: goes on at every branch at once.</summary>
public sealed class FlowFork : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.FlowFork")
    {
        Category = "Control flow",
        Summary = "Goes on at every branch at once.",
        TakesEveryPort = true,
        Inputs = [new("branches", "String[]", IsRequired: true) { Summary = "Names of the branches, which are its ports." }],
    };

    public override void Execute(ActivityContext context) => context.Complete(Branches(context.Node));

    public override IReadOnlyList<string> Outcomes(Node node) => Branches(node);

    private static string[] Branches(Node fork) => fork.Derive(static node =>
        node.Literal("branches") is { ValueKind: JsonValueKind.Array } branches && branches.GetArrayLength() > 0 ? branches.EnumerateArray().Select(branch => branch.GetString() ?? "").ToArray() : ["Done"]);

    public override void Check(Node node, DefinitionCheck check)
    {
        if (node.Literal("branches") is null) check.Error($"{node.Pointer}/branches", "a list of branch names that stands in the document", "an expression");
    }
}
