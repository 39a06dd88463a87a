using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>Rules about names: what an expression reads and an output is bound to has to be there.</summary>
internal static class VariableRules
{
    public static void Check(Node node, DefinitionCheck check)
    {
        foreach (var input in node.Inputs.Values) CheckExpression(node, input.Expression, $"{input.Pointer}/expression/value", check);
        foreach (var (index, one) in node.Cases.Index()) CheckExpression(node, one.Condition, $"{node.Pointer}/cases/{index}/condition/value", check);
        foreach (var (output, target) in node.Outputs)
            if (!check.Declares(node, target) && !check.OutputsAround(node).Contains(target))
                check.Warn($"{node.Pointer}/{output}/memoryReference/id", $"a variable or an output of the workflow: {Names(check.VariablesSeenBy(node).Concat(check.OutputsAround(node)))}", $"'{target}'");
    }

    private static void CheckExpression(Node node, Expression expression, string pointer, DefinitionCheck check)
    {
        switch (expression)
        {
            case Expression.Variable variable when !check.Declares(node, variable.Name) && !check.Definition.VariablesSet.Contains(variable.Name):
                check.Error(pointer, $"a variable that is declared around this activity: {Names(check.VariablesSeenBy(node))}", $"'{variable.Name}'");
                break;
            case Expression.Input input when !check.InputsAround(node).Contains(input.Name, StringComparer.OrdinalIgnoreCase):
                check.Error(pointer, $"an input of the workflow: {Names(check.InputsAround(node))}", $"'{input.Name}'");
                break;
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Distinct()) is { Length: > 0 } list ? list : "there is none";
}
