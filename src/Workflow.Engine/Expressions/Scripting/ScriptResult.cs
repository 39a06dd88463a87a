using System.Text.Json;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>What a script gave.</summary>
/// <param name="Value">The value as JSON; null when the script gave undefined or a function.</param>
/// <param name="Steps">Steps used, of <see cref="ScriptLimits.MaxSteps"/>.</param>
/// <param name="Bytes">Bytes made, of <see cref="ScriptLimits.MaxBytes"/>.</param>
public sealed record ScriptResult(JsonElement? Value, long Steps, long Bytes)
{
    public bool IsUndefined => Value is null;
}
