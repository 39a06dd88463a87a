using System.Text.Json;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// The instance as a script sees it. Reads happen while the script runs. Writes are held back: they arrive here, in the order in which
/// the script first made them, only when the whole script has succeeded.
/// </summary>
public abstract class ScriptHost
{
    /// <summary>The time of the stimulus: what <c>new Date()</c> and <c>Date.now()</c> give.</summary>
    public abstract DateTimeOffset At { get; }

    /// <summary>The seed of <c>Math.random()</c> and of the guids; differs for each evaluation, and is the same when it is repeated.</summary>
    public abstract ulong Seed { get; }

    public virtual ScriptInstance Instance => ScriptInstance.None;

    /// <summary>Names of the variables in scope, the innermost first.</summary>
    public abstract IReadOnlyCollection<string> VariableNames { get; }

    /// <returns>The value; null when the variable has none or does not exist.</returns>
    public abstract JsonElement? ReadVariable(string name);

    public abstract void WriteVariable(string name, JsonElement? value);

    public virtual IReadOnlyCollection<string> InputNames => [];

    public virtual JsonElement? ReadInput(string name) => null;

    /// <summary>The outputs for which there is a function <c>get…From…()</c>.</summary>
    public virtual IReadOnlyCollection<ScriptOutput> Outputs => [];

    /// <param name="output">The name of the output, or null for the only or default one.</param>
    public virtual JsonElement? ReadOutput(string activityIdOrName, string? output) => null;

    public virtual JsonElement? LastResult => null;

    /// <summary>What <c>args</c> holds.</summary>
    public virtual IReadOnlyDictionary<string, JsonElement> Arguments => System.Collections.Frozen.FrozenDictionary<string, JsonElement>.Empty;

    public virtual void SetCorrelationId(string? value)
    {
    }

    public virtual void SetInstanceName(string? value)
    {
    }

    public virtual void SetOutcomes(IReadOnlyList<string> names)
    {
    }
}

/// <summary>An output of an activity that a script may read.</summary>
public sealed record ScriptOutput(string ActivityId, string? ActivityName, string Name);

/// <summary>The facts about the instance that the functions <c>getWorkflow…</c> and <c>getCorrelationId</c> give.</summary>
public sealed record ScriptInstance(
    string? InstanceId, string? InstanceName, string? CorrelationId, string? DefinitionId, string? DefinitionVersionId, int Version)
{
    public static readonly ScriptInstance None = new(null, null, null, null, null, 0);
}
