namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// Scripts with one set of limits. The whole of what an expression needs:
/// <code>
/// var script = Script.Parse(text, out var problem);           // once, with the definition
/// var value = sandbox.Evaluate(script, host).Value;           // in a burst, any number of times
/// </code>
/// A <see cref="ScriptErrorException"/> and a <see cref="ScriptLimitException"/> are decided outcomes: an incident at the activity. A
/// <see cref="ScriptHardStopException"/> is not: it must leave the core, and the burst is rolled back and tried again.
/// </summary>
/// <param name="mustStop">
/// Made anew for each evaluation by the shell, which alone may read a clock: it answers whether the time of this evaluation is used up.
/// Null, as in tests and simulations, never stops a script; the limits alone then bound it.
/// </param>
public sealed class ScriptSandbox(ScriptLimits limits, Func<Func<bool>>? mustStop = null)
{
    /// <summary>The default limits, and nothing that stops a script but them.</summary>
    public static readonly ScriptSandbox Default = new(ScriptLimits.Default);

    /// <param name="stepsBefore">Steps that other scripts of the same burst have used.</param>
    public ScriptResult Evaluate(Script script, ScriptHost host, long stepsBefore = 0)
    {
        var left = limits.MaxStepsPerBurst - stepsBefore;
        if (left <= 0) throw new ScriptLimitException(nameof(ScriptLimits.MaxStepsPerBurst), limits.MaxStepsPerBurst, stepsBefore);
        if (left >= limits.MaxSteps) return script.Evaluate(host, limits, mustStop?.Invoke());
        try
        {
            return script.Evaluate(host, limits with { MaxSteps = left }, mustStop?.Invoke());
        }
        catch (ScriptLimitException reached) when (reached.Limit == nameof(ScriptLimits.MaxSteps))
        {
            throw new ScriptLimitException(nameof(ScriptLimits.MaxStepsPerBurst), limits.MaxStepsPerBurst, limits.MaxStepsPerBurst);
        }
    }
}
