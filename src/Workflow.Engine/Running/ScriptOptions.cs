using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Running;

/// <summary>What scripts may use on this server (<c>Scripts</c> in the configuration).</summary>
public sealed class ScriptOptions
{
    /// <summary>Counted limits: they decide, and the same way on every machine.</summary>
    public ScriptLimits Limits { get; set; } = new();

    /// <summary>A script that runs for longer than this, whatever the counts say, is stopped and its burst rolled back.</summary>
    public int HardStopMs { get; set; } = 350;
}
