using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Definitions;

/// <summary>Rules about the names that scripts use. What a script may be at all is decided when it is parsed.</summary>
internal static class ScriptRules
{
    public static void Check(Node node, DefinitionCheck check)
    {
        foreach (var (pointer, script) in node.Type.Scripts(node)) Check(node, pointer, script.References, check);
    }

    private static void Check(Node node, string pointer, ScriptReferences names, DefinitionCheck check)
    {
        string[] variables = [.. check.VariablesSeenBy(node), .. check.Definition.VariablesSet];
        string[] inputs = [.. check.InputsAround(node)];
        foreach (var name in names.UnknownGlobals(variables, inputs, check.Definition.ScriptOutputs))
            if (ScriptNames.Accessor(name, "get") is not null || ScriptNames.Accessor(name, "set") is not null)
                check.Warn(pointer, "functions of variables, inputs and outputs that are there", $"'{name}'");
            else check.Error(pointer, "functions that scripts have, see docs/javascript.md", $"'{name}'");
        foreach (var name in names.VariablesRead.Except(variables).Except(names.VariablesWritten))
            check.Warn(pointer, "a variable that is declared around this activity", $"'{name}'");
        foreach (var name in names.VariablesWritten.Where(name => !check.Declares(node, name)))
            check.Warn(pointer, "a variable that is declared around this activity", $"'{name}', which becomes a variable of the workflow");
        foreach (var name in names.InputsRead.Where(name => !inputs.Contains(name, StringComparer.OrdinalIgnoreCase)))
            check.Warn(pointer, "an input of the workflow", $"'{name}'");
    }
}
