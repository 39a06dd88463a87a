using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

internal enum SwitchMode
{
    MatchFirst,
    MatchAny,
}

/// <summary>What the two switches share: their cases and how they match.</summary>
internal static class SwitchCases
{
    public static readonly InputDescriptor Mode =
        new("mode", "String") { Summary = "The first case that holds, or all of them; MatchFirst without it.", Options = Enum.GetNames<SwitchMode>() };

    public static IEnumerable<NodeCase> Matching(ActivityContext context)
    {
        var takesAll = Values.ToEnum<SwitchMode>(context.Text("mode")) == SwitchMode.MatchAny;
        foreach (var one in context.Node.Cases)
        {
            if (!Values.IsTrue(context.Evaluate(one.Condition))) continue;
            yield return one;
            if (!takesAll) yield break;
        }
    }
}

/// <summary><c>Elsa.FlowSwitch</c>: goes on at the first case that holds, or at all that hold, or at <c>Default</c>.</summary>
public sealed class FlowSwitch : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.FlowSwitch")
    {
        Category = "Control flow",
        Summary = "Goes on at the first case that holds, at all that hold, or at Default.",
        HasCases = true,
        Inputs = [SwitchCases.Mode],
    };

    public override IReadOnlyList<string> Outcomes(Node node) => [.. node.Cases.Select(one => one.Label), "Default"];

    public override void Execute(ActivityContext context)
    {
        var labels = SwitchCases.Matching(context).Select(one => one.Label).ToList();
        context.Complete(labels.Count == 0 ? ["Default"] : [.. labels]);
    }
}
