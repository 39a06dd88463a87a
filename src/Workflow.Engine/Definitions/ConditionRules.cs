using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>Rules about literals where Elsa runs on with anything: a condition that is no Boolean never holds, and nobody meant that.</summary>
internal static class ConditionRules
{
    public static void Check(Node node, DefinitionCheck check)
    {
        foreach (var input in node.Type.Descriptor.Inputs.Where(input => input.IsTolerant))
            if (node.Literal(input.Name) is { } value && input.Mismatch(value) is { } wanted) check.ErrorInTask(node.Inputs[input.Name].ValuePointer, wanted, value.Describe());
        foreach (var (index, one) in node.Cases.Index())
            if (one.Condition is Expression.Literal { Value: var value } && Values.Convert(value, TypeName.Boolean) is null)
                check.ErrorInTask($"{node.Pointer}/cases/{index}/condition", $"a value of type {TypeName.Boolean.Alias}", value.Describe());
    }
}
