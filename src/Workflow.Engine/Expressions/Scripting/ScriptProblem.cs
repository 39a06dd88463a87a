namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Why a script is refused before it ever runs. Line and column count from one.</summary>
public sealed record ScriptProblem(int Line, int Column, string Expected, string Found)
{
    /// <summary>What was found, and where in the script.</summary>
    public string FoundWhere => $"{Found} (line {Line}, column {Column})";

    public override string ToString() => $"line {Line}, column {Column}: expected {Expected}, found {Found}";
}
